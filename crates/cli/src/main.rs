//! The command `blynk`: creates OAuth clients, fetches access tokens and calls operations of the Blynk Platform API,
//! and runs a local emulator of it.

mod arguments;
mod call;
mod completions;
mod connection;
mod emulator;
mod failure;
mod local;
mod oauth_create;
mod outcome;
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
        Err(stop) => stop.finish(),
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
        .map_err(|error| Failure::setup(format!("cannot start the async runtime: {error}")))?;
    let outcome = runtime.block_on(async {
        match command {
            Command::OAuth(OAuth::Create(arguments)) => oauth_create::run(arguments).await,
            Command::Token(arguments) => token::run(arguments).await,
            Command::Call(call) => call::run(*call).await,
            Command::Emulator(arguments) => emulator::run(arguments).await,
            Command::Completions { shell } => completions::run(shell),
        }
    });
    // A running DNS lookup cannot be cancelled and must not delay the exit.
    runtime.shutdown_background();
    outcome
}
