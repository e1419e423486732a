//! `cargo xtask ci`: runs all steps of CI.

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
    /// Returns the command as typed in a shell.
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
            say(&heading(step.name, &shown));
        }
        let start = Instant::now();
        let outcome = run_step(step, &root, references.as_ref().ok().map(tempfile::NamedTempFile::path));
        clean &= outcome != Outcome::Failed;
        done.push((step.name, shown.clone(), outcome, start.elapsed().as_secs()));
        match outcome {
            Outcome::Passed => {}
            Outcome::Failed => openapi_tools::output::note(&failed(step.name, &shown)),
            Outcome::NotChecked(why) => openapi_tools::output::note(&not_checked(step.name, why)),
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

/// Returns a step as JSON. `passed` is null if the step was not checked.
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

/// Returns the line of a step in the summary.
fn line(name: &str, outcome: Outcome, seconds: u64) -> String {
    match outcome {
        Outcome::Passed => format!("passed       {seconds:>5} s  {name}"),
        Outcome::Failed => format!("FAILED       {seconds:>5} s  {name}"),
        Outcome::NotChecked(why) => format!("not checked  {seconds:>5} s  {name}: {why}"),
    }
}

fn heading(name: &str, shown: &str) -> String {
    format!("── {name}: {shown}")
}

fn failed(name: &str, shown: &str) -> String {
    format!("step `{name}` failed; fix: run {shown} and correct what it reports")
}

fn not_checked(name: &str, why: &str) -> String {
    format!("step `{name}` was not checked: {why}")
}

fn orphaned(snapshot: &Path) -> String {
    format!("{} is not used by any test; fix: remove it", snapshot.display())
}

fn packages_failed(error: &std::io::Error) -> String {
    format!("{} cannot be written: {error}; fix: make the folder writable", packages::TARGET)
}

const NO_SNAPSHOTS: &str = "the tests used no snapshot; fix: check that insta writes INSTA_SNAPSHOT_REFERENCES_FILE";

fn run_step(step: &Step, root: &Path, references: Option<&Path>) -> Outcome {
    let mut command = cargo(root, step.command);
    command.envs(step.environment.iter().copied());
    match step.name {
        "advisories" => advisories::check(root),
        "tests" => {
            command.envs(references.map(|path| ("INSTA_SNAPSHOT_REFERENCES_FILE", path)));
            Outcome::of(passes(command) && no_orphans(root, references))
        }
        "package" => match packages::separate_home(root, step.command) {
            Ok(home) => Outcome::of(passes(packages::within(command, &home))),
            Err(error) => {
                openapi_tools::output::note(&packages_failed(&error));
                Outcome::Failed
            }
        },
        _ => Outcome::of(passes(command)),
    }
}

/// Returns whether a test uses every snapshot in the tree, and none waits for a review.
fn no_orphans(root: &Path, references: Option<&Path>) -> bool {
    let listed = references.and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
    let referenced: BTreeSet<PathBuf> = listed.lines().filter_map(|line| fs::canonicalize(line.trim()).ok()).collect();
    let mut found = Vec::new();
    for folder in ["tests", "src", "crates", "xtask"] {
        collect_snapshots(&root.join(folder), &mut found);
    }
    let orphans: Vec<_> = found.iter().filter(|path| !referenced.contains(*path)).collect();
    for orphan in &orphans {
        openapi_tools::output::note(&orphaned(orphan));
    }
    if referenced.is_empty() {
        openapi_tools::output::note(NO_SNAPSHOTS);
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
    use crate::arguments::help;

    #[test]
    fn runs_slow_tests_and_updates_nothing() {
        let tests = STEPS.iter().find(|step| step.name == "tests").map(Step::shown).unwrap_or_default();
        let slow = format!("{}=1", test_support::SLOW_TESTS);
        assert_eq!(tests, format!("INSTA_UPDATE=no UPDATE_DOCS=0 {slow} cargo test --workspace"));
        let docs = STEPS.iter().find(|step| step.name == "docs").map(Step::shown).unwrap_or_default();
        assert_eq!(docs, "RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps");
    }

    #[test]
    fn messages() {
        let shown = STEPS.iter().map(|step| heading(step.name, &step.shown())).collect::<Vec<_>>().join("\n");
        let outcomes = [
            Outcome::Passed,
            Outcome::Failed,
            Outcome::NotChecked(advisories::NO_DATABASE),
            Outcome::NotChecked(advisories::NO_INDEX),
        ];
        let summary = outcomes.map(|outcome| line("advisories", outcome, 3)).join("\n");
        let notes = [
            failed("docs", &STEPS[5].shown()),
            not_checked("advisories", advisories::NO_DATABASE),
            not_checked("advisories", advisories::NO_INDEX),
            advisories::NOT_INSTALLED.to_owned(),
            orphaned(Path::new("tests/snapshots/old.snap")),
            NO_SNAPSHOTS.to_owned(),
            packages_failed(&std::io::Error::from(std::io::ErrorKind::PermissionDenied)),
        ];
        let messages = format!(
            "# --help\n{}\n# headings of the steps\n{shown}\n\n# notes\n{}\n\n# summary\n{summary}\n",
            help("ci"),
            notes.map(|note| format!("note: {note}")).join("\n"),
        );
        crate::assert_messages!("ci", messages);
    }

    #[test]
    fn a_step_that_was_not_checked_has_neither_passed_nor_failed() {
        let step = json("advisories", "cargo deny", Outcome::NotChecked("no network"), 3);
        assert_eq!((&step["passed"], &step["not_checked"]), (&Value::Null, &json!("no network")));
        for (passed, outcome) in [(true, Outcome::Passed), (false, Outcome::Failed)] {
            let step = json("docs", "cargo doc", outcome, 0);
            assert_eq!((&step["passed"], step.get("not_checked")), (&json!(passed), None));
        }
    }
}
