//! The table of checks, and how a workspace is held against it.

use openapi::{Code, Problem};
use serde::Serialize;

use crate::{
    checks,
    finding::{Finding, Status},
    load::Workspace,
};
use report::{Described, Findings, Level, Reported};

/// A check: its name, what it compares, when it makes sense, and how it looks.
pub struct Check {
    /// Name, as reports show it.
    pub name: &'static str,
    /// Both sides, as `from → to`.
    pub compares: &'static str,
    /// What it finds.
    pub looks_for: &'static str,
    /// Whether it also speaks about a document that stands in for the committed one.
    pub of_candidate: bool,
    /// The check itself. It never writes.
    pub run: fn(&Workspace) -> Vec<Finding>,
}

/// All checks that need no compiler, quick ones first.
pub const CHECKS: &[Check] = &[
    Check {
        name: "pages",
        compares: "page → document",
        looks_for: "a document that is not what its page says, byte for byte, unless the lock records the departure",
        of_candidate: false,
        run: checks::pages,
    },
    Check {
        name: "document",
        compares: "document → OpenAPI",
        looks_for: "a document that is no valid OpenAPI or cannot be generated from; of another one, each difference",
        of_candidate: true,
        run: checks::document,
    },
    Check {
        name: "lock",
        compares: "files → lock",
        looks_for: "a file that is not the one that was generated from or written, another generator, an edited lock",
        of_candidate: false,
        run: checks::lock,
    },
    Check {
        name: "overlay",
        compares: "overlay → document",
        looks_for: "a correction that matches nothing or changes nothing",
        of_candidate: true,
        run: checks::overlay,
    },
    Check {
        name: "lint",
        compares: "documentation → itself",
        looks_for: "pages and documents that contradict themselves, as warnings; what silences nothing, as drift",
        of_candidate: false,
        run: checks::lint,
    },
    Check {
        name: "client",
        compares: "document → client.rs",
        looks_for: "generated code that is not, byte for byte, what the document generates; generated twice",
        of_candidate: true,
        run: checks::client,
    },
    Check {
        name: "surface",
        compares: "document → surface",
        looks_for: "a surface that callers do not see so",
        of_candidate: true,
        run: checks::surface,
    },
    Check {
        name: "unrepresented",
        compares: "document → unrepresented list",
        looks_for: "a list of what is not carried that is too short or too long",
        of_candidate: true,
        run: checks::unrepresented,
    },
    Check {
        name: "version",
        compares: "last release → version",
        looks_for: "a version number that is too low for what has changed since the last release",
        of_candidate: false,
        run: checks::version,
    },
    Check {
        name: "docs",
        compares: "documentation → code",
        looks_for: "commands, options, files, links and tables in the documentation that are not there or not true",
        of_candidate: false,
        run: docs,
    },
];

/// Compares the documentation with the code, this table among it.
fn docs(workspace: &Workspace) -> Vec<Finding> {
    let row = |check: &Check| (check.name, vec![check.compares.to_owned(), check.looks_for.to_owned()]);
    checks::docs(workspace, CHECKS.iter().map(row).collect())
}

/// The end of one check.
#[derive(Clone, Debug, Serialize)]
pub struct CheckResult {
    /// Name of the check.
    pub name: &'static str,
    /// Both sides.
    #[serde(skip)]
    pub compares: &'static str,
    /// How it ended.
    pub status: Status,
    /// What it found.
    pub problems: Vec<Problem>,
}

/// The end of all checks.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    format_version: u32,
    /// The worst of all.
    pub status: Status,
    /// One entry a check, in the table's order.
    pub checks: Vec<CheckResult>,
}

/// Runs every check of the table; with a document in place of the committed one, those that speak about it.
#[must_use]
pub fn check(workspace: &Workspace) -> Report {
    let mut report = Report { format_version: 1, status: Status::Fresh, checks: Vec::new() };
    let checks = CHECKS.iter().filter(|check| workspace.candidate.is_none() || check.of_candidate);
    // what several need is made once; who comes later waits for it
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
    /// Adds the end of one more check. What an earlier check has already said is not said again.
    pub fn add(&mut self, name: &'static str, compares: &'static str, findings: Vec<Finding>) {
        let status = findings.iter().map(Finding::status).max().unwrap_or(Status::Fresh);
        let mut problems = Vec::new();
        let mut known = None;
        for Finding::Drift(problem) | Finding::Broken(problem) | Finding::Warning(problem) in findings {
            match self.said_before(&problem) {
                Some(check) => known = Some((check, problem)),
                None => problems.push(problem),
            }
        }
        if let Some((check, problem)) = known.filter(|_| problems.is_empty()) {
            let what = format!("could not be compared: see `{check}`");
            problems.push(Problem { what, cause: None, code: Code::Reported, ..problem });
        }
        self.status = self.status.max(status);
        self.checks.push(CheckResult { name, compares, status, problems });
    }

    /// For the formats of other programs.
    #[must_use]
    pub fn findings(&self) -> Findings {
        let described = |check: &Check| Described { id: check.name.to_owned(), what: check.looks_for.to_owned() };
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
                more: Some(match &problem.cause {
                    Some(cause) => format!("cause: {cause}\nfix: {}", problem.fix),
                    None => format!("fix: {}", problem.fix),
                }),
            }));
        }
        Findings { command: "cargo xtask check".to_owned(), rules, found }
    }

    fn said_before(&self, problem: &Problem) -> Option<&'static str> {
        let same = |other: &Problem| {
            (&other.what, &other.file, &other.pointer, other.line)
                == (&problem.what, &problem.file, &problem.pointer, problem.line)
        };
        self.checks.iter().find(|check| check.problems.iter().any(same)).map(|check| check.name)
    }
}
