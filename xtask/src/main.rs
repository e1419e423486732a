//! `cargo xtask`: imports pages, regenerates what follows from the document, and checks that nothing has drifted.

mod arguments;
mod check;
mod ci;
mod conform;
mod diff;
mod generate;
mod import;
mod mutate;
mod output;
mod prove;
mod reach;
mod regen;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser as _;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // help and version are no errors: exit code 0
            let code = if error.use_stderr() { output::COULD_NOT_RUN } else { output::CLEAN };
            drop(error.print());
            return ExitCode::from(code);
        }
    };
    let code = match arguments.command {
        Command::Import { pages, prune, dry_run, format } => import::run(&pages, prune, dry_run, format),
        Command::Regen { released, format } => regen::run(released, format),
        Command::Check { document, full, format } => check::run(document.as_deref(), full, format),
        Command::Prove { write, format } => prove::run(write, format),
        Command::Diff { base, revision, fail_on, allow, current, format } => {
            diff::run(&base, &revision, &diff::Asked { fail_on, allow, current, format })
        }
        Command::Generate { document, out, format } => generate::run(&document, &out, format),
        Command::Mutate { document, most, format } => mutate::run(&document, most, format),
        Command::Conform { document, target_dir, format } => conform::run(&document, target_dir.as_deref(), format),
        Command::Reach { corpus, compile, clippy, format } => reach::run(&corpus, compile, clippy, format),
        Command::Ci { format } => ci::run(format),
    };
    ExitCode::from(code)
}
