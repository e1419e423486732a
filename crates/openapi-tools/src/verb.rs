//! The command line of the verbs for any document.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::{
    Format, Place, conform,
    diff::{self, DiffArguments},
    generate, mutate,
    output::{CLEAN, COULD_NOT_RUN},
    reach,
};

/// A verb that works on any OpenAPI document.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Compare two documents: what changed on the wire, for Rust callers, and for the next version
    Diff(DiffArguments),
    /// Generate a client crate from any OpenAPI 3.0 or 3.1 document
    Generate {
        /// The document, JSON or YAML
        #[arg(long, value_name = "FILE")]
        document: PathBuf,
        /// The crate's folder: new, empty, or of an earlier run
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// How to report
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Apply every single-step change to a document, and report those that the generated code does not reflect
    Mutate {
        /// The document, JSON or YAML
        #[arg(long, value_name = "FILE")]
        document: PathBuf,
        /// Try about this many of the changes, spread over all
        #[arg(long, value_name = "N")]
        most: Option<usize>,
        /// How to report
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Compare the generated types with a JSON Schema validator on boundary values
    Conform {
        /// The document, JSON or YAML
        #[arg(long, value_name = "FILE")]
        document: PathBuf,
        /// Where the generated crates are written and compiled [default: a folder in target]
        #[arg(long, value_name = "DIR")]
        target_dir: Option<PathBuf>,
        /// How to report
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Report how many documents of a folder generate and compile
    Reach {
        /// A folder of OpenAPI documents
        #[arg(long, value_name = "DIR")]
        corpus: PathBuf,
        /// Compile this many of the crates, spread from small to large
        #[arg(long, value_name = "N", default_value_t = 0)]
        compile: usize,
        /// Lint them and make their documentation, in place of only checking them
        #[arg(long)]
        clippy: bool,
        /// How to report
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

impl Verb {
    /// Runs it and returns the exit code of the process.
    #[must_use]
    pub fn run(&self, place: &Place) -> u8 {
        match self {
            Self::Diff(asked) => diff::run(asked, place),
            Self::Generate { document, out, format } => generate::run(document, out, *format),
            Self::Mutate { document, most, format } => mutate::run(document, *most, *format),
            Self::Conform { document, target_dir, format } => {
                conform::run(document, target_dir.as_deref(), place, *format)
            }
            Self::Reach { corpus, compile, clippy, format } => reach::run(corpus, *compile, *clippy, place, *format),
        }
    }
}

/// Parses the command line of this process.
///
/// # Errors
/// The exit code when there is nothing to run: help and version were printed, or what is wrong with the arguments.
pub fn parse<P: Parser>() -> Result<P, u8> {
    P::try_parse().map_err(|error| {
        // help and version are no errors: exit code 0
        let code = if error.use_stderr() { COULD_NOT_RUN } else { CLEAN };
        drop(error.print());
        code
    })
}
