//! A report as people read it: a line for each check, and each problem at its place in the text, as rustc shows it.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use openapi::{Code, plain};
use report::{Level, render};

use crate::{check::Report, finding::Status, load::Workspace};

/// So many problems of one check are shown.
const MOST: usize = 30;

/// Writes a report with colours; a writer for a file or pipe takes them out. Problems are shown in the workspace's
/// texts.
///
/// # Errors
/// When `out` cannot be written.
pub fn display(report: &Report, workspace: &Workspace, out: &mut dyn Write) -> io::Result<()> {
    for check in &report.checks {
        let (word, colour) = match check.status {
            Status::Fresh => ("Fresh", AnsiColor::Green),
            Status::Stale => ("Stale", AnsiColor::Red),
            Status::Failure => ("Failure", AnsiColor::Red),
        };
        let style = Style::new().bold().fg_color(Some(colour.into()));
        writeln!(out, "{style}{word:<8}{style:#} {:<14} {}", check.name, check.compares)?;
        for problem in check.problems.iter().take(MOST) {
            if problem.code == Code::Reported {
                writeln!(out, "{}", plain::one_line(&problem.what))?;
                continue;
            }
            // what a fresh check says is worth a look, and no drift
            let level = if check.status == Status::Fresh { Level::Warning } else { Level::Error };
            let text = problem.file.as_deref().and_then(|name| workspace.source(name));
            writeln!(out, "{}", render(problem, level, text))?;
        }
        if let Some(more) = check.problems.len().checked_sub(MOST).filter(|more| *more > 0) {
            writeln!(out, "… and {more} more, which --format json tells")?;
        }
    }
    Ok(())
}
