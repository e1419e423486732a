//! Compares every file with its hash in the lock.

use std::collections::BTreeMap;

use openapi::{Cause, Problem};
use pages::{DOCUMENT, INPUTS, OVERLAY, TRANSCRIBED};

use super::causes::broken;
use crate::{
    finding::Finding,
    load::Workspace,
    lock::{generator_versions, has_valid_checksum, sha256},
    paths::{LOCK, OUTPUTS, RELEASED, is_page},
};

/// Returns the files whose hashes are in the lock.
pub(crate) fn locked_files(workspace: &Workspace) -> Vec<String> {
    let pages = workspace.pages().map(|(name, _)| name.to_owned());
    let released = workspace.released().map(|_| RELEASED.to_owned());
    pages.chain(INPUTS.iter().chain(OUTPUTS).map(ToString::to_string)).chain(released).collect()
}

/// Names and versions, as `name version, name version`.
fn list_of(versions: &BTreeMap<String, String>) -> String {
    versions.iter().map(|(name, version)| format!("{name} {version}")).collect::<Vec<_>>().join(", ")
}

pub(crate) fn lock(workspace: &Workspace) -> Vec<Finding> {
    let lock = match workspace.lock() {
        Ok(lock) => lock,
        Err(problem) => return vec![Finding::Broken(problem.because(Cause::GeneratedFileEdited))],
    };
    if !workspace.text(LOCK).is_ok_and(has_valid_checksum) {
        let what = format!("{LOCK} was edited: the checksum in its last line does not match the lines above");
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
            name if is_page(name) => {
                (Cause::PageEdited, "cargo xtask regen; if you edited the page, cargo xtask import first")
            }
            DOCUMENT | TRANSCRIBED => (Cause::DocumentEdited, "cargo xtask regen"),
            OVERLAY => (Cause::OverlayEdited, "cargo xtask regen"),
            _ => (Cause::GeneratedFileEdited, "cargo xtask regen"),
        };
        let what = match lock.sha256.get(name) {
            Some(hash) if *hash == sha256(text) => continue,
            Some(_) => format!("{name} does not match its hash in {LOCK}"),
            None => format!("{name} has no hash in {LOCK}"),
        };
        findings.push(Finding::Drift(Problem::new(what, fix).in_file(name).because(cause)));
    }
    for name in lock.sha256.keys().filter(|name| !files.contains(name)) {
        findings.push(Finding::Drift(
            Problem::new(format!("{name} has a hash in {LOCK} and does not exist"), "cargo xtask regen")
                .in_file(name)
                .because(Cause::FileRemoved),
        ));
    }
    let versions = generator_versions();
    if lock.generator != versions {
        let what = format!(
            "{LOCK} was written by another generator: {}, now {}",
            list_of(&lock.generator),
            list_of(&versions)
        );
        findings.push(Finding::Drift(
            Problem::new(what, "cargo xtask regen").in_file(LOCK).because(Cause::GeneratorUpgraded),
        ));
    }
    findings
}
