//! `blynk completions`: prints a shell script that completes commands, operations and flags.

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::{arguments::Arguments, failure::Failure, output};

pub(crate) fn run(shell: Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "blynk", &mut script);
    output::print_bytes(&script).map_err(|error| Failure::call(output::write_error(&error)))
}
