//! `cargo xtask ci`: all that CI runs, in one command.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use serde_json::json;

use crate::{
    arguments::Format,
    output::{CLEAN, FOUND, say, say_json, workspace},
};

struct Step {
    name: &'static str,
    command: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
}

/// Where packages are built, apart from the workspace's own crates of the same names and versions.
const PACKAGES: &str = "target/packages";

const STEPS: &[Step] = &[
    Step { name: "format", command: &["fmt", "--all", "--check"], environment: &[] },
    Step {
        name: "lints",
        command: &["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"],
        environment: &[],
    },
    Step { name: "drift", command: &["xtask", "check", "--full"], environment: &[] },
    Step { name: "proof", command: &["xtask", "prove"], environment: &[] },
    Step { name: "tests", command: &["test", "--workspace"], environment: &[("INSTA_UPDATE", "no")] },
    Step {
        name: "docs",
        command: &["doc", "--workspace", "--no-deps"],
        environment: &[("RUSTDOCFLAGS", "-D warnings")],
    },
    Step {
        name: "dependencies",
        command: &["deny", "--all-features", "check", "bans", "licenses", "sources"],
        environment: &[],
    },
    Step {
        name: "package",
        command: &[
            "package",
            "--allow-dirty",
            "--target-dir",
            PACKAGES,
            "-p",
            "blynk-document",
            "-p",
            "blynk-runtime",
            "-p",
            "blynk-codegen",
            "-p",
            "blynk-platform",
        ],
        environment: &[],
    },
];

pub(crate) fn run(format: Format) -> u8 {
    let root = workspace();
    let references = tempfile::NamedTempFile::new();
    let mut done = Vec::new();
    let mut clean = true;
    for step in STEPS {
        let shown = format!("cargo {}", step.command.join(" "));
        if format == Format::Text {
            say(&format!("── {}: {shown}", step.name));
        }
        let start = Instant::now();
        let mut passed = run_step(step, &root, references.as_ref().ok().map(tempfile::NamedTempFile::path));
        if passed && step.name == "tests" {
            passed = no_orphans(&root, references.as_ref().ok().map(tempfile::NamedTempFile::path));
        }
        clean &= passed;
        done.push(json!({"name": step.name, "command": shown, "passed": passed, "seconds": start.elapsed().as_secs()}));
        if !passed {
            crate::output::note(&format!("the step `{}` failed; fix: {shown}", step.name));
        }
    }
    match format {
        Format::Json => {
            say_json(&json!({"format_version": 1, "status": if clean { "fresh" } else { "failure" }, "steps": done}));
        }
        Format::Text => {
            for step in &done {
                let word = if step["passed"] == true { "passed" } else { "FAILED" };
                say(&format!("{word}  {:>5} s  {}", step["seconds"], step["name"].as_str().unwrap_or_default()));
            }
        }
    }
    if clean { CLEAN } else { FOUND }
}

/// cargo unpacks and compiles a package of ours once for each version, and then takes that for this version for ever.
fn forget_packages(root: &Path) {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let folders = |path: PathBuf| fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_named =
        |path: &PathBuf, start: &str| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start));
    let remove = |folder: PathBuf| {
        for package in folders(folder).filter(|path| is_named(path, "blynk-")) {
            // what stays is told by the step that follows
            let _ = fs::remove_dir_all(package);
        }
    };
    remove(root.join(PACKAGES).join("debug/.fingerprint"));
    // registries of folders have no name before the dash
    for registry in
        home.into_iter().flat_map(|home| folders(home.join("registry/src"))).filter(|path| is_named(path, "-"))
    {
        remove(registry);
    }
}

fn run_step(step: &Step, root: &Path, references: Option<&Path>) -> bool {
    if step.name == "package" {
        forget_packages(root);
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(step.command).current_dir(root).envs(step.environment.iter().copied());
    if let (Some(references), "tests") = (references, step.name) {
        command.env("INSTA_SNAPSHOT_REFERENCES_FILE", references);
    }
    match command.status() {
        Ok(status) => status.success(),
        Err(error) => {
            crate::output::note(&format!("cargo could not be started: {error}"));
            false
        }
    }
}

/// Whether every snapshot in the tree was looked at by a test, and none waits for a review.
fn no_orphans(root: &Path, references: Option<&Path>) -> bool {
    let listed = references.and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
    let referenced: BTreeSet<PathBuf> = listed.lines().filter_map(|line| fs::canonicalize(line.trim()).ok()).collect();
    let mut found = Vec::new();
    for folder in ["tests", "src", "crates", "xtask"] {
        collect_snapshots(&root.join(folder), &mut found);
    }
    let orphans: Vec<_> = found.iter().filter(|path| !referenced.contains(*path)).collect();
    for orphan in &orphans {
        crate::output::note(&format!("no test looks at the snapshot {}; fix: remove it", orphan.display()));
    }
    if referenced.is_empty() {
        crate::output::note("the tests looked at no snapshot at all");
    }
    orphans.is_empty() && !referenced.is_empty()
}

fn collect_snapshots(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect_snapshots(&path, found);
        } else if path.to_string_lossy().contains(".snap") {
            found.extend(fs::canonicalize(path));
        }
    }
}
