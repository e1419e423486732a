//! What only the compiler and running code can tell: whether compiled types hold the document's rules, and whether
//! every operation has its method, its command and its route.

use std::{path::Path, process::Command};

use openapi::{Cause, Problem};

use crate::finding::Finding;

/// A check that compiles: each crate tests itself.
pub struct Compiled {
    /// Name, as reports show it.
    pub name: &'static str,
    /// Both sides, as `from → to`.
    pub compares: &'static str,
    /// Arguments of cargo.
    arguments: &'static [&'static str],
    /// So many tests there are to run: a filter that finds none would pass.
    tests: usize,
    /// The test, relative to the workspace.
    file: &'static str,
    /// Why it fails, if it does.
    cause: Cause,
}

/// All checks that compile.
pub const COMPILED: &[Compiled] = &[
    Compiled {
        name: "types",
        compares: "compiled types → document",
        arguments: &["test", "--quiet", "--package", "blynk-platform", "--features", "schemars", "--test", "types"],
        tests: 4,
        file: "tests/types/main.rs",
        cause: Cause::TypesDisagree,
    },
    Compiled {
        name: "routes",
        compares: "operations → methods, commands, routes",
        arguments: &[
            "test",
            "--quiet",
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

impl Compiled {
    /// Runs the tests of the workspace at `root`.
    #[must_use]
    pub fn run(&self, root: &Path) -> Vec<Finding> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo).args(self.arguments).current_dir(root).output();
        let shown = format!("cargo {}", self.arguments.join(" "));
        let output = match output {
            Ok(output) if output.status.success() => {
                let ran = tests_run(&String::from_utf8_lossy(&output.stdout));
                if ran >= self.tests {
                    return Vec::new();
                }
                let what = format!("{ran} tests ran of at least {}", self.tests);
                return vec![Finding::Broken(Problem::new(what, shown).in_file(self.file))];
            }
            Ok(output) => output,
            Err(error) => {
                let what = format!("cargo could not be started: {error}");
                return vec![Finding::Broken(Problem::new(what, format!("run {shown}")))];
            }
        };
        let text = format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let lines = text.lines().map(str::trim);
        let telling = lines.filter(|line| ["drift:", "error", "thread '"].iter().any(|start| line.starts_with(start)));
        let mut findings: Vec<_> = telling
            .take(20)
            .map(|line| {
                let what = line.trim_start_matches("drift:").trim();
                Finding::Drift(Problem::new(what, shown.clone()).in_file(self.file).because(self.cause.clone()))
            })
            .collect();
        if findings.is_empty() {
            let what = format!("the tests of `{}` failed and did not say why", self.name);
            findings.push(Finding::Broken(Problem::new(what, shown).in_file(self.file)));
        }
        findings
    }
}

/// The sum of what `running 3 tests` says.
fn tests_run(text: &str) -> usize {
    let counts =
        text.lines().filter_map(|line| line.strip_prefix("running ")?.split(' ').next()?.parse::<usize>().ok());
    counts.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_the_tests_of_all_programs() {
        assert_eq!(tests_run("\nrunning 0 tests\n\nrunning 1 test\n.\nrunning 12 tests\n"), 13);
        assert_eq!(tests_run("error: x"), 0);
    }
}
