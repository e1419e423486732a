//! The command line of `cargo xtask`.

use std::path::PathBuf;

use blynk_drift::CommandLine;
use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};
use openapi_tools::{Format, Verb};

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
    /// Import documentation pages: each kept byte for byte, the documents in them merged into one
    Import {
        /// Pages, or - for standard input; without any, the pages that are there are extracted again
        #[arg(value_name = "PAGE")]
        pages: Vec<PathBuf>,
        /// Remove operations that no page has any more
        #[arg(long)]
        prune: bool,
        /// Report what would change, and write nothing
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
    /// Measure how strong the check is: change all that it looks at in every way, in memory, and report what it detects
    Prove {
        /// Write the score into README.md
        #[arg(long)]
        write: bool,
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
    /// The verbs for any document.
    #[command(flatten)]
    Document(Verb),
}

impl Arguments {
    /// Returns every verb with its long options, for the check of the documentation.
    pub(crate) fn commands() -> Vec<CommandLine> {
        let long = |command: &clap::Command| {
            let options = command.get_arguments().filter_map(|option| option.get_long());
            options.map(str::to_owned).collect()
        };
        let verbs = Self::command();
        let verbs = verbs.get_subcommands();
        verbs.map(|verb| CommandLine { verb: verb.get_name().to_owned(), options: long(verb) }).collect()
    }
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
    #[value(help = "JUnit XML, for build servers")]
    Junit,
}
