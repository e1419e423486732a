//! Reports contradictions in the documentation as warnings, and unused suppressions in the overlay as drift.

use crate::{finding::Finding, lint, load::Workspace};

pub(crate) fn lint(workspace: &Workspace) -> Vec<Finding> {
    // other checks report files that cannot be read
    let (Ok(sources), Ok(published)) = (workspace.sources(), workspace.published()) else {
        return Vec::new();
    };
    let linted = lint::lint(sources, published);
    let errors = linted.errors.into_iter().map(Finding::Drift);
    errors.chain(linted.warnings.into_iter().map(Finding::Warning)).collect()
}
