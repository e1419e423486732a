//! Runs cargo and reads its JSON messages.

use std::{
    fmt,
    io::{self, Read},
    process::{Command, Stdio},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use cargo_metadata::{
    Message,
    diagnostic::{Diagnostic, DiagnosticLevel},
};

/// Returns a command for the cargo that runs this program (`CARGO`), or else for the one in `PATH`.
#[must_use]
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The result of a run of cargo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Whether cargo exited with 0.
    pub is_success: bool,
    /// The errors of the compiler, in order.
    pub errors: Vec<CompilerError>,
    /// The first line on standard error, for failures without a compiler error.
    pub message: Option<String>,
}

/// An error of the compiler, of clippy or of rustdoc.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompilerError {
    /// The error code, such as `E0308`.
    pub code: Option<String>,
    /// The message.
    pub message: String,
    /// File and line (counted from 1) of the primary span.
    pub place: Option<(String, usize)>,
}

/// Runs cargo with the arguments of `command`, the first of which is the subcommand.
///
/// # Errors
/// If cargo cannot be started.
pub fn run(command: &mut Command) -> io::Result<Run> {
    let output = command.output()?;
    Ok(result(output.status.success(), &output.stdout, &output.stderr))
}

/// Runs cargo as [`run`] does, and ends it after `limit`, which is a failure with a message that names the limit.
///
/// # Errors
/// If cargo cannot be started, or its output cannot be read.
pub fn run_within(command: &mut Command, limit: Duration) -> io::Result<Run> {
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (stdout, stderr) = (read_all(child.stdout.take()), read_all(child.stderr.take()));
    let status = loop {
        match child.try_wait()? {
            Some(status) => break status,
            None if start.elapsed() < limit => thread::sleep(Duration::from_millis(20)),
            // compilers that cargo has started may keep the output open, so it is not read to its end
            None => {
                child.kill()?;
                child.wait()?;
                let message = format!("cargo exceeds the time limit of {} s", limit.as_secs());
                return Ok(Run { is_success: false, errors: Vec::new(), message: Some(message) });
            }
        }
    };
    let bytes = |reader: JoinHandle<Vec<u8>>| reader.join().map_err(|_| io::Error::other("the output cannot be read"));
    Ok(result(status.success(), &bytes(stdout)?, &bytes(stderr)?))
}

/// Reads an output in a thread of its own, so that it does not block the program that writes it.
fn read_all(output: Option<impl Read + Send + 'static>) -> JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut output) = output {
            // what was read before an error is used
            let _ = output.read_to_end(&mut bytes);
        }
        bytes
    })
}

fn result(is_success: bool, stdout: &[u8], stderr: &[u8]) -> Run {
    let stderr = String::from_utf8_lossy(stderr);
    let message = stderr.lines().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned);
    Run { is_success, errors: errors(stdout), message }
}

impl Run {
    /// Returns the first error in one line.
    #[must_use]
    pub fn first_error(&self) -> String {
        let error = self.errors.first().map(ToString::to_string);
        error.or_else(|| self.message.clone()).unwrap_or_else(|| "cargo failed without a message".to_owned())
    }
}

/// Returns the errors among the messages of `--message-format json`. Other lines are output of programs that cargo ran.
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
        // rustc shows codes of errors in the first line, and names of lints elsewhere
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
    fn reads_errors_from_messages_and_ignores_other_output() {
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
    fn a_program_ends_at_the_time_limit() {
        let mut sleep = Command::new("sleep");
        let run = run_within(sleep.arg("60"), Duration::from_millis(50)).unwrap();
        assert_eq!((run.is_success, run.first_error().as_str()), (false, "cargo exceeds the time limit of 0 s"));
        let run = run_within(Command::new("sh").args(["-c", "echo error >&2; exit 1"]), Duration::from_secs(60));
        assert_eq!(run.unwrap().first_error(), "error");
    }

    #[test]
    fn a_failure_without_a_compiler_error_has_the_message_of_cargo() {
        let run =
            |message: Option<&str>| Run { is_success: false, errors: vec![], message: message.map(str::to_owned) };
        assert_eq!(run(Some("error: no manifest")).first_error(), "error: no manifest");
        assert_eq!(run(None).first_error(), "cargo failed without a message");
    }
}
