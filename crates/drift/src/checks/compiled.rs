//! Checks that compile: whether the generated types enforce the document's constraints, and whether every operation
//! has a method, a command and a route.

use std::path::Path;

use cargo_run::{Findings, Run, VARIABLE};
use openapi::{Cause, Problem};

use crate::finding::Finding;

/// A check that runs tests of the workspace with `cargo test`.
pub struct Compiled {
    /// Name in reports.
    pub name: &'static str,
    /// What it compares, as `source → derived`.
    pub compares: &'static str,
    /// Arguments of `cargo test`.
    arguments: &'static [&'static str],
    /// The least number of tests that must run: `cargo test` with a filter that matches none passes.
    tests: usize,
    /// The file with the tests, relative to the workspace.
    file: &'static str,
    /// The cause of its findings.
    cause: Cause,
}

/// The checks that compile, in the order of the report.
pub const COMPILED: &[Compiled] = &[
    Compiled {
        name: "types",
        compares: "compiled types → document",
        arguments: &["--package", "blynk-platform", "--features", "schemars", "--test", "types"],
        tests: 4,
        file: "tests/types/main.rs",
        cause: Cause::TypesDisagree,
    },
    Compiled {
        name: "routes",
        compares: "operations → methods, commands, routes",
        arguments: &[
            "--package",
            "blynk-platform",
            "--package",
            "blynk-cli",
            "--package",
            "blynk-emulator",
            "--no-fail-fast",
            "--lib",
            "--bins",
            "--tests",
            "--",
            "routes_",
        ],
        tests: 3,
        file: "tests/routes.rs",
        cause: Cause::OperationUnreachable,
    },
];

/// The most findings that one check reports: one cause may fail many tests.
const MOST: usize = 20;

impl Compiled {
    /// Runs the check's tests in the workspace at `root`.
    #[must_use]
    pub fn run(&self, root: &Path) -> Vec<Finding> {
        let ran = tempfile::NamedTempFile::new().and_then(|file| {
            let mut command = cargo_run::cargo();
            command.args(["test", "--quiet", "--message-format", "json"]).args(self.arguments).current_dir(root);
            let run = cargo_run::run(command.env(VARIABLE, file.path()))?;
            Ok((run, Findings::read(file.path())?))
        });
        match ran {
            Ok((run, findings)) => self.found(&run, &findings),
            Err(error) => {
                let what = format!("cargo cannot be started: {error}");
                vec![Finding::Broken(Problem::new(what, format!("run {}", self.command())))]
            }
        }
    }

    /// Returns the command to run the tests by hand.
    fn command(&self) -> String {
        format!("cargo test --quiet {}", self.arguments.join(" "))
    }

    fn found(&self, run: &Run, findings: &Findings) -> Vec<Finding> {
        let problem = |what: String| Problem::new(what, self.command()).in_file(self.file);
        if run.is_success {
            return match findings.tests {
                ran if ran >= self.tests => Vec::new(),
                ran => vec![Finding::Broken(problem(format!(
                    "{}: {ran} tests ran, expected at least {}",
                    self.name, self.tests
                )))],
            };
        }
        let errors = run.errors.iter().map(ToString::to_string);
        let messages = errors.chain(findings.found.iter().map(|one| one.what.clone())).take(MOST);
        let drift: Vec<_> = messages.map(|what| Finding::Drift(problem(what).because(self.cause.clone()))).collect();
        if drift.is_empty() {
            let what = format!("{}: the tests failed without a message", self.name);
            return vec![Finding::Broken(problem(what).because(Cause::Said(run.first_error())))];
        }
        drift
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compiler_and_test_errors_are_drift_and_missing_tests_are_a_failure() {
        let check = &COMPILED[0];
        let message = Some("error: no such package".to_owned());
        let run = |is_success| Run { is_success, errors: Vec::new(), message: message.clone() };
        let findings = |tests, found: &[&str]| {
            let finding = |what: &&str| cargo_run::Finding { test: "t".to_owned(), what: (*what).to_owned() };
            Findings { tests, found: found.iter().map(finding).collect() }
        };
        assert_eq!(check.found(&run(true), &findings(check.tests, &[])), []);
        let few = check.found(&run(true), &findings(1, &[]));
        assert!(
            matches!(&few[..], [Finding::Broken(problem)] if problem.what == "types: 1 tests ran, expected at least 4")
        );
        let found = check.found(&run(false), &findings(4, &["a", "b"]));
        assert!(matches!(&found[..], [Finding::Drift(a), Finding::Drift(b)] if a.what == "a" && b.what == "b"));
        let silent = check.found(&run(false), &findings(0, &[]));
        let cause = Some(Cause::Said("error: no such package".to_owned()));
        assert!(matches!(&silent[..], [Finding::Broken(problem)] if problem.cause == cause));
    }
}
