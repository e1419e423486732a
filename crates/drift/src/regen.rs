//! Document → committed client, surface, unrepresented list and lock.

use codegen::UnsupportedKeyword;
use openapi::{Document, Problem, differences};
use pages::{DOCUMENT, PAGES};

use crate::{
    checks::locked_files,
    exclusive::Exclusive,
    load::Workspace,
    lock::{Departure, Lock, generator_versions, sha256},
    paths::{CLIENT, LOCK, RELEASED, SURFACE, UNREPRESENTED},
    replace::replace_files,
    snapshot,
};

/// What [`regen`] did.
#[derive(Clone, Debug)]
pub struct Regenerated {
    /// Files that changed.
    pub changed: Vec<String>,
    /// Pointers at which the document departs from its page.
    pub departures: Vec<String>,
    /// The staging folder, if it is not deleted since somebody saved a file in it.
    pub leftover: Option<Problem>,
}

/// Generates everything that is committed and follows from the document, and writes the lock.
///
/// # Errors
/// All problems that keep the document from being generated; then nothing is written.
pub fn regen(workspace: &Exclusive) -> Result<Regenerated, Vec<Problem>> {
    written(workspace, workspace, None)
}

/// The same, with the record that what is there now is released under the present version.
///
/// # Errors
/// Like [`regen`].
pub fn regen_released(workspace: &Exclusive) -> Result<Regenerated, Vec<Problem>> {
    let text = workspace.as_released()?.to_text().map_err(|problem| vec![problem])?;
    written(workspace, &workspace.with_file(RELEASED, text.clone()), Some((RELEASED.to_owned(), text)))
}

/// Writes what `workspace` generates, which is what was read exclusively, perhaps with another file.
fn written(
    exclusive: &Exclusive,
    workspace: &Workspace,
    more: Option<(String, String)>,
) -> Result<Regenerated, Vec<Problem>> {
    let generated = workspace.generated().as_ref().map_err(Clone::clone)?;
    let one = |problem: Problem| vec![problem];
    let merged = workspace.published().as_ref().map_err(Clone::clone)?.merged.text.clone();
    let published = Document::parse(PAGES, merged).map_err(one)?;
    let document = Document::parse(DOCUMENT, workspace.text(DOCUMENT).map_err(one)?).map_err(one)?;
    let departures: Vec<_> =
        differences(published.value(), document.value()).into_iter().map(Departure::from).collect();

    let mut files = vec![
        (CLIENT.to_owned(), generated.code.clone()),
        (SURFACE.to_owned(), snapshot::file_of(&generated.surface())),
        (UNREPRESENTED.to_owned(), unrepresented_file(&generated.unrepresented).map_err(one)?),
    ];
    let mut lock = Lock { format_version: 1, generator: generator_versions(), departures, ..Lock::default() };
    for name in locked_files(workspace) {
        let hash = match files.iter().find(|(output, _)| *output == name) {
            Some((_, text)) => sha256(text),
            None => sha256(workspace.text(&name).map_err(one)?),
        };
        lock.sha256.insert(name, hash);
    }
    files.extend(more);
    files.push((LOCK.to_owned(), lock.to_text().map_err(one)?));
    let replaced = replace_files(exclusive, &files).map_err(one)?;
    Ok(Regenerated {
        changed: replaced.changed,
        departures: lock.departures.into_iter().map(|departure| departure.pointer).collect(),
        leftover: replaced.leftover,
    })
}

/// The committed form of the unrepresented list.
pub(crate) fn unrepresented_file(list: &[UnsupportedKeyword]) -> Result<String, Problem> {
    serde_json::to_string_pretty(list).map(|text| text + "\n").map_err(|error| {
        Problem::new(format!("cannot be written: {error}"), "report this as a bug")
            .of(openapi::Code::Bug)
            .in_file(UNREPRESENTED)
    })
}
