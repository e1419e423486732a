//! Exit codes and output. Text of documents is printed without control characters, and never begins a line.

use std::{
    io::{self, ErrorKind, Write as _},
    sync::OnceLock,
};

use clap::ValueEnum;
use openapi::{Problem, plain};
use serde_json::{Value, json};

/// The format of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text for people.
    #[default]
    Text,
    /// JSON for programs, versioned by `format_version`.
    Json,
}

/// Exit code for success.
pub const CLEAN: u8 = 0;
/// Exit code for findings.
pub const FOUND: u8 = 1;
/// Exit code for errors: invalid input, invalid usage, or a system error.
pub const COULD_NOT_RUN: u8 = 2;

/// The first error of writing to standard output.
static WRITE_ERROR: OnceLock<io::Error> = OnceLock::new();

/// Remembers a failed write to standard output. A reader that closes the pipe is no error.
pub(crate) fn written(result: io::Result<()>) {
    if let Err(error) = result
        && error.kind() != ErrorKind::BrokenPipe
    {
        let _ = WRITE_ERROR.set(error);
    }
}

/// Returns the exit code of the process for that of a command. Reports output that could not be written, which is an
/// error.
#[must_use]
pub fn exit_code(code: u8) -> u8 {
    written(io::stdout().flush());
    let Some(error) = WRITE_ERROR.get() else { return code };
    let what = format!("standard output cannot be written: {error}");
    report_errors(&[Problem::new(what, "free some disk space, or redirect the output to another file")]);
    COULD_NOT_RUN
}

/// Prints a line to standard output.
pub fn say(line: &str) {
    written(writeln!(anstream::stdout(), "{}", plain::one_line(line)));
}

/// Prints each line as [`say`] does.
pub fn say_lines(lines: &str) {
    lines.lines().for_each(say);
}

/// Prints a text unchanged.
pub fn say_raw(text: &str) {
    written(io::stdout().write_all(text.as_bytes()));
}

/// Prints a value as JSON to standard output.
pub fn say_json(value: &Value) {
    written(writeln!(io::stdout(), "{}", plain::json(&format!("{value:#}"))));
}

/// Reports the problems of a command that could not run, and returns its exit code.
#[must_use]
pub fn could_not_run(problems: &[Problem], format: Format) -> u8 {
    match format {
        Format::Text => report_errors(problems),
        Format::Json => {
            let errors: Vec<_> = problems.iter().map(error).collect();
            say_json(&json!({"format_version": 1, "errors": errors}));
        }
    }
    COULD_NOT_RUN
}

/// Prints problems on standard error.
fn report_errors(problems: &[Problem]) {
    let mut err = anstream::stderr();
    for problem in problems {
        let _ = writeln!(err, "error: {}", problem.lines().join("\n  "));
    }
}

/// Returns a problem with the fields of `check`. `message` repeats `what`, for compatibility.
pub(crate) fn error(problem: &Problem) -> Value {
    let mut error = json!(problem);
    error["message"] = json!(problem.what);
    error
}

/// Returns a number with a noun, in the plural unless the number is 1.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// Prints a note on standard error.
pub fn note(text: &str) {
    let _ = writeln!(anstream::stderr(), "note: {}", plain::one_line(text));
}

/// Prints problems as warnings on standard error.
pub fn warn(problems: &[Problem]) {
    for problem in problems {
        let _ = writeln!(anstream::stderr(), "warning: {}", problem.lines().join("\n  "));
    }
}
