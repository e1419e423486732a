//! Generates the committed client, surface, list of unsupported keywords and lock from the document.

use codegen::UnsupportedKeyword;
use openapi::{Difference, Document, Problem, differences};
use pages::{DOCUMENT, PAGES};

use crate::{
    checks::locked_files,
    load::Workspace,
    lock::{KnownDifference, Lock, generator_versions, sha256},
    locked_workspace::LockedWorkspace,
    page_difference::page_difference,
    paths::{CLIENT, LOCK, RELEASED, SURFACE, UNREPRESENTED},
    replace::replace_files,
    snapshot,
};

/// The result of [`regen`].
#[derive(Clone, Debug)]
pub struct Regenerated {
    /// Files that changed.
    pub changed: Vec<String>,
    /// Values at which the document differs from its pages: pointer and message.
    pub known_differences: Vec<(String, String)>,
    /// A warning if the staging folder is kept, because another program saved a file in it.
    pub leftover: Option<Problem>,
}

/// Generates the committed files and writes those that changed.
///
/// # Errors
/// When no client can be generated, or a file cannot be written. Nothing is written then.
pub fn regen(workspace: &LockedWorkspace) -> Result<Regenerated, Vec<Problem>> {
    written(workspace, workspace, None)
}

/// Does the same, and records the present document and version as released.
///
/// # Errors
/// As [`regen`].
pub fn regen_released(workspace: &LockedWorkspace) -> Result<Regenerated, Vec<Problem>> {
    let text = workspace.as_released()?.to_text().map_err(|problem| vec![problem])?;
    written(workspace, &workspace.with_file(RELEASED, text.clone()), Some((RELEASED.to_owned(), text)))
}

/// Writes the files generated from `workspace`, which is `locked` or a copy of it with `more`.
fn written(
    locked: &LockedWorkspace,
    workspace: &Workspace,
    more: Option<(String, String)>,
) -> Result<Regenerated, Vec<Problem>> {
    let generated = workspace.generated().as_ref().map_err(Clone::clone)?;
    let one = |problem: Problem| vec![problem];
    let merged = workspace.published().as_ref().map_err(Clone::clone)?.merged.text.clone();
    let published = Document::parse(PAGES, merged).map_err(one)?;
    let document = Document::parse(DOCUMENT, workspace.text(DOCUMENT).map_err(one)?).map_err(one)?;
    let found = differences(published.value(), document.value());
    let message = |one: &Difference| (one.pointer.clone(), page_difference(document.value(), one));
    let messages = found.iter().map(message).collect();
    let known_differences = found.into_iter().map(KnownDifference::from).collect();

    let mut files = vec![
        (CLIENT.to_owned(), generated.code.clone()),
        (SURFACE.to_owned(), snapshot::file_of(&generated.surface())),
        (UNREPRESENTED.to_owned(), unrepresented_file(&generated.unrepresented).map_err(one)?),
    ];
    let mut lock = Lock { format_version: 1, generator: generator_versions(), known_differences, ..Lock::default() };
    for name in locked_files(workspace) {
        let hash = match files.iter().find(|(output, _)| *output == name) {
            Some((_, text)) => sha256(text),
            None => sha256(workspace.text(&name).map_err(one)?),
        };
        lock.sha256.insert(name, hash);
    }
    files.extend(more);
    files.push((LOCK.to_owned(), lock.to_text().map_err(one)?));
    let replaced = replace_files(locked, &files).map_err(one)?;
    Ok(Regenerated { changed: replaced.changed, known_differences: messages, leftover: replaced.leftover })
}

/// Returns the text of the committed list of unsupported keywords.
pub(crate) fn unrepresented_file(list: &[UnsupportedKeyword]) -> Result<String, Problem> {
    serde_json::to_string_pretty(list).map(|text| text + "\n").map_err(|error| {
        Problem::new(format!("{UNREPRESENTED} cannot be serialized: {error}"), "report this as a bug")
            .of(openapi::Code::Bug)
            .in_file(UNREPRESENTED)
    })
}
