//! Formats of problems and findings: text with excerpts, GitHub annotations, SARIF, `JUnit`.

mod github;
mod junit;
mod render;
mod sarif;

pub use github::github;
pub use junit::junit;
pub use render::render;
pub use sarif::sarif;

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Information.
    Note,
    /// A warning.
    Warning,
    /// An error.
    Error,
}

/// A finding with its location and fix.
#[derive(Clone, Debug)]
pub struct Reported {
    /// Stable id of the rule.
    pub id: String,
    /// Severity.
    pub level: Level,
    /// The message, in one line.
    pub message: String,
    /// The file, if there is one.
    pub file: Option<String>,
    /// Line, from 1.
    pub line: Option<usize>,
    /// Column, from 1.
    pub column: Option<usize>,
    /// JSON Pointer of the value.
    pub pointer: Option<String>,
    /// Details, such as cause and fix, in lines.
    pub details: Option<String>,
}

/// A rule with its description.
#[derive(Clone, Debug)]
pub struct Described {
    /// Stable id.
    pub id: String,
    /// What it finds, in one line.
    pub what: String,
}

/// The findings of a command.
#[derive(Clone, Debug)]
pub struct Findings {
    /// The command, such as `cargo xtask diff`.
    pub command: String,
    /// The rules that findings refer to.
    pub rules: Vec<Described>,
    /// The findings.
    pub found: Vec<Reported>,
}
