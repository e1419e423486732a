//! Compiles a generated crate with warnings denied, and measures the time.

use std::{
    fs, io,
    path::Path,
    time::{Duration, Instant},
};

use openapi::{Code, Problem};

use super::outcome::Outcome;
use crate::Environment;

/// Time limit for one run of cargo.
const LONGEST: Duration = Duration::from_secs(1200);

/// The result of cargo: a value, or the first error of the compiler.
type Compiled<T> = Result<T, String>;

/// Runs `cargo check` on a crate, or with `clippy` the lints and rustdoc instead. Returns the seconds of the check or
/// lints. A crate with features of tags is checked with one of them, and with none, too.
///
/// # Errors
/// If cargo cannot be started, or the crate cannot be written.
pub(super) fn compile(outcome: &Outcome, clippy: bool, environment: &Environment) -> Result<Compiled<f64>, Problem> {
    let folder = outcome.folder.as_path();
    // with the same versions, crates share build artifacts
    environment.pin(folder);
    let command = if clippy { "clippy" } else { "check" };
    let target = environment.folder("generated");
    dependencies(folder, command, &target)?;
    // cargo identifies crates by name regardless of their folder, and rebuilds the one with newer files
    let library = folder.join("src/lib.rs");
    let written = fs::read(&library).and_then(|text| fs::write(&library, text));
    written.map_err(|error| not_written(&error, &library))?;
    let start = Instant::now();
    if let Err(error) = cargo(folder, &[command], &target)? {
        return Ok(Err(error));
    }
    let seconds = start.elapsed().as_secs_f64();
    if let Some(feature) = &outcome.feature {
        for features in ["rustls".to_owned(), format!("rustls,{feature}")] {
            let arguments = ["check", "--no-default-features", "--features", &features];
            if let Err(error) = cargo(folder, &arguments, &target)? {
                return Ok(Err(error));
            }
        }
    }
    if clippy && let Err(error) = cargo(folder, &["doc", "--no-deps"], &target)? {
        return Ok(Err(error));
    }
    Ok(Ok(seconds))
}

/// Builds the dependencies of a crate, so that its time does not include them. Compiling the crate itself reports their
/// errors.
fn dependencies(folder: &Path, command: &str, target: &Path) -> Result<(), Problem> {
    let empty = folder.join("target/empty");
    let _ = fs::create_dir_all(empty.join("src"));
    for file in ["Cargo.toml", "Cargo.lock"] {
        let _ = fs::copy(folder.join(file), empty.join(file));
    }
    let _ = fs::write(empty.join("src/lib.rs"), "");
    cargo(&empty, &[command], target).map(drop)
}

fn cargo(folder: &Path, arguments: &[&str], target: &Path) -> Result<Compiled<()>, Problem> {
    let mut command = cargo_run::cargo();
    command.args(arguments).args(["--quiet", "--message-format", "json"]).current_dir(folder);
    command.env("RUSTFLAGS", "-D warnings").env("RUSTDOCFLAGS", "-D warnings").env("CARGO_TARGET_DIR", target);
    let run = cargo_run::run_within(&mut command, LONGEST).map_err(|error| cargo_not_started(&error))?;
    Ok(if run.is_success { Ok(()) } else { Err(run.first_error()) })
}

/// Returns the problem of a cargo that cannot be started.
pub(crate) fn cargo_not_started(error: &io::Error) -> Problem {
    Problem::new(
        format!("cargo cannot be started: {error}"),
        concat!("install Rust ", env!("CARGO_PKG_RUST_VERSION"), " or newer"),
    )
    .of(Code::System)
}

fn not_written(error: &io::Error, file: &Path) -> Problem {
    let problem = Problem::new(format!("the file cannot be written: {error}"), "free some disk space");
    problem.in_file(file.display().to_string()).of(Code::System)
}
