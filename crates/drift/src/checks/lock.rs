//! Whether every file is the one that the lock was written for.

use openapi::{Cause, Problem};
use pages::{DOCUMENT, INPUTS, OVERLAY, TRANSCRIBED};

use super::causes::broken;
use crate::{
    finding::Finding,
    load::Workspace,
    lock::{generator_versions, is_as_written, sha256},
    paths::{LOCK, OUTPUTS, RELEASED, is_page},
};

/// The files whose hashes the lock holds.
pub(crate) fn locked_files(workspace: &Workspace) -> Vec<String> {
    let pages = workspace.pages().map(|(name, _)| name.to_owned());
    let released = workspace.released().map(|_| RELEASED.to_owned());
    pages.chain(INPUTS.iter().chain(OUTPUTS).map(ToString::to_string)).chain(released).collect()
}

pub(crate) fn lock(workspace: &Workspace) -> Vec<Finding> {
    let lock = match workspace.lock() {
        Ok(lock) => lock,
        Err(problem) => return vec![Finding::Broken(problem.because(Cause::GeneratedFileEdited))],
    };
    if !workspace.text(LOCK).is_ok_and(is_as_written) {
        let what = "is not as it was written: its last line has another hash than that of the lines above";
        return vec![Finding::Drift(
            Problem::new(what, "cargo xtask regen").in_file(LOCK).because(Cause::GeneratedFileEdited),
        )];
    }
    let mut findings = Vec::new();
    let files = locked_files(workspace);
    for name in &files {
        let text = match workspace.text(name) {
            Ok(text) => text,
            Err(problem) => {
                findings.extend(broken(workspace, &[problem]));
                continue;
            }
        };
        let (cause, fix) = match name.as_str() {
            name if is_page(name) => (Cause::PageEdited, "cargo xtask import, then cargo xtask regen"),
            DOCUMENT | TRANSCRIBED => (Cause::DocumentEdited, "cargo xtask regen"),
            OVERLAY => (Cause::OverlayEdited, "cargo xtask regen"),
            _ => (Cause::GeneratedFileEdited, "cargo xtask regen"),
        };
        let what = match lock.sha256.get(name) {
            Some(hash) if *hash == sha256(text) => continue,
            Some(_) => "is not the file that the lock was written for",
            None => "is not in the lock",
        };
        findings.push(Finding::Drift(Problem::new(what, fix).in_file(name).because(cause)));
    }
    for name in lock.sha256.keys().filter(|name| !files.contains(name)) {
        findings.push(Finding::Drift(
            Problem::new("is in the lock but not in the workspace", "cargo xtask regen")
                .in_file(name)
                .because(Cause::FileRemoved),
        ));
    }
    let versions = generator_versions();
    if lock.generator != versions {
        let what = format!("the lock was written by {:?}, this is {versions:?}", lock.generator);
        findings.push(Finding::Drift(
            Problem::new(what, "cargo xtask regen").in_file(LOCK).because(Cause::GeneratorUpgraded),
        ));
    }
    findings
}
