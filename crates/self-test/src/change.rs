//! A mutation of a workspace, in memory.

use blynk_drift::{CommandLine, LOCK, Lock, Workspace, sha256};
use generator_tests::mutate::MutantKind;
use openapi::{Cause, Document, Problem};

/// A mutation of a workspace.
#[derive(Clone, Debug)]
pub struct Change {
    /// The changed input, such as `a page`.
    pub target: &'static str,
    /// The kind of mutation.
    pub operator: String,
    /// Whether it changes the meaning, the documentation, or neither.
    pub class: MutantKind,
    /// The cause that the checks must report; none if they cannot know it.
    pub cause: Option<Cause>,
    pub(crate) edit: Edit,
}

#[derive(Clone, Debug)]
pub(crate) enum Edit {
    /// A candidate document in place of the committed one.
    Candidate(String),
    /// Another text of a file.
    File(String, String),
    /// Other commands than those that the documentation names.
    Commands(Vec<CommandLine>),
    /// Another text of a file, and a lock with its hash: a check other than `lock` must detect it.
    FileAndLock(String, String),
}

impl Change {
    /// Returns a mutation that replaces the text of a file.
    #[must_use]
    pub fn file(
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

    /// Returns the same mutation with a lock that matches it.
    pub(crate) fn with_matching_lock(self) -> Self {
        match self.edit {
            Edit::File(name, text) => Self { cause: None, edit: Edit::FileAndLock(name, text), ..self },
            _ => self,
        }
    }

    /// Returns the workspace with this mutation.
    ///
    /// # Errors
    /// When the candidate document cannot be parsed.
    pub(crate) fn apply(&self, workspace: &Workspace) -> Result<Workspace, Problem> {
        match &self.edit {
            Edit::Candidate(text) => {
                Ok(workspace.clone().with_document(Document::parse("document.json", text.clone())?))
            }
            Edit::File(name, text) => Ok(workspace.with_file(name, text.clone())),
            Edit::Commands(commands) => Ok(workspace.clone().with_commands(commands.clone())),
            Edit::FileAndLock(name, text) => {
                let edited = workspace.with_file(name, text.clone());
                let lock = lock_for(edited.lock()?, name, text);
                Ok(edited.with_file(LOCK, lock.to_text()?))
            }
        }
    }
}

/// Returns about `most` elements at regular intervals. The step is odd, so that no periodic kind is omitted.
pub(crate) fn spread<T>(all: Vec<T>, most: usize) -> Vec<T> {
    let step = if all.len() > most { (all.len() / most.max(1)) | 1 } else { 1 };
    all.into_iter().step_by(step).collect()
}

/// Returns the text with a line replaced or removed.
pub(crate) fn with_line(text: &str, index: usize, other: Option<&str>) -> String {
    let lines = text.lines().enumerate();
    let changed = lines.filter_map(|(at, line)| if at == index { other } else { Some(line) });
    changed.map(|line| format!("{line}\n")).collect()
}

/// Returns the lock with the hash of another text of a file.
fn lock_for(mut lock: Lock, name: &str, text: &str) -> Lock {
    lock.sha256.insert(name.to_owned(), sha256(text));
    lock
}
