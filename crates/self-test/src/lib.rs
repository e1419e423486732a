//! The mutation score of the checks: every input of the checks is mutated, one mutation at a time and in memory. The
//! checks must detect each mutation that changes something, with the right cause. The Rust verdicts of `diff` are
//! checked with the compiler.

mod change;
mod compiler;
mod document;
mod documentation;
mod generated;
mod lock;
mod outcome;
mod overlay;
mod page;
mod released;
mod score;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::Instant,
};

use blynk_drift::{CheckResult, Report, Status, Workspace, check};
use generator_tests::mutate::MutantKind;
use openapi::{Code, Problem};
use rayon::prelude::*;

pub use change::Change;
pub use compiler::{CheckedVerdict, check_verdicts, check_verdicts_on};
pub use outcome::Outcome;
pub use score::{Score, block, with_block};

use change::Edit;

/// Runs the checks on every mutation of a workspace, and checks the Rust verdicts of `diff` with the compiler.
///
/// # Errors
/// When the workspace is not fresh, or the usage programs cannot be compiled.
pub fn prove(workspace: &Workspace) -> Result<Score, Vec<Problem>> {
    let report = check(workspace);
    if report.status != Status::Fresh {
        return Err(report.checks.into_iter().flat_map(|check| check.problems).collect());
    }
    let changes = changes(workspace).map_err(|problem| vec![problem])?;
    let outcomes = changes.par_iter().map(|change| outcome(workspace, change)).collect();
    Ok(Score { outcomes, verdicts: check_verdicts(workspace.root())? })
}

fn changes(workspace: &Workspace) -> Result<Vec<Change>, Problem> {
    let mut changes = Vec::new();
    for of in [document::changes, page::changes, overlay::changes, lock::changes, generated::changes] {
        changes.extend(of(workspace)?);
    }
    changes.extend(released::changes(workspace)?);
    changes.extend(documentation::changes(workspace)?);
    Ok(changes)
}

fn outcome(workspace: &Workspace, change: &Change) -> Outcome {
    let start = Instant::now();
    // a panic of a check is a result, not an error
    let report = catch_unwind(AssertUnwindSafe(|| change.apply(workspace).map(|edited| check(&edited))));
    let mut outcome = Outcome {
        change: change.clone(),
        detected_by: Vec::new(),
        cause_is_right: true,
        class_is_right: true,
        panicked: report.is_err(),
        time: start.elapsed(),
    };
    match report {
        Ok(Ok(report)) => {
            outcome.detected_by = detected_by(&report);
            let causes = report.checks.iter().flat_map(|check| &check.problems).filter_map(|one| one.cause.as_ref());
            if matches!(change.edit, Edit::Candidate(_)) {
                let document = report.checks.iter().filter(|check| check.name == "document");
                let mut found = document.flat_map(|check| &check.problems);
                let is_docs = change.class == MutantKind::Documentation;
                outcome.class_is_right = found.all(|problem| problem.code == Code::Documentation) == is_docs
                    || change.class == MutantKind::Cosmetic;
            }
            if let Some(expected) = change.cause.as_ref().filter(|_| !outcome.detected_by.is_empty()) {
                let causes: Vec<_> = causes.collect();
                outcome.cause_is_right = !causes.is_empty() && causes.iter().all(|cause| cause.starts_with(expected));
            }
        }
        // a document that cannot be parsed is rejected before any check
        Ok(Err(_)) => outcome.detected_by = vec!["document"],
        Err(_) => {}
    }
    outcome
}

fn detected_by(report: &Report) -> Vec<&'static str> {
    let has_own_problem = |check: &&CheckResult| check.problems.iter().any(|problem| problem.code != Code::Reported);
    report
        .checks
        .iter()
        .filter(|check| check.status != Status::Fresh)
        .filter(has_own_problem)
        .map(|check| check.name)
        .collect()
}
