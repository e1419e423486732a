//! `cargo xtask`, run as a program.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::panic, reason = "each test uses a part of it")]

use std::{
    ffi::OsStr,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;

/// Runs `cargo xtask` in the workspace.
pub fn xtask(arguments: &[impl AsRef<OsStr>]) -> Output {
    xtask_in(&test_support::root(), arguments)
}

pub fn xtask_in(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).current_dir(folder).output().unwrap()
}

/// Runs `cargo xtask generate`.
pub fn generate(document: &Path, out: &Path) -> Output {
    generate_with(document, out, &[])
}

/// Runs `cargo xtask generate` with more options.
pub fn generate_with(document: &Path, out: &Path, more: &[&str]) -> Output {
    let options = ["generate", "--format", "json", "--document"].map(OsStr::new);
    let more: Vec<_> = more.iter().map(OsStr::new).collect();
    xtask(&[&options[..], &[document.as_os_str(), OsStr::new("--out"), out.as_os_str()], &more].concat())
}

/// Returns the JSON on standard output of a run.
pub fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

/// Returns a cargo command with the target folder that all generated crates share.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.env("CARGO_TARGET_DIR", test_support::root().join("target/generated"));
    command
}
