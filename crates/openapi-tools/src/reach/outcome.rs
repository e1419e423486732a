//! The outcome of a document.

use std::{fmt, path::PathBuf};

/// Why a document has no crate, or its crate does not compile.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cause {
    /// The document is rejected, or the generator failed.
    Generation(String),
    /// The first error of the compiler.
    Compilation(String),
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Generation(what) => f.write_str(what),
            Self::Compilation(what) => write!(f, "does not compile: {what}"),
        }
    }
}

/// The outcome of one document.
pub(super) struct Outcome {
    pub(super) name: String,
    /// The folder of its crate.
    pub(super) folder: PathBuf,
    pub(super) operations: u64,
    /// The number of parts of the document that the crate lacks, since they cannot be generated.
    pub(super) carved: usize,
    /// A Cargo feature that compiles the operations of one tag, if the crate has such features.
    pub(super) feature: Option<String>,
    /// Size of the generated code without the runtime, in bytes.
    pub(super) bytes: u64,
    /// Seconds of generation.
    pub(super) seconds: f64,
    pub(super) cause: Option<Cause>,
    /// Seconds of compilation, if it succeeded.
    pub(super) compiled: Option<f64>,
}
