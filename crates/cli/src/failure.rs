//! A command that failed: one line on standard error, and the exit code.

use std::error::Error;
use std::fmt::{Debug, Display};
use std::io::{self, Write as _};
use std::process::ExitCode;

use crate::output;

/// Why a command failed.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    /// What standard error gets.
    text: String,
}

impl Failure {
    /// Nothing was sent: the input is bad, or something is not set up. Exit code 2.
    pub(crate) fn set_up(message: impl Display) -> Self {
        Self { code: 2, text: line(message) }
    }

    /// The call failed. Exit code 1.
    pub(crate) fn call(message: impl Display) -> Self {
        Self { code: 1, text: line(message) }
    }

    /// The call failed, for a reason that the server may bound in time. Exit code 1.
    pub(crate) fn answered<E: Debug>(error: &blynk_platform::Error<E>) -> Self {
        match error.retry_after() {
            Some(wait) => Self::call(format!("{error}; try again in {} s", wait.as_secs())),
            None => Self::call(error),
        }
    }

    /// No command was named: the help instead of an error. Exit code 2.
    pub(crate) fn help(text: String) -> Self {
        Self { code: 2, text }
    }

    /// Tells standard error, and gives the exit code.
    pub(crate) fn report(self) -> ExitCode {
        note(&self.text);
        ExitCode::from(self.code)
    }
}

/// Writes to standard error. Where that is closed there is nobody left to tell.
pub(crate) fn note(text: &str) {
    let _: io::Result<()> = io::stderr().write_all(text.as_bytes());
}

/// An error with what lies at its root, for errors whose own message leaves it out.
pub(crate) fn with_cause(error: &dyn Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    if std::ptr::addr_eq(innermost, error) { error.to_string() } else { format!("{error} ({innermost})") }
}

fn line(message: impl Display) -> String {
    format!("error: {}\n", output::printable(&message.to_string()))
}
