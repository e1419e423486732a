//! The causes of drift: which files changed since the lock was written.

use openapi::{Cause, Problem};
use pages::{DOCUMENT, OVERLAY, TRANSCRIBED};

use crate::{
    finding::Finding,
    load::Workspace,
    lock::{generator_versions, has_valid_checksum, sha256},
    paths::{CLIENT, LOCK, OUTPUTS, RELEASED, SURFACE, UNREPRESENTED, is_page},
};

/// Converts problems that prevent a check into findings, each with its cause if that is known.
pub(super) fn broken(workspace: &Workspace, problems: &[Problem]) -> Vec<Finding> {
    let caused = |problem: &Problem| match (&problem.cause, &problem.file) {
        (None, Some(file)) => Problem { cause: edited_side(workspace, file), ..problem.clone() },
        _ => problem.clone(),
    };
    problems.iter().map(|problem| Finding::Broken(caused(problem))).collect()
}

/// Returns the cause that a file stands for, if the file does not match its hash in the lock.
fn edited_side(workspace: &Workspace, file: &str) -> Option<Cause> {
    if workspace.candidate.as_ref().is_some_and(|candidate| candidate.name() == file) {
        return Some(Cause::DocumentEdited);
    }
    let matches_lock = || {
        let lock = workspace.lock().ok()?;
        Some(lock.sha256.get(file)? == &sha256(workspace.text(file).ok()?))
    };
    if matches_lock() == Some(true) {
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

/// Returns why a committed output differs from the generated one: which inputs changed since the lock was written.
pub(super) fn cause(workspace: &Workspace, output: &str) -> Cause {
    if workspace.candidate.is_some() {
        return Cause::DocumentEdited;
    }
    let Ok(lock) = workspace.lock() else {
        return Cause::LockUnreadable;
    };
    if !workspace.text(LOCK).is_ok_and(has_valid_checksum) {
        return Cause::GeneratedFileEdited;
    }
    let changed = |name: &str| {
        let recorded = lock.sha256.get(name);
        workspace.text(name).is_ok_and(|text| recorded.is_none_or(|hash| *hash != sha256(text)))
    };
    let mut causes = Vec::new();
    if changed(DOCUMENT) || changed(TRANSCRIBED) {
        causes.push(Cause::DocumentEdited);
    }
    if changed(OVERLAY) {
        causes.push(Cause::OverlayEdited);
    }
    if lock.generator != generator_versions() {
        causes.push(Cause::GeneratorUpgraded);
    }
    if OUTPUTS.contains(&output) && changed(output) {
        causes.push(Cause::GeneratedFileEdited);
    }
    match causes.len() {
        0 => Cause::Stale,
        1 => causes.remove(0),
        _ => Cause::Several(causes),
    }
}
