//! The command line of `cargo xtask`.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Maintains the client that is generated from the OpenAPI document.
///
/// Exit code 0: clean. 1: drift, or a failed check. 2: could not run.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Take documentation pages over: each kept byte for byte, the documents in them merged into one
    Import {
        /// Pages, or - for standard input; without any, the pages that are there are extracted again
        #[arg(value_name = "PAGE")]
        pages: Vec<PathBuf>,
        /// Remove operations that no page has any more
        #[arg(long)]
        prune: bool,
        /// Tell what would change, and write nothing
        #[arg(long)]
        dry_run: bool,
        /// How to report
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Generate what is committed and follows from the document: client, surface, unrepresented list, lock
    Regen {
        /// Also record that what is there now is released under the present version; the next check compares with it
        #[arg(long)]
        released: bool,
        /// How to report
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Prove that nothing has drifted; writes nothing
    Check {
        /// Check this document against the committed code, in place of the committed document
        #[arg(long, value_name = "FILE")]
        document: Option<PathBuf>,
        /// Compile too: the types against the document, and every operation's method, command and route
        #[arg(long)]
        full: bool,
        /// How to report
        #[arg(long, value_enum, default_value_t)]
        format: CheckFormat,
    },
    /// Show how strong the check is: change all that it looks at in every way, in memory, and tell what it catches
    Prove {
        /// Write the score into README.md
        #[arg(long)]
        write: bool,
        /// How to report
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Tell what changed between two documents: for the wire, for Rust callers, and for the next version
    Diff {
        /// The document as it was: a file, or REV:path of git
        #[arg(value_name = "BASE")]
        base: String,
        /// The document as it is
        #[arg(value_name = "REVISION")]
        revision: String,
        /// Exit with 1 if there is such a change
        #[arg(long, value_enum, value_name = "WHAT")]
        fail_on: Option<FailOn>,
        /// Changes that are allowed: a list of id, pointer, reason and expires
        #[arg(long, value_name = "FILE")]
        allow: Option<PathBuf>,
        /// The version that the next one follows [default: the base's info.version]
        #[arg(long, value_name = "VERSION")]
        current: Option<String>,
        /// How to report
        #[arg(long, value_enum, default_value_t)]
        format: DiffFormat,
    },
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
    /// Change a document in every single way, and tell what generation would lose of it in silence
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
    /// Give values at every boundary of a document to its compiled types, and tell where they differ from the document
    Conform {
        /// The document, JSON or YAML
        #[arg(long, value_name = "FILE")]
        document: PathBuf,
        /// Where the generated crates are written and compiled [default: target/conform of this workspace]
        #[arg(long, value_name = "DIR")]
        target_dir: Option<PathBuf>,
        /// How to report
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Measure how many documents of a folder become crates, and how many of those compile
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
    /// Run all that CI runs
    Ci {
        /// How to report
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

/// How `check` reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people.
    #[default]
    Text,
    /// For programs; `format_version` says which form.
    Json,
    /// Annotations of GitHub.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// The XML of `JUnit`, for build servers.
    Junit,
}

/// How a command reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs; `format_version` says which form.
    Json,
}

/// Which changes a command is to fail on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Those that break callers, on the wire or in Rust.
    Breaking,
    /// All.
    Any,
}

/// How changes are reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people.
    #[default]
    Text,
    /// For programs; `format_version` says which form.
    Json,
    /// An entry of a changelog.
    Markdown,
    /// Annotations of GitHub.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// The XML of `JUnit`, for build servers.
    Junit,
}
