//! Cargo and the compiler, by their messages in JSON.

use std::{fmt, io, process::Command};

use cargo_metadata::{
    Message,
    diagnostic::{Diagnostic, DiagnosticLevel},
};

/// Returns a command of the cargo that runs this program, or else of the one in the path.
#[must_use]
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// How a run of cargo ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Whether cargo exited with 0.
    pub is_success: bool,
    /// The errors of the compiler, in order.
    pub errors: Vec<CompilerError>,
    /// The first line that cargo wrote for people, for a failure that is not the compiler's.
    pub said: Option<String>,
}

/// An error of the compiler, of clippy or of rustdoc.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompilerError {
    /// Its code, such as `E0308`.
    pub code: Option<String>,
    /// What is wrong.
    pub message: String,
    /// File and line, from 1, that it is primarily about.
    pub place: Option<(String, usize)>,
}

/// Runs cargo with the arguments of `command`, of which the first is its verb.
///
/// # Errors
/// When cargo cannot be started.
pub fn run(command: &mut Command) -> io::Result<Run> {
    let output = command.output()?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    Ok(Run {
        is_success: output.status.success(),
        errors: errors(&output.stdout),
        said: stderr.lines().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned),
    })
}

impl Run {
    /// Returns the first error, in one line.
    #[must_use]
    pub fn first_error(&self) -> String {
        let error = self.errors.first().map(ToString::to_string);
        error.or_else(|| self.said.clone()).unwrap_or_else(|| "cargo gives no reason".to_owned())
    }
}

/// The errors among the messages of `--message-format json`. Other lines are the output of programs that cargo ran.
fn errors(messages: &[u8]) -> Vec<CompilerError> {
    let messages = Message::parse_stream(messages).filter_map(Result::ok);
    let diagnostics = messages.filter_map(|message| match message {
        Message::CompilerMessage(message) => Some(message.message),
        _ => None,
    });
    diagnostics
        .filter(|one| matches!(one.level, DiagnosticLevel::Error | DiagnosticLevel::Ice))
        .map(From::from)
        .collect()
}

impl From<Diagnostic> for CompilerError {
    fn from(diagnostic: Diagnostic) -> Self {
        let primary = diagnostic.spans.into_iter().find(|span| span.is_primary);
        Self {
            code: diagnostic.code.map(|code| code.code),
            message: diagnostic.message,
            place: primary.map(|span| (span.file_name, span.line_start)),
        }
    }
}

impl fmt::Display for CompilerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.message.lines().next().unwrap_or_default();
        // the names of lints are no part of the line that rustc begins with
        match self.code.as_deref().filter(|code| code.starts_with('E')) {
            Some(code) => write!(f, "error[{code}]: {first}"),
            None => write!(f, "error: {first}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_read_from_messages_and_not_from_what_programs_print() {
        let span =
            r#"{"file_name":"src/lib.rs","byte_start":0,"byte_end":1,"line_start":7,"line_end":7,"column_start":1,
            "column_end":2,"is_primary":true,"text":[],"label":null,"suggested_replacement":null,
            "suggestion_applicability":null,"expansion":null}"#
                .replace('\n', "");
        let message = |level: &str, code: &str, text: &str, spans: &str| {
            format!(
                r#"{{"reason":"compiler-message","package_id":"a","manifest_path":"/a/Cargo.toml",
                "target":{{"kind":["lib"],"crate_types":["lib"],"name":"a","src_path":"/a/lib.rs","edition":"2024"}},
                "message":{{"message":"{text}","code":{code},"level":"{level}","spans":[{spans}],"children":[],
                "rendered":null}}}}"#
            )
            .replace('\n', "")
        };
        let code = r#"{"code":"E0308","explanation":null}"#;
        let lint = r#"{"code":"unused_variables","explanation":null}"#;
        let lines = [
            "error: printed by a test".to_owned(),
            message("warning", "null", "unused", ""),
            message("error", code, "mismatched types", &span),
            message("error", lint, "unused variable: `x`", ""),
        ];
        let found = errors(lines.join("\n").as_bytes());
        assert_eq!(found[0].place, Some(("src/lib.rs".to_owned(), 7)));
        let shown: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["error[E0308]: mismatched types", "error: unused variable: `x`"]);
    }

    #[test]
    fn a_failure_without_an_error_is_what_cargo_says() {
        let run = |said: Option<&str>| Run { is_success: false, errors: vec![], said: said.map(str::to_owned) };
        assert_eq!(run(Some("error: no manifest")).first_error(), "error: no manifest");
        assert_eq!(run(None).first_error(), "cargo gives no reason");
    }
}
