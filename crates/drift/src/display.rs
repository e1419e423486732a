//! A report as people read it.

use std::io::{self, Write};

use crate::{check::Report, finding::Status};

/// Marks around the word that says how a check ended.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// Before and after `Fresh`.
    pub fresh: (String, String),
    /// Before and after `Stale`.
    pub stale: (String, String),
    /// Before and after `Failure`.
    pub failure: (String, String),
}

/// Writes one line a check, and below it what, where, why and how to mend it.
///
/// # Errors
/// When `out` cannot be written.
pub fn display(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    for check in &report.checks {
        let (word, (before, after)) = match check.status {
            Status::Fresh => ("Fresh", &style.fresh),
            Status::Stale => ("Stale", &style.stale),
            Status::Failure => ("Failure", &style.failure),
        };
        writeln!(out, "{before}{word:<8}{after} {:<14} {}", check.name, check.compares)?;
        for problem in &check.problems {
            for (index, line) in problem.lines().iter().enumerate() {
                let label = if index == 0 { "problem: " } else { "" };
                writeln!(out, "    {label}{line}")?;
            }
        }
    }
    Ok(())
}
