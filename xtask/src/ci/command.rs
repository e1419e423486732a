//! The command of a step, and its outcome.

use std::{path::Path, process::Command};

/// The outcome of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Passed,
    Failed,
    /// Not checked, with the reason. It is reported and does not fail the run.
    NotChecked(&'static str),
}

impl Outcome {
    pub(super) fn of(passed: bool) -> Self {
        if passed { Self::Passed } else { Self::Failed }
    }
}

/// Returns a cargo command that runs in the workspace.
pub(super) fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let mut command = cargo_run::cargo();
    command.args(arguments).current_dir(root);
    command
}

/// Runs a command, and returns whether it exits with 0.
pub(super) fn passes(mut command: Command) -> bool {
    match command.status() {
        Ok(status) => status.success(),
        Err(error) => {
            openapi_tools::output::note(&format!("cargo cannot be started: {error}"));
            false
        }
    }
}
