//! Problems and findings as people and programs read them: text with excerpts, GitHub's annotations, SARIF, `JUnit`.

mod github;
mod junit;
mod render;
mod sarif;

pub use github::github;
pub use junit::junit;
pub use render::render;
pub use sarif::sarif;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Worth knowing.
    Note,
    /// Worth a look.
    Warning,
    /// Something to be mended.
    Error,
}

/// Something found, where, and what to do about it.
#[derive(Clone, Debug)]
pub struct Reported {
    /// Stable name of the rule.
    pub id: String,
    /// How bad it is.
    pub level: Level,
    /// What was found, in one line.
    pub message: String,
    /// File, if there is one.
    pub file: Option<String>,
    /// Line in it, from 1.
    pub line: Option<usize>,
    /// Column in it, from 1.
    pub column: Option<usize>,
    /// JSON Pointer of the value.
    pub pointer: Option<String>,
    /// More about it, such as how to mend it.
    pub more: Option<String>,
}

/// A rule, for programs that show what rules there are.
#[derive(Clone, Debug)]
pub struct Described {
    /// Stable name.
    pub id: String,
    /// What it finds, in one line.
    pub what: String,
}

/// What a command found.
#[derive(Clone, Debug)]
pub struct Findings {
    /// The command, such as `cargo xtask diff`.
    pub command: String,
    /// The rules of those that were found.
    pub rules: Vec<Described>,
    /// All of them.
    pub found: Vec<Reported>,
}
