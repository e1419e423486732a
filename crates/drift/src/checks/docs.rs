//! Whether the documentation is true of the code: the commands, files and tables that it names.

use codegen::passes;
use openapi::{Cause, Location, Problem};

use crate::{
    commands::CommandLine,
    finding::Finding,
    load::Workspace,
    paths::{CHECKS_DOC, DOCS, PASSES_DOC},
};

/// What paths of this workspace begin with, where they are named in running text.
const ROOTS: [&str; 8] = [".ci/", ".github/", "crates/", "docs/", "examples/", "openapi/", "src/", "xtask/"];

/// A row of a table: a name, and the other cells.
pub(crate) type Row = (&'static str, Vec<String>);

/// Compares the documentation with the code, whose checks are `checks`.
pub(crate) fn docs(workspace: &Workspace, checks: Vec<Row>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for name in DOCS {
        match workspace.text(name) {
            Ok(text) => {
                let mut page = Page { name, workspace, findings: &mut findings };
                page.links(text);
                page.commands(text, workspace.commands());
                page.paths(text);
            }
            Err(problem) => findings.push(Finding::Broken(problem)),
        }
    }
    let passes = passes().map(|pass| (pass.name, [pass.reason.to_owned(), pass.upstream.join(", ")].to_vec()));
    for (name, kind, rows) in [(PASSES_DOC, "pass", passes.collect()), (CHECKS_DOC, "check", checks)] {
        // a file that cannot be read is reported above
        if let Ok(text) = workspace.text(name) {
            findings.extend(table(name, kind, text, rows));
        }
    }
    findings
}

/// One file of the documentation.
struct Page<'a> {
    name: &'a str,
    workspace: &'a Workspace,
    findings: &'a mut Vec<Finding>,
}

impl Page<'_> {
    fn report(&mut self, text: &str, offset: usize, what: String, fix: String) {
        let place = Some(Location::of_offset(text, offset));
        self.findings.push(Finding::Drift(
            Problem::new(what, fix).in_file(self.name).at(place).because(Cause::DocumentationEdited),
        ));
    }

    /// Links to files lead somewhere.
    fn links(&mut self, text: &str) {
        for (at, _) in text.match_indices("](") {
            let target = &text[at + 2..];
            let target = &target[..target.find([')', '\n']).unwrap_or(target.len())];
            let file = target.split('#').next().unwrap_or_default();
            let is_elsewhere = target.starts_with("http") || file.is_empty();
            let folder = self.name.rsplit_once('/').map_or("", |(folder, _)| folder);
            let path = if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") };
            if !is_elsewhere && !self.workspace.is_there(&path) {
                self.report(
                    text,
                    at + 2,
                    format!("links to `{target}`, which is not there"),
                    "mend the link".to_owned(),
                );
            }
        }
    }

    /// Every `cargo xtask VERB --flag` is a command.
    fn commands(&mut self, text: &str, commands: &[CommandLine]) {
        const START: &str = "cargo xtask ";
        if commands.is_empty() {
            return;
        }
        for (at, _) in text.match_indices(START) {
            let rest = &text[at + START.len()..];
            let verb: String =
                rest.chars().take_while(|letter| letter.is_ascii_lowercase() || *letter == '-').collect();
            let Some(command) = commands.iter().find(|command| command.verb == verb) else {
                if !verb.is_empty() {
                    let fix = format!("name one of {}", list(commands.iter().map(|command| &command.verb)));
                    self.report(
                        text,
                        at + START.len(),
                        format!("names `cargo xtask {verb}`, which is no command"),
                        fix,
                    );
                }
                continue;
            };
            let line = &rest[..rest.find(['`', '\n', '#', '|']).unwrap_or(rest.len())];
            for (offset, _) in line.match_indices("--") {
                let flag: String =
                    line[offset + 2..].chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
                if !flag.is_empty() && !command.options.contains(&flag) {
                    let fix = format!("name one of {}", list(command.options.iter()));
                    let what = format!("`cargo xtask {verb}` has no `--{flag}`");
                    self.report(text, at + START.len() + offset, what, fix);
                }
            }
        }
    }

    /// Paths of this workspace in backticks are there.
    fn paths(&mut self, text: &str) {
        let mut fenced = false;
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            if line.trim_start().starts_with("```") {
                fenced = !fenced;
            } else if !fenced {
                for (index, quoted) in line.split('`').enumerate().filter(|(index, _)| index % 2 == 1) {
                    let is_path = ROOTS.iter().any(|root| quoted.starts_with(root))
                        && quoted.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
                    if is_path && !self.workspace.is_there(quoted.trim_end_matches('/')) {
                        let at: usize = line.split('`').take(index).map(|part| part.len() + 1).sum();
                        let what = format!("names `{quoted}`, which is not there");
                        self.report(text, offset + at, what, "name a file or folder that is there".to_owned());
                    }
                }
            }
            offset += line.len();
        }
    }
}

fn list<'a>(names: impl Iterator<Item = &'a String>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The rows of a table whose first cell is a name in backticks, held against what the code says.
fn table(name: &str, kind: &str, text: &str, rows: Vec<Row>) -> Vec<Finding> {
    let expected: Vec<String> =
        rows.iter().map(|(name, cells)| format!("| `{name}` | {} |", cells.join(" | "))).collect();
    let found: Vec<(usize, &str)> =
        text.lines().enumerate().filter(|(_, line)| expected.iter().any(|row| row == line)).collect();
    let missing: Vec<_> =
        rows.iter().zip(&expected).filter(|(_, row)| !found.iter().any(|(_, line)| line == row)).collect();
    let fix = |row: &str| format!("write it so: {row}");
    let drift = |what: String, line: Option<usize>, fix: String| {
        let place = line.map(|line| Location { line: line + 1, column: 1 });
        Finding::Drift(Problem::new(what, fix).in_file(name).at(place).because(Cause::DocumentationEdited))
    };
    if !missing.is_empty() {
        let line_of = |name: &str| {
            let row = format!("| `{name}` |");
            text.lines().position(|line| line.starts_with(&row))
        };
        return missing
            .iter()
            .map(|((name, _), row)| {
                drift(format!("the table has no true row for the {kind} `{name}`"), line_of(name), fix(row))
            })
            .collect();
    }
    let order: Vec<_> = found.iter().map(|(_, line)| *line).collect();
    match order.iter().zip(&expected).position(|(line, row)| line != row) {
        Some(at) => {
            let what = format!("the rows of the table of each {kind} are not in the code's order");
            vec![drift(what, found.get(at).map(|(line, _)| *line), fix(&expected[at]))]
        }
        None if order.len() > expected.len() => {
            let what = format!("a row of the table of each {kind} stands there twice");
            vec![drift(what, found.last().map(|(line, _)| *line), "remove one".to_owned())]
        }
        None => Vec::new(),
    }
}
