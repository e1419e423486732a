//! `cargo xtask`: imports pages, generates the client from the document, and checks for drift.

mod arguments;
mod check;
mod ci;
mod import;
mod prove;
mod regen;
mod workspace;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use openapi_tools::{Environment, output::exit_code, parse};
use workspace::workspace;

fn main() -> ExitCode {
    let arguments = match parse::<Arguments>() {
        Ok(arguments) => arguments,
        Err(code) => return ExitCode::from(exit_code(code)),
    };
    let code = match arguments.command {
        Command::Import { pages, prune, dry_run, format } => import::run(&pages, prune, dry_run, format),
        Command::Regen { released, format } => regen::run(released, format),
        Command::Check { document, full, format } => check::run(document.as_deref(), full, format),
        Command::Prove { write, format } => prove::run(write, format),
        Command::Ci { format } => ci::run(format),
        Command::Document(verb) => verb.run(&Environment::of_workspace(&workspace(), pages::settings())),
    };
    ExitCode::from(exit_code(code))
}
