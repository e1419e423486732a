//! The program `openapi-tools`.

use std::process::ExitCode;

use clap::Parser;
use openapi_tools::{Environment, Verb, output::exit_code, parse};

/// Generate client crates from OpenAPI documents, compare documents, and test the generator
///
/// Exit codes: 0 for success, 1 for findings (breaking changes, differences, failed documents), 2 for errors.
#[derive(Debug, Parser)]
#[command(name = "openapi-tools", version)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

fn main() -> ExitCode {
    let code = match parse::<Arguments>() {
        Ok(arguments) => arguments.verb.run(&Environment::standalone()),
        Err(code) => code,
    };
    ExitCode::from(exit_code(code))
}
