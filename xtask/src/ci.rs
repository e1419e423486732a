//! `cargo xtask ci`: all that CI runs, in one command.

mod advisories;
mod command;
mod packages;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use serde_json::{Value, json};

use openapi_tools::{
    Format,
    output::{CLEAN, FOUND, say, say_json},
};

use command::{Outcome, cargo, passes};

use crate::workspace::workspace;

struct Step {
    name: &'static str,
    command: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
}

impl Step {
    /// Returns the command as a person types it.
    fn shown(&self) -> String {
        let variable = |(name, value): &(&str, &str)| match value.contains(' ') {
            true => format!("{name}='{value}' "),
            false => format!("{name}={value} "),
        };
        let environment: String = self.environment.iter().map(variable).collect();
        format!("{environment}cargo {}", self.command.join(" "))
    }
}

const STEPS: &[Step] = &[
    Step { name: "format", command: &["fmt", "--all", "--check"], environment: &[] },
    Step {
        name: "lints",
        command: &["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"],
        environment: &[],
    },
    Step { name: "drift", command: &["xtask", "check", "--full"], environment: &[] },
    Step { name: "proof", command: &["xtask", "prove"], environment: &[] },
    Step {
        name: "tests",
        command: &["test", "--workspace"],
        environment: &[("INSTA_UPDATE", "no"), ("UPDATE_DOCS", "0"), ("SLOW_TESTS", "1")],
    },
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
    Step { name: "advisories", command: advisories::COMMAND, environment: &[] },
    Step {
        name: "package",
        command: &[
            "package",
            "--allow-dirty",
            "--target-dir",
            packages::TARGET,
            "-p",
            "openapi-tools-openapi",
            "-p",
            "openapi-tools-rust-api",
            "-p",
            "openapi-tools-runtime",
            "-p",
            "openapi-tools-codegen",
            "-p",
            "blynk-pages",
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
        let shown = step.shown();
        if format == Format::Text {
            say(&format!("── {}: {shown}", step.name));
        }
        let start = Instant::now();
        let outcome = run_step(step, &root, references.as_ref().ok().map(tempfile::NamedTempFile::path));
        clean &= outcome != Outcome::Failed;
        done.push((step.name, shown.clone(), outcome, start.elapsed().as_secs()));
        match outcome {
            Outcome::Passed => {}
            Outcome::Failed => openapi_tools::output::note(&format!("the step `{}` failed; fix: {shown}", step.name)),
            Outcome::NotChecked(why) => openapi_tools::output::note(&format!("{} not checked: {why}", step.name)),
        }
    }
    match format {
        Format::Json => {
            let steps: Vec<_> =
                done.iter().map(|(name, shown, outcome, seconds)| json(name, shown, *outcome, *seconds)).collect();
            say_json(&json!({"format_version": 1, "status": if clean { "fresh" } else { "failure" }, "steps": steps}));
        }
        Format::Text => done.iter().for_each(|(name, _, outcome, seconds)| say(&line(name, *outcome, *seconds))),
    }
    if clean { CLEAN } else { FOUND }
}

/// `passed` is null where nothing was checked.
fn json(name: &str, command: &str, outcome: Outcome, seconds: u64) -> Value {
    let mut step = json!({"name": name, "command": command, "seconds": seconds,
    "passed": match outcome {
        Outcome::Passed => Some(true),
        Outcome::Failed => Some(false),
        Outcome::NotChecked(_) => None,
    }});
    if let Outcome::NotChecked(why) = outcome {
        step["not_checked"] = why.into();
    }
    step
}

fn line(name: &str, outcome: Outcome, seconds: u64) -> String {
    match outcome {
        Outcome::Passed => format!("passed       {seconds:>5} s  {name}"),
        Outcome::Failed => format!("FAILED       {seconds:>5} s  {name}"),
        Outcome::NotChecked(why) => format!("not checked  {seconds:>5} s  {name}: {why}"),
    }
}

fn run_step(step: &Step, root: &Path, references: Option<&Path>) -> Outcome {
    let mut command = cargo(root, step.command);
    command.envs(step.environment.iter().copied());
    match step.name {
        "advisories" => advisories::check(root),
        "tests" => {
            command.envs(references.map(|path| ("INSTA_SNAPSHOT_REFERENCES_FILE", path)));
            Outcome::of(passes(command) && no_orphans(root, references))
        }
        "package" => match packages::own_home(root, step.command) {
            Ok(home) => Outcome::of(passes(packages::within(command, &home))),
            Err(error) => {
                openapi_tools::output::note(&format!(
                    "the packages' folders in {} cannot be made: {error}",
                    packages::TARGET
                ));
                Outcome::Failed
            }
        },
        _ => Outcome::of(passes(command)),
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
        openapi_tools::output::note(&format!("no test looks at the snapshot {}; fix: remove it", orphan.display()));
    }
    if referenced.is_empty() {
        openapi_tools::output::note("the tests looked at no snapshot at all");
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slow_test_runs_and_nothing_is_updated() {
        let tests = STEPS.iter().find(|step| step.name == "tests").map(Step::shown).unwrap_or_default();
        let slow = format!("{}=1", test_support::SLOW_TESTS);
        assert_eq!(tests, format!("INSTA_UPDATE=no UPDATE_DOCS=0 {slow} cargo test --workspace"));
        let docs = STEPS.iter().find(|step| step.name == "docs").map(Step::shown).unwrap_or_default();
        assert_eq!(docs, "RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps");
    }

    #[test]
    fn a_step_that_was_not_checked_is_told_in_one_line_and_is_neither_passed_nor_failed() {
        let why = Outcome::NotChecked("no network");
        assert_eq!(line("advisories", why, 3), "not checked      3 s  advisories: no network");
        let step = json("advisories", "cargo deny", why, 3);
        assert_eq!((&step["passed"], &step["not_checked"]), (&Value::Null, &json!("no network")));
        for (passed, outcome) in [(true, Outcome::Passed), (false, Outcome::Failed)] {
            let step = json("docs", "cargo doc", outcome, 0);
            assert_eq!((&step["passed"], step.get("not_checked")), (&json!(passed), None));
        }
    }
}
