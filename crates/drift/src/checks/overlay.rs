//! Checks that every action of the overlay matches and changes something.

use pages::OVERLAY;

use super::causes::{broken, cause};
use crate::{finding::Finding, load::Workspace};

pub(crate) fn overlay(workspace: &Workspace) -> Vec<Finding> {
    let sources = match workspace.sources() {
        Ok(sources) => sources,
        Err(problems) => return broken(workspace, problems),
    };
    let problems = sources.corrected().err().unwrap_or_default();
    let of_overlay = problems.into_iter().filter(|problem| problem.file.as_deref() == Some(OVERLAY));
    of_overlay.map(|problem| Finding::Drift(problem.because(cause(workspace, OVERLAY)))).collect()
}
