//! A problem: what is wrong, where, why, and how to fix it.

use serde::{Deserialize, Serialize};

use crate::{Cause, Location, plain::one_line};

/// The kind of a problem.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// An input is invalid: a document, a page, an overlay, an argument.
    #[default]
    Invalid,
    /// A reference of a document has no target.
    Unresolved,
    /// A part of a document is valid, but the generator does not support it.
    Unsupported,
    /// An input exceeds a limit.
    Limit,
    /// A file cannot be read or written, or a program cannot be run.
    System,
    /// A program failed because of a bug.
    Bug,
    /// Two artifacts do not match.
    Drift,
    /// Two documents differ in their documentation only.
    Documentation,
    /// Another check has reported the problem.
    Reported,
}

/// A problem with an input, with its location and the command or edit that fixes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The kind of the problem.
    pub code: Code,
    /// What is wrong, in one line.
    pub what: String,
    /// The file, as the user named it or relative to the workspace.
    pub file: Option<String>,
    /// Line, counted from 1.
    pub line: Option<usize>,
    /// Column in characters, counted from 1.
    pub column: Option<usize>,
    /// JSON Pointer (RFC 6901) of the value, where the file is JSON or YAML.
    pub pointer: Option<String>,
    /// The cause: which side was edited.
    pub cause: Option<Cause>,
    /// The command to run, or the edit to make.
    pub fix: String,
}

impl Problem {
    /// Returns a problem without a location.
    pub fn new(what: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { what: what.into(), fix: fix.into(), ..Self::default() }
    }

    /// Returns a problem that is a bug of this program, which users can only report.
    pub fn bug(what: impl Into<String>) -> Self {
        Self::new(what, "report this as a bug of the generator").of(Code::Bug)
    }

    /// Sets the kind.
    #[must_use]
    pub fn of(mut self, code: Code) -> Self {
        self.code = code;
        self
    }

    /// Sets the file.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// Sets line and column.
    #[must_use]
    pub fn at(mut self, location: Option<Location>) -> Self {
        self.line = location.map(|location| location.line);
        self.column = location.map(|location| location.column);
        self
    }

    /// Sets the pointer of the value.
    #[must_use]
    pub fn pointing_to(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// Sets the cause.
    #[must_use]
    pub fn because(mut self, cause: Cause) -> Self {
        self.cause = Some(cause);
        self
    }

    /// Returns the location as `file:line:column`; `None` without a file.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        let mut place = self.file.clone()?;
        for part in [self.line, self.column].into_iter().flatten() {
            place.push(':');
            place.push_str(&part.to_string());
        }
        Some(place)
    }

    /// Returns the lines of the text form, without colors: what, where, cause, fix.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![one_line(&self.what)];
        match (self.place(), self.pointer.as_deref().filter(|pointer| !pointer.is_empty())) {
            (Some(place), Some(pointer)) => lines.push(one_line(&format!("at: {place} ({pointer})"))),
            (Some(place), None) => lines.push(one_line(&format!("at: {place}"))),
            (None, Some(pointer)) => lines.push(one_line(&format!("at: {pointer}"))),
            (None, None) => {}
        }
        if let Some(cause) = &self.cause {
            lines.push(format!("cause: {}", one_line(&cause.to_string())));
        }
        lines.push(format!("fix: {}", one_line(&self.fix)));
        lines
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.lines().join("\n"))
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has_what_where_cause_and_fix() {
        let problem = Problem::new("maxLength differs", "cargo xtask regen")
            .in_file("openapi/document.json")
            .at(Some(Location { line: 12, column: 3 }))
            .pointing_to("/paths/~1a")
            .because(Cause::DocumentEdited);
        assert_eq!(
            problem.to_string(),
            "maxLength differs\nat: openapi/document.json:12:3 (/paths/~1a)\ncause: document edited\nfix: cargo xtask \
             regen"
        );
    }

    #[test]
    fn text_has_no_control_characters_and_no_injected_lines() {
        let hostile = "a\n::error::b\u{1b}[31m\u{202e}";
        let problem = Problem::new(hostile, hostile)
            .in_file(hostile)
            .pointing_to(hostile)
            .because(Cause::Said(hostile.to_owned()))
            .at(None)
            .to_string();
        assert_eq!(problem.lines().count(), 4);
        assert!(!problem.contains(|c: char| crate::plain::is_control(c) && c != '\n'), "{problem:?}");
        assert!(!problem.lines().any(|line| line.starts_with("::")), "{problem:?}");
    }
}
