//! Builds the generated crate, and a program that deserializes values into its types.
//!
//! Both are in a folder named after a hash of their content, and share one target folder, so that builds are reused.

use std::{
    fs::{self, File},
    io::{Seek as _, SeekFrom},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use codegen::Package;
use openapi::{Cause, Problem};
use sha2::{Digest as _, Sha256};

use crate::{Environment, reach::cargo_not_started, write::write_files};

/// A program with the compiled types.
pub(super) struct Program(PathBuf);

/// Writes the crate and the program, and compiles them.
pub(super) fn build(
    package: &Package,
    target: &Path,
    limit: Duration,
    environment: &Environment,
) -> Result<Program, Problem> {
    let name = format!("conform-{}", fingerprint(package));
    let folder = target.join("crates").join(&name);
    let files = package.files.iter().map(|(path, text)| (format!("client/{path}"), text.clone()));
    let own = [("runner/Cargo.toml", manifest(&name, package)), ("runner/src/main.rs", PROGRAM.to_owned())];
    let files: Vec<_> = files.chain(own.map(|(path, text)| (path.to_owned(), text))).collect();
    let is_written =
        files.iter().all(|(path, text)| fs::read(folder.join(path)).is_ok_and(|old| old == text.as_bytes()));
    if !is_written {
        write_files(&folder, &files)?;
    }
    let runner = folder.join("runner");
    // with the same versions, crates share build artifacts
    if !runner.join("Cargo.lock").exists() {
        environment.pin(&runner);
    }
    let built = target.join("target");
    let mut command = cargo_run::cargo();
    command.args(["build", "--quiet", "--message-format", "json"]).env("CARGO_TARGET_DIR", &built);
    let run = cargo_run::run_within(command.env_remove("RUSTFLAGS").current_dir(&runner), limit)
        .map_err(|error| cargo_not_started(&error))?;
    if !run.is_success {
        return Err(Problem::bug("the generated crate does not compile")
            .in_file(folder.display().to_string())
            .because(Cause::Said(run.first_error())));
    }
    Ok(Program(built.join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))))
}

impl Program {
    /// Returns the types, as a JSON array of name, pointer, and whether requests and responses have values of it.
    pub(super) fn types(&self) -> std::io::Result<String> {
        let output = Command::new(&self.0).output()?;
        String::from_utf8(output.stdout).map_err(std::io::Error::other)
    }

    /// Returns the results for a file of values, one per line: `null`, or a
    /// [`Refusal`](generator_tests::conform::Refusal) as JSON.
    pub(super) fn read(&self, values: &Path) -> std::io::Result<File> {
        let mut results = tempfile::tempfile()?;
        let status = Command::new(&self.0).arg(values).stdout(Stdio::from(results.try_clone()?)).status()?;
        if !status.success() {
            return Err(std::io::Error::other(format!("the program with the compiled types failed ({status})")));
        }
        results.seek(SeekFrom::Start(0))?;
        Ok(results)
    }
}

fn fingerprint(package: &Package) -> String {
    let mut hash = Sha256::new();
    for (path, text) in package.files.iter().map(|(path, text)| (path.as_str(), text.as_str())).chain([("", PROGRAM)]) {
        hash.update(path);
        hash.update([0]);
        hash.update(text);
        hash.update([0]);
    }
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

fn manifest(name: &str, package: &Package) -> String {
    let of_client = package.files.iter().find(|(path, _)| path == "Cargo.toml").map_or("", |(_, text)| text);
    let client = of_client.lines().find_map(|line| line.strip_prefix("name = ")).unwrap_or("\"client\"");
    format!(
        r#"[package]
name = "{name}"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
client = {{ package = {client}, path = "../client", default-features = false, features = ["schemars"] }}
serde_json = "1"

[profile.dev]
debug = false
incremental = false
panic = "abort"

[workspace]
"#
    )
}

const PROGRAM: &str = r#"//! Lists the client's types, or deserializes each value of a file into one of them.

use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter, Result, Write},
};

fn main() -> Result<()> {
    // deserialization recurses as deep as schemas nest
    let thread = std::thread::Builder::new().stack_size(256 * 1024 * 1024).spawn(run)?;
    thread.join().unwrap_or_else(|_| Err(std::io::Error::other("a type panicked")))
}

fn run() -> Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    match std::env::args_os().nth(1) {
        None => {
            let types = client::TYPES.iter().map(|one| (one.name, one.pointer, one.in_requests, one.in_responses));
            let types: Vec<_> = types.collect();
            serde_json::to_writer(&mut out, &types)?;
        }
        Some(file) => {
            for line in BufReader::new(File::open(file)?).lines() {
                let (index, value): (usize, serde_json::Value) = serde_json::from_str(&line?)?;
                let refused = client::TYPES.get(index).and_then(|one| (one.read)(value).err());
                serde_json::to_writer(&mut out, &refused)?;
                writeln!(out)?;
            }
        }
    }
    out.flush()
}
"#;
