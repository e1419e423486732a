//! Exit codes, and how problems are printed.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

use blynk_document::{Problem, plain};
use serde_json::{Value, json};

use crate::arguments::Format;

/// Nothing to complain about.
pub(crate) const CLEAN: u8 = 0;
/// Drift, or a failed check.
pub(crate) const FOUND: u8 = 1;
/// Bad input or bad usage.
pub(crate) const COULD_NOT_RUN: u8 = 2;

/// The workspace that this program was built in, from whichever folder it is run.
pub(crate) fn workspace() -> PathBuf {
    // cargo runs a binary with the manifest's folder in the environment; the built-in one serves a direct call
    let manifest =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest.parent().map_or_else(|| manifest.clone(), Path::to_path_buf)
}

/// Prints a line to standard output. A closed pipe is the reader's choice, not an error.
pub(crate) fn say(line: &str) {
    let _ = writeln!(anstream::stdout(), "{}", plain::one_line(line));
}

/// Prints lines, none of which a document may begin.
pub(crate) fn say_lines(lines: &str) {
    lines.lines().for_each(say);
}

/// Prints a text that has its own line ends, as it is.
pub(crate) fn say_raw(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Prints a value as JSON to standard output.
pub(crate) fn say_json(value: &Value) {
    let _ = writeln!(std::io::stdout(), "{}", plain::json(&format!("{value:#}")));
}

/// Reports problems that kept a command from running, and gives its exit code.
pub(crate) fn could_not_run(problems: &[Problem], format: Format) -> u8 {
    match format {
        Format::Text => {
            let mut err = anstream::stderr();
            for problem in problems {
                for (index, line) in problem.lines().iter().enumerate() {
                    let _ = if index == 0 { writeln!(err, "error: {line}") } else { writeln!(err, "  {line}") };
                }
            }
        }
        Format::Json => {
            let errors: Vec<_> = problems
                .iter()
                .map(|problem| {
                    json!({"pointer": problem.pointer, "file": problem.file, "line": problem.line, "column": problem.column,
                        "message": problem.what, "fix": problem.fix})
                })
                .collect();
            say_json(&json!({"format_version": 1, "errors": errors}));
        }
    }
    COULD_NOT_RUN
}

/// Says something beside the report, on standard error.
pub(crate) fn note(text: &str) {
    let _ = writeln!(anstream::stderr(), "note: {}", plain::one_line(text));
}

/// Says problems that do not stop a command, on standard error.
pub(crate) fn warn(problems: &[Problem]) {
    for problem in problems {
        let _ = writeln!(anstream::stderr(), "warning: {}", problem.lines().join("\n  "));
    }
}
