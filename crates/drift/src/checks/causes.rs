//! Why two sides differ: which of them moved since the lock was written.

use openapi::{Cause, Problem};
use pages::{DOCUMENT, OVERLAY, TRANSCRIBED};

use crate::{
    finding::Finding,
    load::Workspace,
    lock::{generator_versions, is_as_written, sha256},
    paths::{CLIENT, LOCK, OUTPUTS, RELEASED, SURFACE, UNREPRESENTED, is_page},
};

/// Broken findings of problems that keep a check from looking, each with the side that moved, if one is known.
pub(super) fn broken(workspace: &Workspace, problems: &[Problem]) -> Vec<Finding> {
    let caused = |problem: &Problem| match (&problem.cause, &problem.file) {
        (None, Some(file)) => Problem { cause: moved_side(workspace, file), ..problem.clone() },
        _ => problem.clone(),
    };
    problems.iter().map(|problem| Finding::Broken(caused(problem))).collect()
}

/// The cause that a file is, if it is not the one that the lock was written for.
fn moved_side(workspace: &Workspace, file: &str) -> Option<Cause> {
    if workspace.candidate.as_ref().is_some_and(|candidate| candidate.name() == file) {
        return Some(Cause::DocumentEdited);
    }
    let is_known = || {
        let lock = workspace.lock().ok()?;
        Some(lock.sha256.get(file)? == &sha256(workspace.text(file).ok()?))
    };
    if is_known() == Some(true) {
        return None;
    }
    let side = match file {
        DOCUMENT | TRANSCRIBED => Cause::DocumentEdited,
        OVERLAY => Cause::OverlayEdited,
        name if is_page(name) => Cause::PageEdited,
        CLIENT | SURFACE | UNREPRESENTED | LOCK | RELEASED => Cause::GeneratedFileEdited,
        _ => return None,
    };
    Some(side)
}

/// Why generated output is not what is committed: which side moved since the lock was written.
pub(super) fn cause(workspace: &Workspace, output: &str) -> Cause {
    if workspace.candidate.is_some() {
        return Cause::DocumentEdited;
    }
    let Ok(lock) = workspace.lock() else {
        return Cause::LockUnreadable;
    };
    if !workspace.text(LOCK).is_ok_and(is_as_written) {
        return Cause::GeneratedFileEdited;
    }
    let moved = |name: &str| {
        let recorded = lock.sha256.get(name);
        workspace.text(name).is_ok_and(|text| recorded.is_none_or(|hash| *hash != sha256(text)))
    };
    let mut causes = Vec::new();
    if moved(DOCUMENT) || moved(TRANSCRIBED) {
        causes.push(Cause::DocumentEdited);
    }
    if moved(OVERLAY) {
        causes.push(Cause::OverlayEdited);
    }
    if lock.generator != generator_versions() {
        causes.push(Cause::GeneratorUpgraded);
    }
    if OUTPUTS.contains(&output) && moved(output) {
        causes.push(Cause::GeneratedFileEdited);
    }
    match causes.len() {
        0 => Cause::Stale,
        1 => causes.remove(0),
        _ => Cause::Several(causes),
    }
}
