//! Compares the documentation with the code: the commands, files and tables that it names.

use codegen::passes;
use openapi::{Cause, Location, Problem};

use crate::{
    commands::CommandLine,
    finding::Finding,
    load::Workspace,
    paths::{CHECKS_DOC, DOCS, PASSES_DOC},
};

/// Prefixes by which a code span in the documentation is recognized as a path of this workspace.
const ROOTS: [&str; 8] = [".ci/", ".github/", "crates/", "docs/", "examples/", "openapi/", "src/", "xtask/"];

/// A row of a table: a name, and the other cells.
pub(crate) type Row = (&'static str, Vec<String>);

/// Compares the documentation with the code. `checks` are the rows of the table of checks.
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

/// A file of the documentation.
struct Page<'a> {
    name: &'a str,
    workspace: &'a Workspace,
    findings: &'a mut Vec<Finding>,
}

impl Page<'_> {
    fn report(&mut self, text: &str, offset: usize, what: String, fix: String) {
        let location = Some(Location::of_offset(text, offset));
        self.findings.push(Finding::Drift(
            Problem::new(what, fix).in_file(self.name).at(location).because(Cause::DocumentationEdited),
        ));
    }

    /// Reports links to files that do not exist.
    fn links(&mut self, text: &str) {
        for (at, _) in text.match_indices("](") {
            let target = &text[at + 2..];
            let target = &target[..target.find([')', '\n']).unwrap_or(target.len())];
            let file = target.split('#').next().unwrap_or_default();
            let is_elsewhere = target.starts_with("http") || file.is_empty();
            let folder = self.name.rsplit_once('/').map_or("", |(folder, _)| folder);
            let path = if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") };
            if !is_elsewhere && !self.workspace.exists(&path) {
                self.report(
                    text,
                    at + 2,
                    format!("{}: link target `{target}` does not exist", self.name),
                    "correct the link".to_owned(),
                );
            }
        }
    }

    /// Reports commands `cargo xtask VERB --flag` that do not exist, and the same verbs of `openapi-tools`.
    fn commands(&mut self, text: &str, commands: &[CommandLine]) {
        if commands.is_empty() {
            return;
        }
        for program in ["cargo xtask", "openapi-tools"] {
            for (at, found) in text.match_indices(&format!("{program} ")) {
                self.command(text, program, at + found.len(), commands);
            }
        }
    }

    /// Reports a verb, or its options, that do not exist. The verb is at `start`.
    fn command(&mut self, text: &str, program: &str, start: usize, commands: &[CommandLine]) {
        let rest = &text[start..];
        let verb: String = rest.chars().take_while(|letter| letter.is_ascii_lowercase() || *letter == '-').collect();
        let Some(command) = commands.iter().find(|command| command.verb == verb) else {
            // an option of another program, such as `cargo test -p openapi-tools --test messages`
            if !verb.is_empty() && !verb.starts_with('-') {
                let fix = format!("use one of {}", list(commands.iter().map(|command| &command.verb)));
                let what = format!("{}: there is no command `{program} {verb}`", self.name);
                self.report(text, start, what, fix);
            }
            return;
        };
        let line = &rest[..rest.find(['`', '\n', '#', '|']).unwrap_or(rest.len())];
        for (offset, _) in line.match_indices("--") {
            let flag: String = line[offset + 2..].chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
            if !flag.is_empty() && !command.options.contains(&flag) {
                let fix = format!("use one of {}", list(command.options.iter()));
                let what = format!("{}: `{program} {verb}` has no option `--{flag}`", self.name);
                self.report(text, start + offset, what, fix);
            }
        }
    }

    /// Reports paths in code spans that do not exist.
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
                    if is_path && !self.workspace.exists(quoted.trim_end_matches('/')) {
                        let at: usize = line.split('`').take(index).map(|part| part.len() + 1).sum();
                        let what = format!("{}: path `{quoted}` does not exist", self.name);
                        self.report(text, offset + at, what, "name an existing file or folder".to_owned());
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

/// Compares the rows of a table, whose first cell is a name in a code span, with the rows that the code expects.
fn table(file: &str, kind: &str, text: &str, rows: Vec<Row>) -> Vec<Finding> {
    let expected: Vec<String> =
        rows.iter().map(|(name, cells)| format!("| `{name}` | {} |", cells.join(" | "))).collect();
    let found: Vec<(usize, &str)> =
        text.lines().enumerate().filter(|(_, line)| expected.iter().any(|row| row == line)).collect();
    let missing: Vec<_> =
        rows.iter().zip(&expected).filter(|(_, row)| !found.iter().any(|(_, line)| line == row)).collect();
    let fix = |row: &str| format!("write the row as: {row}");
    let drift = |what: String, line: Option<usize>, fix: String| {
        let location = line.map(|line| Location { line: line + 1, column: 1 });
        Finding::Drift(Problem::new(what, fix).in_file(file).at(location).because(Cause::DocumentationEdited))
    };
    if !missing.is_empty() {
        let line_of = |name: &str| {
            let row = format!("| `{name}` |");
            text.lines().position(|line| line.starts_with(&row))
        };
        return missing
            .iter()
            .map(|((name, _), row)| {
                drift(
                    format!("{file}: the table row of the {kind} `{name}` is missing or outdated"),
                    line_of(name),
                    fix(row),
                )
            })
            .collect();
    }
    let order: Vec<_> = found.iter().map(|(_, line)| *line).collect();
    if let Some(at) = (1..order.len()).find(|at| order[..*at].contains(&order[*at])) {
        let what = format!("{file}: a row of the {kind} table is repeated");
        return vec![drift(what, found.get(at).map(|(line, _)| *line), "remove the repeated row".to_owned())];
    }
    match order.iter().zip(&expected).position(|(line, row)| line != row) {
        Some(at) => {
            let what = format!("{file}: the rows of the {kind} table are not in the order of the code");
            vec![drift(what, found.get(at).map(|(line, _)| *line), fix(&expected[at]))]
        }
        None => Vec::new(),
    }
}
