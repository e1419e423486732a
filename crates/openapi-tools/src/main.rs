//! `openapi-tools`: client crates from any OpenAPI document, what changed between two, and tests of the generator.

use std::process::ExitCode;

use clap::Parser;
use openapi_tools::{Place, Verb, parse};

/// Generates client crates from OpenAPI documents, compares documents, and tests the generator.
///
/// Exit code 0: clean. 1: a breaking change or a failed check. 2: could not run.
#[derive(Debug, Parser)]
#[command(name = "openapi-tools", version)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

fn main() -> ExitCode {
    match parse::<Arguments>() {
        Ok(arguments) => ExitCode::from(arguments.verb.run(&Place::here())),
        Err(code) => ExitCode::from(code),
    }
}
