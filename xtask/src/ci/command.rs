//! A command of a step, and what became of it.

use std::{path::Path, process::Command};

/// What became of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Passed,
    Failed,
    /// Why it could not be checked. It is reported and does not fail the run.
    NotChecked(&'static str),
}

impl Outcome {
    pub(super) fn of(passed: bool) -> Self {
        if passed { Self::Passed } else { Self::Failed }
    }
}

/// Returns a command of cargo in the workspace.
pub(super) fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let mut command = cargo_run::cargo();
    command.args(arguments).current_dir(root);
    command
}

/// Whether the command exits with 0.
pub(super) fn passes(mut command: Command) -> bool {
    match command.status() {
        Ok(status) => status.success(),
        Err(error) => {
            openapi_tools::output::note(&format!("cargo could not be started: {error}"));
            false
        }
    }
}
