//! What became of a document.

use std::{fmt, path::PathBuf};

/// Why there is no crate, or why it does not compile.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cause {
    /// The document is refused, or the generator failed.
    Generation(String),
    /// The first error of the compiler.
    Compilation(String),
    /// The compiler could not be run.
    System(String),
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Generation(what) | Self::System(what) => f.write_str(what),
            Self::Compilation(what) => write!(f, "does not compile: {what}"),
        }
    }
}

/// What became of one document.
pub(super) struct Outcome {
    pub(super) name: String,
    /// Where its crate is.
    pub(super) folder: PathBuf,
    pub(super) operations: u64,
    /// Size of the generated code, without the runtime.
    pub(super) bytes: u64,
    pub(super) seconds: f64,
    pub(super) cause: Option<Cause>,
    /// How long it took to compile, if it did.
    pub(super) compiled: Option<f64>,
}
