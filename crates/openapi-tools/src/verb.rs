//! The command line of the commands for any document.

use std::{path::PathBuf, time::Duration};

use clap::{Parser, Subcommand};

use crate::{
    Environment, Format, conform,
    diff::{self, DiffArguments},
    generate::{self, GenerateArguments},
    mutate,
    output::{CLEAN, COULD_NOT_RUN, written},
    reach,
};

/// A command for any OpenAPI document.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Compare two documents and report changes, compatibility and the next version
    Diff(DiffArguments),
    /// Generate a client crate from an OpenAPI document
    Generate(GenerateArguments),
    /// Apply every single-step change to a document and report those that the generated code does not reflect
    Mutate {
        /// OpenAPI 3.0, 3.1 or 3.2 document, JSON or YAML
        #[arg(long, value_name = "FILE")]
        document: PathBuf,
        /// Folder whose files references may read [default: the document's folder]
        #[arg(long, value_name = "DIR")]
        root: Option<PathBuf>,
        /// Apply about N of the changes, an even sample [default: all]
        #[arg(long, value_name = "N")]
        most: Option<usize>,
        /// Time limit for all changes
        #[arg(long, value_name = "SECONDS", default_value_t = 600)]
        time_limit: u64,
        /// Output format
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Compare the generated types with a JSON Schema validator on boundary values
    Conform {
        /// OpenAPI 3.0, 3.1 or 3.2 document, JSON or YAML
        #[arg(long, value_name = "FILE")]
        document: PathBuf,
        /// Folder whose files references may read [default: the document's folder]
        #[arg(long, value_name = "DIR")]
        root: Option<PathBuf>,
        /// Folder in which generated crates are written and compiled [default: a folder in target]
        #[arg(long, value_name = "DIR")]
        target_dir: Option<PathBuf>,
        /// Time limit for compilation and comparison
        #[arg(long, value_name = "SECONDS", default_value_t = 1200)]
        time_limit: u64,
        /// Output format
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Report how many documents of a folder generate and compile
    Reach {
        /// Folder of OpenAPI documents (.json, .yaml, .yml)
        #[arg(long, value_name = "DIR")]
        corpus: PathBuf,
        /// Folder whose files references may read [default: the folder of each document]
        #[arg(long, value_name = "DIR")]
        root: Option<PathBuf>,
        /// Compile N of the crates, an even sample by size
        #[arg(long, value_name = "N", default_value_t = 0)]
        compile: usize,
        /// Run clippy and rustdoc on these crates instead of `cargo check`
        #[arg(long)]
        clippy: bool,
        /// Output format
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

impl Verb {
    /// Runs the command and returns its exit code.
    #[must_use]
    pub fn run(&self, environment: &Environment) -> u8 {
        match self {
            Self::Diff(asked) => diff::run(asked, environment),
            Self::Generate(asked) => generate::run(asked, environment),
            Self::Mutate { document, root, most, time_limit, format } => {
                mutate::run(document, root.as_deref(), *most, Duration::from_secs(*time_limit), *format)
            }
            Self::Conform { document, root, target_dir, time_limit, format } => {
                let limit = Duration::from_secs(*time_limit);
                conform::run(document, root.as_deref(), target_dir.as_deref(), limit, environment, *format)
            }
            Self::Reach { corpus, root, compile, clippy, format } => {
                reach::run(corpus, root.as_deref(), *compile, *clippy, environment, *format)
            }
        }
    }
}

/// Parses the command line of this process.
///
/// # Errors
/// The exit code if there is nothing to run: after printing help or version, or an error of the arguments.
pub fn parse<P: Parser>() -> Result<P, u8> {
    P::try_parse().map_err(|error| {
        // help and version are not errors
        let code = if error.use_stderr() { COULD_NOT_RUN } else { CLEAN };
        let printed = error.print();
        if !error.use_stderr() {
            written(printed);
        }
        code
    })
}
