//! Compiles a generated crate with warnings denied, and takes the time.

use std::{fs, path::Path, time::Instant};

use super::outcome::Cause;
use crate::Place;

/// Checks one crate; with `clippy` lints it and makes its documentation in place of that. The seconds that the check or
/// lint took, or the first error.
pub(super) fn compile(folder: &Path, clippy: bool, place: &Place) -> Result<f64, Cause> {
    // a known set of versions, so that all crates share what they build
    place.pin(folder);
    let command = if clippy { "clippy" } else { "check" };
    let target = place.folder("generated");
    dependencies(folder, command, &target);
    // cargo takes crates of one name for one crate, wherever they lie; what is written last it builds
    let library = folder.join("src/lib.rs");
    let written = fs::read(&library).and_then(|text| fs::write(&library, text));
    written.map_err(|error| Cause::Compilation(format!("{}: {error}", library.display())))?;
    let start = Instant::now();
    cargo(folder, &[command], &target)?;
    let seconds = start.elapsed().as_secs_f64();
    if clippy {
        cargo(folder, &["doc", "--no-deps"], &target)?;
    }
    Ok(seconds)
}

/// Builds what the crate depends on, so that no crate's time has it in it. What is wrong there, the crate itself will
/// show.
fn dependencies(folder: &Path, command: &str, target: &Path) {
    let empty = folder.join("target/empty");
    let _ = fs::create_dir_all(empty.join("src"));
    for file in ["Cargo.toml", "Cargo.lock"] {
        let _ = fs::copy(folder.join(file), empty.join(file));
    }
    let _ = fs::write(empty.join("src/lib.rs"), "");
    let _ = cargo(&empty, &[command], target);
}

fn cargo(folder: &Path, arguments: &[&str], target: &Path) -> Result<(), Cause> {
    let mut command = cargo_run::cargo();
    command.args(arguments).args(["--quiet", "--message-format", "json"]).current_dir(folder);
    command.env("RUSTFLAGS", "-D warnings").env("RUSTDOCFLAGS", "-D warnings").env("CARGO_TARGET_DIR", target);
    let run =
        cargo_run::run(&mut command).map_err(|error| Cause::System(format!("cargo could not be started: {error}")))?;
    if run.is_success { Ok(()) } else { Err(Cause::Compilation(run.first_error())) }
}
