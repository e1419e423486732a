//! The `blynk` command: OAuth clients and tokens of the Blynk Platform API, and a local emulator of it.

mod arguments;
mod call;
mod completions;
mod connection;
mod emulator;
mod failure;
mod local;
mod oauth_create;
mod output;
mod target;
mod token;
mod usage;

use std::{env, ffi::OsString, process::ExitCode};

use arguments::{Command, OAuth};
use failure::Failure;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().collect();
    let outcome = match usage::parse(&arguments) {
        Ok(command) => run(command),
        Err(stop) => stop.say(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run(command: Command) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::set_up(format!("the program cannot start: {error}")))?;
    let outcome = runtime.block_on(async {
        match command {
            Command::OAuth(OAuth::Create(arguments)) => oauth_create::run(arguments).await,
            Command::Token(arguments) => token::run(arguments).await,
            Command::Call(call) => call::run(*call).await,
            Command::Emulator(arguments) => emulator::run(arguments).await,
            Command::Completions { shell } => completions::run(shell),
        }
    });
    // A name server that does not answer must not hold up the end: its lookup cannot be stopped.
    runtime.shutdown_background();
    outcome
}
