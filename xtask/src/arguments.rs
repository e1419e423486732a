//! The command line of `cargo xtask`.

use std::path::PathBuf;

use blynk_drift::CommandLine;
use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};
use openapi_tools::{Format, Verb};

/// Maintain the client that is generated from the OpenAPI document.
///
/// Exit codes: 0 success, 1 drift or a failed check, 2 invalid input or usage.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Import documentation pages into openapi/, and merge the OpenAPI documents in them into one
    Import {
        /// Markdown files of pages, or - for standard input [default: extract from the committed pages again]
        #[arg(value_name = "PAGE")]
        pages: Vec<PathBuf>,
        /// Remove operations from the document if no page has them
        #[arg(long)]
        prune: bool,
        /// Report the changes, and write nothing
        #[arg(long)]
        dry_run: bool,
        /// Output format
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Generate the committed files from the document: client, public API snapshot, list of unsupported keywords, lock
    Regen {
        /// Also record the current document and version as released; `check` compares later versions with this record
        #[arg(long)]
        released: bool,
        /// Output format
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Check that pages, document, overlay, lock, generated code and documentation agree; write nothing
    Check {
        /// Check this document, in place of the committed one, against the committed code
        #[arg(long, value_name = "FILE")]
        document: Option<PathBuf>,
        /// Also run the checks that compile: types against the document; method, command and route of each operation
        #[arg(long)]
        full: bool,
        /// Output format
        #[arg(long, value_enum, default_value_t)]
        format: CheckFormat,
    },
    /// Measure the mutation score of the checks: mutate every input in memory, and report what the checks detect
    Prove {
        /// Write the mutation score into docs/verification.md
        #[arg(long)]
        write: bool,
        /// Output format
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Run all steps of CI
    Ci {
        /// Output format
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// The commands for any document.
    #[command(flatten)]
    Document(Verb),
}

impl Arguments {
    /// Returns every command with its long options, for the check `docs`.
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

/// Output format of `check`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// Text with excerpts.
    #[default]
    Text,
    /// JSON, described by docs/schemas/check.json.
    Json,
    /// GitHub annotations.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    #[value(help = "JUnit XML, for build servers")]
    Junit,
}

/// Returns the help of a command.
#[cfg(test)]
pub(crate) fn help(command: &str) -> String {
    Arguments::try_parse_from(["cargo xtask", command, "--help"])
        .map_or_else(|help| help.to_string(), |_| String::new())
}

/// Compares the messages of a command with their snapshot in `tests/snapshots`.
#[cfg(test)]
#[macro_export]
macro_rules! assert_messages {
    ($command:literal, $messages:expr) => {
        insta::with_settings!({
            snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(concat!("messages__", $command), $messages);
        });
    };
}
