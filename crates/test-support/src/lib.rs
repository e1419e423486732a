//! Helpers shared by the tests of several crates: the root of the workspace, and the switch of the slow tests.
//!
//! `SLOW_TESTS=1`, which `cargo xtask ci` sets, enables the tests that compile crates, and all cases of tests with many
//! cases. Without it, these tests report on standard error that they are skipped or run on a sample.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    cell::Cell,
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    thread,
};

use openapi::Document;
use serde_json::Value;

/// The environment variable that enables the slow tests.
pub const SLOW_TESTS: &str = "SLOW_TESTS";

/// Returns the root of the workspace.
///
/// # Panics
///
/// If the sources have been moved since compilation.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Returns the files of a folder and its subfolders, by their relative paths.
///
/// # Panics
///
/// If one cannot be read.
#[must_use]
pub fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(path).unwrap());
            }
        }
    }
    found
}

/// Returns the concatenated Rust files of a folder and its subfolders.
///
/// # Panics
///
/// If a file cannot be read or is not UTF-8.
#[must_use]
pub fn sources(folder: &Path) -> String {
    let is_code = |path: &Path| path.extension().is_some_and(|extension| extension == "rs");
    let code = files(folder).into_iter().filter(|(path, _)| is_code(path));
    code.map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect()
}

/// Returns the documents of `crates/client-tests`, sorted by file name. They cover the features of OpenAPI that the
/// document of the SDK does not use.
///
/// # Panics
///
/// If there are none, or one cannot be read.
#[must_use]
pub fn client_documents() -> Vec<(String, Value)> {
    let folder = root().join("crates/client-tests/documents");
    let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert!(!names.is_empty(), "{} is empty", folder.display());
    let names = names.into_iter().map(|name| name.into_string().unwrap());
    names.map(|name| (name.clone(), client_document(&format!("documents/{name}")))).collect()
}

/// Returns a document of `crates/client-tests` by its path there, such as `conformance/patterns.yaml`.
///
/// # Panics
///
/// If it cannot be read.
#[must_use]
pub fn client_document(path: &str) -> Value {
    Document::read(&root().join("crates/client-tests").join(path), path).unwrap().value().clone()
}

/// Returns whether the slow tests are enabled: `SLOW_TESTS` is set, and neither empty nor `0`.
#[must_use]
pub fn runs_slow_tests() -> bool {
    is_on(SLOW_TESTS)
}

/// Returns whether tests write the documentation that is generated from tables instead of comparing it: `UPDATE_DOCS`
/// is set, and neither empty nor `0`.
#[must_use]
pub fn updates_docs() -> bool {
    is_on("UPDATE_DOCS")
}

fn is_on(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty() && value != "0")
}

/// Returns whether the calling test must return immediately: it is slow for this reason, and slow tests are disabled.
#[must_use]
pub fn skips(reason: &str) -> bool {
    let skips = !runs_slow_tests();
    if skips {
        note(&format!("skipped, as it {reason}"));
    }
    skips
}

/// Returns `all`, or an evenly spaced sample of about `most` items if slow tests are disabled.
#[must_use]
pub fn sample<T>(all: Vec<T>, most: usize) -> Vec<T> {
    if runs_slow_tests() || all.len() <= most {
        return all;
    }
    note("runs on a sample");
    // an odd step does not skip the same item of every pair
    let step = all.len().div_ceil(most) | 1;
    all.into_iter().step_by(step).collect()
}

/// Returns `all`, or `few` if slow tests are disabled.
#[must_use]
pub fn amount<T>(all: T, few: T) -> T {
    if runs_slow_tests() {
        return all;
    }
    note("runs on a sample");
    few
}

/// Writes one line about the calling test to standard error. Test harnesses capture `print!` and `eprint!`, but not
/// this.
fn note(what: &str) {
    thread_local!(static NOTED: Cell<bool> = const { Cell::new(false) });
    if !NOTED.replace(true) {
        let thread = thread::current();
        let name = thread.name().unwrap_or("a test");
        let _ = writeln!(std::io::stderr(), "{name}: {what}; {SLOW_TESTS}=1 runs it completely");
    }
}
