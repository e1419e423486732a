//! Where the documentation contradicts itself: warnings. An entry of the overlay that silences nothing is drift.

use crate::{finding::Finding, lint, load::Workspace};

pub(crate) fn lint(workspace: &Workspace) -> Vec<Finding> {
    // what cannot be read is reported by the checks of pages and sources
    let (Ok(sources), Ok(published)) = (workspace.sources(), workspace.published()) else {
        return Vec::new();
    };
    let linted = lint::lint(sources, published);
    let errors = linted.errors.into_iter().map(Finding::Drift);
    errors.chain(linted.warnings.into_iter().map(Finding::Warning)).collect()
}
