//! Exit codes, and how lines, JSON and problems are printed: no text of a document begins a line or steers a terminal.

use std::io::Write as _;

use clap::ValueEnum;
use openapi::{Problem, plain};
use serde_json::{Value, json};

/// How a command reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs; `format_version` says which form.
    Json,
}

/// Nothing to complain about.
pub const CLEAN: u8 = 0;
/// Drift, or a failed check.
pub const FOUND: u8 = 1;
/// Bad input or bad usage.
pub const COULD_NOT_RUN: u8 = 2;

/// Prints a line to standard output. A closed pipe is the reader's choice, not an error.
pub fn say(line: &str) {
    let _ = writeln!(anstream::stdout(), "{}", plain::one_line(line));
}

/// Prints lines, none of which a document may begin.
pub fn say_lines(lines: &str) {
    lines.lines().for_each(say);
}

/// Prints a text that has its own line ends, as it is.
pub fn say_raw(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Prints a value as JSON to standard output.
pub fn say_json(value: &Value) {
    let _ = writeln!(std::io::stdout(), "{}", plain::json(&format!("{value:#}")));
}

/// Reports problems that kept a command from running, and gives its exit code.
#[must_use]
pub fn could_not_run(problems: &[Problem], format: Format) -> u8 {
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
            let errors: Vec<_> = problems.iter().map(error).collect();
            say_json(&json!({"format_version": 1, "errors": errors}));
        }
    }
    COULD_NOT_RUN
}

/// A problem with the fields that `check` writes. `message` repeats `what` for one more version.
fn error(problem: &Problem) -> Value {
    let mut error = json!(problem);
    error["message"] = json!(problem.what);
    error
}

/// Says something beside the report, on standard error.
pub fn note(text: &str) {
    let _ = writeln!(anstream::stderr(), "note: {}", plain::one_line(text));
}

/// Says problems that do not stop a command, on standard error.
pub fn warn(problems: &[Problem]) {
    for problem in problems {
        let _ = writeln!(anstream::stderr(), "warning: {}", problem.lines().join("\n  "));
    }
}
