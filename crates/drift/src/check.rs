//! The table of checks, and the report of a run.

use openapi::{Code, Problem};
use serde::Serialize;

use crate::{
    checks,
    finding::{Finding, Status},
    load::Workspace,
};
use report::{Described, Findings, Level, Reported};

/// A check of the workspace.
pub struct Check {
    /// Name in reports.
    pub name: &'static str,
    /// What it compares, as `source → derived`.
    pub compares: &'static str,
    /// What it reports.
    pub finds: &'static str,
    /// Whether it also runs on a candidate document, given with `--document`.
    pub applies_to_candidate: bool,
    /// Runs the check. It never writes.
    pub run: fn(&Workspace) -> Vec<Finding>,
}

/// The checks that do not compile anything, in the order of the report.
pub const CHECKS: &[Check] = &[
    Check {
        name: "pages",
        compares: "pages → document",
        finds: "a document that differs from its pages, byte for byte, and whose differences the lock does not record",
        applies_to_candidate: false,
        run: checks::pages,
    },
    Check {
        name: "document",
        compares: "document → OpenAPI",
        finds: "an invalid or unsupported document; with `--document`, each difference from the committed one",
        applies_to_candidate: true,
        run: checks::document,
    },
    Check {
        name: "lock",
        compares: "files → lock",
        finds: "a file that does not match its hash, another generator version, an edited lock",
        applies_to_candidate: false,
        run: checks::lock,
    },
    Check {
        name: "overlay",
        compares: "overlay → document",
        finds: "an overlay action that matches nothing or changes nothing",
        applies_to_candidate: true,
        run: checks::overlay,
    },
    Check {
        name: "lint",
        compares: "documentation → itself",
        finds: "contradictions in pages and documents, as warnings; unused suppressions, as drift",
        applies_to_candidate: false,
        run: checks::lint,
    },
    Check {
        name: "client",
        compares: "document → client.rs",
        finds: "code that differs from the generated code, byte for byte; output that differs between two runs",
        applies_to_candidate: true,
        run: checks::client,
    },
    Check {
        name: "surface",
        compares: "document → surface",
        finds: "a snapshot of the public API that differs from the generated code",
        applies_to_candidate: true,
        run: checks::surface,
    },
    Check {
        name: "unrepresented",
        compares: "document → unrepresented.json",
        finds: "a list of unsupported keywords with missing or superfluous entries",
        applies_to_candidate: true,
        run: checks::unrepresented,
    },
    Check {
        name: "version",
        compares: "last release → version",
        finds: "a version that is too low for the changes since the last release",
        applies_to_candidate: false,
        run: checks::version,
    },
    Check {
        name: "docs",
        compares: "documentation → code",
        finds: "commands, options, files, links and table rows in the documentation that do not exist or are outdated",
        applies_to_candidate: false,
        run: docs,
    },
];

/// Compares the documentation with the code, including this table.
fn docs(workspace: &Workspace) -> Vec<Finding> {
    let row = |check: &Check| (check.name, vec![check.compares.to_owned(), check.finds.to_owned()]);
    checks::docs(workspace, CHECKS.iter().map(row).collect())
}

/// The result of one check.
#[derive(Clone, Debug, Serialize)]
pub struct CheckResult {
    /// Name of the check.
    pub name: &'static str,
    /// What it compared.
    #[serde(skip)]
    pub compares: &'static str,
    /// Its status.
    pub status: Status,
    /// The problems it found.
    pub problems: Vec<Problem>,
}

/// The results of all checks.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    format_version: u32,
    /// The worst status of all checks.
    pub status: Status,
    /// One result per check, in the order of the table.
    pub checks: Vec<CheckResult>,
}

/// Runs every check of the table, in parallel; with a candidate document, only those that apply to it.
#[must_use]
pub fn check(workspace: &Workspace) -> Report {
    let mut report = Report { format_version: 1, status: Status::Fresh, checks: Vec::new() };
    let checks = CHECKS.iter().filter(|check| workspace.candidate.is_none() || check.applies_to_candidate);
    // results that several checks need are computed once, by the first that needs them
    std::thread::scope(|scope| {
        let running: Vec<_> = checks.map(|check| (check, scope.spawn(|| (check.run)(workspace)))).collect();
        for (check, run) in running {
            let findings = run.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            report.add(check.name, check.compares, findings);
        }
    });
    report
}

impl Report {
    /// Adds the result of a check, without problems that an earlier check has reported.
    pub fn add(&mut self, name: &'static str, compares: &'static str, findings: Vec<Finding>) {
        let status = findings.iter().map(Finding::status).max().unwrap_or(Status::Fresh);
        let mut problems = Vec::new();
        let mut known = None;
        for Finding::Drift(problem) | Finding::Broken(problem) | Finding::Warning(problem) in findings {
            match self.reported_by(&problem) {
                Some(check) => known = Some((check, problem)),
                None => problems.push(problem),
            }
        }
        if let Some((check, problem)) = known.filter(|_| problems.is_empty()) {
            let what = format!("not compared: see the problems of `{check}`");
            problems.push(Problem { what, cause: None, code: Code::Reported, ..problem });
        }
        self.status = self.status.max(status);
        self.checks.push(CheckResult { name, compares, status, problems });
    }

    /// Returns the problems for GitHub annotations, SARIF and `JUnit`.
    #[must_use]
    pub fn findings(&self) -> Findings {
        let described = |check: &Check| Described { id: check.name.to_owned(), what: check.finds.to_owned() };
        let mut rules: Vec<Described> = CHECKS.iter().map(described).collect();
        let mut found = Vec::new();
        for check in &self.checks {
            if !rules.iter().any(|rule| rule.id == check.name) {
                rules.push(Described { id: check.name.to_owned(), what: check.compares.to_owned() });
            }
            let level = if check.status == Status::Fresh { Level::Warning } else { Level::Error };
            found.extend(check.problems.iter().map(|problem| Reported {
                id: check.name.to_owned(),
                level,
                message: problem.what.clone(),
                file: problem.file.clone(),
                line: problem.line,
                column: problem.column,
                pointer: problem.pointer.clone(),
                details: Some(match &problem.cause {
                    Some(cause) => format!("cause: {cause}\nfix: {}", problem.fix),
                    None => format!("fix: {}", problem.fix),
                }),
            }));
        }
        Findings { command: "cargo xtask check".to_owned(), rules, found }
    }

    fn reported_by(&self, problem: &Problem) -> Option<&'static str> {
        let same = |other: &Problem| {
            (&other.what, &other.file, &other.pointer, other.line)
                == (&problem.what, &problem.file, &problem.pointer, problem.line)
        };
        self.checks.iter().find(|check| check.problems.iter().any(same)).map(|check| check.name)
    }
}
