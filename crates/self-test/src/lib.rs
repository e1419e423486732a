//! How strong the checks are: everything that they look at is changed in every way that we know of, one change at a time
//! and in memory, and they must say so, with the right cause. What `diff` says of such changes is put to the compiler.

mod compiler;
mod document;
mod documentation;
mod generated;
mod lock;
mod overlay;
mod page;
mod released;
mod score;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};

use blynk_drift::{CheckResult, CommandLine, LOCK, Lock, Report, Status, Workspace, check, sha256};
use generator_tests::mutate::Class;
use openapi::{Cause, Code, Document, Problem};
use rayon::prelude::*;

pub use compiler::{Judged, judge, judge_all};
pub use score::{Score, block, with_block};

/// One change of a workspace.
#[derive(Clone, Debug)]
pub struct Change {
    /// What is changed: the document, the page …
    pub target: &'static str,
    /// What kind of change it is.
    pub operator: String,
    /// What it means.
    pub class: Class,
    /// The cause that the checks must name; none where nothing tells it.
    pub cause: Option<Cause>,
    edit: Edit,
}

#[derive(Clone, Debug)]
enum Edit {
    /// A document in place of the committed one.
    Candidate(String),
    /// Another text of a file.
    File(String, String),
    /// Other commands than documentation names.
    Commands(Vec<CommandLine>),
    /// The same, and a lock that was written for it: what the lock cannot tell, another check must.
    FileAndLock(String, String),
}

impl Change {
    fn file(
        target: &'static str,
        operator: impl Into<String>,
        class: Class,
        cause: Cause,
        name: &str,
        text: String,
    ) -> Self {
        let edit = Edit::File(name.to_owned(), text);
        Self { target, operator: operator.into(), class, cause: Some(cause), edit }
    }

    /// The same change behind the back of the lock.
    fn behind_the_lock(self) -> Self {
        match self.edit {
            Edit::File(name, text) => Self { cause: None, edit: Edit::FileAndLock(name, text), ..self },
            _ => self,
        }
    }

    fn apply(&self, workspace: &Workspace) -> Result<Workspace, Problem> {
        match &self.edit {
            Edit::Candidate(text) => {
                Ok(workspace.clone().with_document(Document::parse("document.json", text.clone())?))
            }
            Edit::File(name, text) => Ok(workspace.with_file(name, text.clone())),
            Edit::Commands(commands) => Ok(workspace.clone().with_commands(commands.clone())),
            Edit::FileAndLock(name, text) => {
                let edited = workspace.with_file(name, text.clone());
                let lock = made_for(edited.lock()?, name, text);
                Ok(edited.with_file(LOCK, lock.to_text()?))
            }
        }
    }
}

/// What the checks made of a change.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The change.
    pub change: Change,
    /// The checks that saw it, in the table's order.
    pub caught_by: Vec<&'static str>,
    /// Whether no other cause was named than the one that must be.
    pub cause_is_right: bool,
    /// Whether documentation that changed was called so, and nothing else was.
    pub class_is_right: bool,
    /// Whether a check failed in its own code.
    pub panicked: bool,
    /// How long the checks took.
    pub time: Duration,
}

impl Outcome {
    /// Whether it is what its class asks for: cosmetic changes pass, others are caught, by their name.
    #[must_use]
    pub fn is_right(&self) -> bool {
        let is_caught = !self.caught_by.is_empty();
        let should_be_caught = self.change.class != Class::Cosmetic;
        !self.panicked && is_caught == should_be_caught && self.cause_is_right && self.class_is_right
    }
}

/// Changes a workspace in every way, and tells what the checks made of it; and has the compiler judge what `diff` says of
/// changes of the document.
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
    Ok(Score { outcomes, verdicts: judge(workspace.root())? })
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
                let is_docs = change.class == Class::Documentation;
                outcome.class_is_right = found.all(|problem| problem.code == Code::Documentation) == is_docs
                    || change.class == Class::Cosmetic;
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

/// Some of many, spread over all, by an odd step, so that no kind that recurs in step is left out.
fn spread<T>(all: Vec<T>, most: usize) -> Vec<T> {
    let step = if all.len() > most { (all.len() / most.max(1)) | 1 } else { 1 };
    all.into_iter().step_by(step).collect()
}

/// The text with another line in place of one, or with none.
fn with_line(text: &str, index: usize, other: Option<&str>) -> String {
    let lines = text.lines().enumerate();
    let changed = lines.filter_map(|(at, line)| if at == index { other } else { Some(line) });
    changed.map(|line| format!("{line}\n")).collect()
}

/// The lock as if it had been written for another text of a file.
fn made_for(mut lock: Lock, name: &str, text: &str) -> Lock {
    lock.sha256.insert(name.to_owned(), sha256(text));
    lock
}
