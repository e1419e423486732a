//! A report as text: a line per check, and each problem with an excerpt of the file, as rustc prints it.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use openapi::{Code, plain};
use report::{Level, render};

use crate::{check::Report, finding::Status, load::Workspace};

/// The most problems that are printed per check.
const MOST: usize = 30;

/// Writes a report with colors; wrap `out` in an `anstream` writer to strip them.
///
/// # Errors
/// When `out` cannot be written.
pub fn display(report: &Report, workspace: &Workspace, out: &mut dyn Write) -> io::Result<()> {
    for check in &report.checks {
        let (word, color) = match check.status {
            Status::Fresh => ("Fresh", AnsiColor::Green),
            Status::Stale => ("Stale", AnsiColor::Red),
            Status::Failure => ("Failure", AnsiColor::Red),
        };
        let style = Style::new().bold().fg_color(Some(color.into()));
        writeln!(out, "{style}{word:<8}{style:#} {:<14} {}", check.name, check.compares)?;
        for problem in check.problems.iter().take(MOST) {
            if problem.code == Code::Reported {
                writeln!(out, "{}", plain::one_line(&problem.what))?;
                continue;
            }
            // problems of a fresh check are warnings
            let level = if check.status == Status::Fresh { Level::Warning } else { Level::Error };
            let text = problem.file.as_deref().and_then(|name| workspace.source(name));
            writeln!(out, "{}", render(problem, level, text))?;
        }
        if let Some(more) = check.problems.len().checked_sub(MOST).filter(|more| *more > 0) {
            writeln!(out, "… and {more} more; --format json lists all")?;
        }
    }
    Ok(())
}
