//! A change of a workspace, in memory.

use blynk_drift::{CommandLine, LOCK, Lock, Workspace, sha256};
use generator_tests::mutate::MutantKind;
use openapi::{Cause, Document, Problem};

/// One change of a workspace.
#[derive(Clone, Debug)]
pub struct Change {
    /// What is changed: the document, the page …
    pub target: &'static str,
    /// What kind of change it is.
    pub operator: String,
    /// What it means.
    pub class: MutantKind,
    /// The cause that the checks must name; none where no check can know it.
    pub cause: Option<Cause>,
    pub(crate) edit: Edit,
}

#[derive(Clone, Debug)]
pub(crate) enum Edit {
    /// A document in place of the committed one.
    Candidate(String),
    /// Another text of a file.
    File(String, String),
    /// Other commands than documentation names.
    Commands(Vec<CommandLine>),
    /// The same, and a lock that was written for it: what the lock cannot detect, another check must.
    FileAndLock(String, String),
}

impl Change {
    /// Another text of a file.
    pub(crate) fn file(
        target: &'static str,
        operator: impl Into<String>,
        class: MutantKind,
        cause: Cause,
        name: &str,
        text: String,
    ) -> Self {
        let edit = Edit::File(name.to_owned(), text);
        Self { target, operator: operator.into(), class, cause: Some(cause), edit }
    }

    /// The same change behind the back of the lock.
    pub(crate) fn behind_the_lock(self) -> Self {
        match self.edit {
            Edit::File(name, text) => Self { cause: None, edit: Edit::FileAndLock(name, text), ..self },
            _ => self,
        }
    }

    /// Returns the workspace with this change.
    ///
    /// # Errors
    /// When the document that takes the place of the committed one cannot be read.
    pub(crate) fn apply(&self, workspace: &Workspace) -> Result<Workspace, Problem> {
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

/// Some of many, spread over all, by an odd step, so that no kind that recurs in step is left out.
pub(crate) fn spread<T>(all: Vec<T>, most: usize) -> Vec<T> {
    let step = if all.len() > most { (all.len() / most.max(1)) | 1 } else { 1 };
    all.into_iter().step_by(step).collect()
}

/// The text with another line in place of one, or with none.
pub(crate) fn with_line(text: &str, index: usize, other: Option<&str>) -> String {
    let lines = text.lines().enumerate();
    let changed = lines.filter_map(|(at, line)| if at == index { other } else { Some(line) });
    changed.map(|line| format!("{line}\n")).collect()
}

/// The lock as if it had been written for another text of a file.
fn made_for(mut lock: Lock, name: &str, text: &str) -> Lock {
    lock.sha256.insert(name.to_owned(), sha256(text));
    lock
}
