//! How strong the checks are: everything that they look at is changed in every way that we know of, one change at a
//! time and in memory, and they must say so, with the right cause. What `diff` says of such changes is put to the
//! compiler.

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

/// Changes a workspace in every way, and returns what the checks made of it; and has the compiler check what `diff`
/// says of changes of the document.
///
/// # Errors
/// When the workspace has drifted already, so that nothing can be proven by it, or when nothing can be compiled.
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
    // a check that fails in its own code is a result like others
    let report = catch_unwind(AssertUnwindSafe(|| change.apply(workspace).map(|edited| check(&edited))));
    let mut outcome = Outcome {
        change: change.clone(),
        caught_by: Vec::new(),
        cause_is_right: true,
        class_is_right: true,
        panicked: report.is_err(),
        time: start.elapsed(),
    };
    match report {
        Ok(Ok(report)) => {
            outcome.caught_by = caught_by(&report);
            let causes = report.checks.iter().flat_map(|check| &check.problems).filter_map(|one| one.cause.as_ref());
            if matches!(change.edit, Edit::Candidate(_)) {
                let document = report.checks.iter().filter(|check| check.name == "document");
                let mut found = document.flat_map(|check| &check.problems);
                let is_docs = change.class == MutantKind::Documentation;
                outcome.class_is_right = found.all(|problem| problem.code == Code::Documentation) == is_docs
                    || change.class == MutantKind::Cosmetic;
            }
            if let Some(expected) = change.cause.as_ref().filter(|_| !outcome.caught_by.is_empty()) {
                let causes: Vec<_> = causes.collect();
                outcome.cause_is_right = !causes.is_empty() && causes.iter().all(|cause| cause.starts_with(expected));
            }
        }
        // a document that cannot be read at all is refused before any check
        Ok(Err(_)) => outcome.caught_by = vec!["document"],
        Err(_) => {}
    }
    outcome
}

fn caught_by(report: &Report) -> Vec<&'static str> {
    let said = |check: &&CheckResult| check.problems.iter().any(|problem| problem.code != Code::Reported);
    report.checks.iter().filter(|check| check.status != Status::Fresh).filter(said).map(|check| check.name).collect()
}
