//! `cargo check` of a crate whose dependencies are compiled.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::client::Client;

/// What a check costs: user time of all processes, and the memory of the largest.
pub(crate) struct Cost {
    pub(crate) user_seconds: f64,
    pub(crate) megabytes: f64,
}

/// Returns the least cost of three checks. User time depends little on what else runs, unlike elapsed time.
pub(crate) fn check(client: &Client) -> Result<Cost, String> {
    let folder = client.folder.path();
    // the first check compiles the dependencies
    cargo(folder)?;
    let costs: Vec<Cost> = (0..3).map(|_| cargo(folder)).collect::<Result<_, _>>()?;
    let least = |of: fn(&Cost) -> f64| costs.iter().map(of).fold(f64::INFINITY, f64::min);
    Ok(Cost { user_seconds: least(|cost| cost.user_seconds), megabytes: least(|cost| cost.megabytes) })
}

fn cargo(folder: &Path) -> Result<Cost, String> {
    // a newer file is compiled again
    let library = folder.join("src/lib.rs");
    let text = fs::read(&library).map_err(|error| error.to_string())?;
    fs::write(&library, text).map_err(|error| error.to_string())?;
    let mut command = Command::new("/usr/bin/time");
    command.args(["-f", "%U %M", "cargo", "check", "--quiet"]).current_dir(folder);
    command.env("CARGO_TARGET_DIR", target()).env("CARGO_INCREMENTAL", "0").env("RUSTFLAGS", "--cap-lints=allow");
    let output = command.output().map_err(|error| format!("/usr/bin/time cannot be started: {error}"))?;
    let text = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(text.lines().find(|line| line.starts_with("error")).unwrap_or("unknown").to_owned());
    }
    let mut figures = text.lines().last().unwrap_or_default().split(' ').map(str::parse::<f64>);
    match (figures.next(), figures.next()) {
        (Some(Ok(user_seconds)), Some(Ok(kilobytes))) => Ok(Cost { user_seconds, megabytes: kilobytes / 1e3 }),
        _ => Err("/usr/bin/time is not GNU time".to_owned()),
    }
}

/// The target folder of all measured crates.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("measured")
}
