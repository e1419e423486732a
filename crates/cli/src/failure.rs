//! Failed commands: one line on standard error, and the exit code.

use std::error::Error;
use std::fmt::Display;
use std::io::{self, Write as _};
use std::process::ExitCode;

use crate::output;

/// A failed command.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    /// The text for standard error.
    text: String,
}

impl Failure {
    /// Returns the failure of a command that sent nothing: the command line or the setup is invalid. Exit code 2.
    pub(crate) fn setup(message: impl Display) -> Self {
        Self { code: 2, text: line(message) }
    }

    /// Returns the failure of a call. Exit code 1.
    pub(crate) fn call(message: impl Display) -> Self {
        Self { code: 1, text: line(message) }
    }

    /// Returns the help as the failure of a command line without a command. Exit code 2.
    pub(crate) fn help(text: String) -> Self {
        Self { code: 2, text }
    }

    /// Writes to standard error and returns the exit code.
    pub(crate) fn report(self) -> ExitCode {
        note(&self.text);
        ExitCode::from(self.code)
    }
}

/// Writes to standard error. A write error is ignored: there is no other place to report it.
pub(crate) fn note(text: &str) {
    let _: io::Result<()> = io::stderr().write_all(text.as_bytes());
}

/// Appends a fix to a message that has none.
pub(crate) fn with_fix(message: &str, fix: &str) -> String {
    if message.contains(FIX) { message.to_owned() } else { format!("{message}{FIX}{fix}") }
}

const FIX: &str = "; fix: ";

/// Returns the message of an error with its root cause, for errors whose message omits it. A fix stays at the end.
pub(crate) fn with_cause(error: &dyn Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    let message = error.to_string();
    if std::ptr::addr_eq(innermost, error) {
        return message;
    }
    match message.split_once(FIX) {
        Some((what, fix)) => format!("{what}: {innermost}{FIX}{fix}"),
        None => format!("{message}: {innermost}"),
    }
}

fn line(message: impl Display) -> String {
    format!("error: {}\n", output::printable(&message.to_string()))
}
