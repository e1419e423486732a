//! `cargo xtask import`.

use std::{io::Read as _, path::PathBuf};

use blynk_drift::{Import, LockedWorkspace, Names, Page, Workspace};
use openapi::Problem;
use openapi_diff::{Change, Comparison};
use serde_json::{Value, json};

use openapi_tools::{
    Format,
    output::{CLEAN, could_not_run, note, say, say_json, say_lines, warn},
};

use crate::workspace::workspace;

pub(crate) fn run(pages: &[PathBuf], prune: bool, dry_run: bool, format: Format) -> u8 {
    let done = if dry_run { plan(pages, prune, format) } else { plan_and_write(pages, prune, format) };
    match (done, format) {
        (Err(problems), _) => return could_not_run(&problems, format),
        (Ok(planned), Format::Text) => say_lines(&outcome(&planned, dry_run)),
        (Ok(planned), Format::Json) => say_json(&json(&planned, dry_run)),
    }
    CLEAN
}

fn plan(pages: &[PathBuf], prune: bool, format: Format) -> Result<Import, Vec<Problem>> {
    let from_stdin = read_stdin(pages);
    let workspace = Workspace::load(&workspace()).map_err(|problem| vec![problem])?;
    let planned = Import::plan(&workspace, &read(pages, from_stdin)?, prune)?;
    show(&planned, format);
    Ok(planned)
}

fn plan_and_write(pages: &[PathBuf], prune: bool, format: Format) -> Result<Import, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    // standard input is read before the workspace is locked
    let from_stdin = read_stdin(pages);
    let workspace = LockedWorkspace::load(&workspace(), note).map_err(one)?;
    warn(workspace.leftovers());
    // pages are read after the workspace, so that a change of a committed page is detected when it is written
    let planned = Import::plan(&workspace, &read(pages, from_stdin)?, prune)?;
    show(&planned, format);
    warn(planned.write(&workspace).map_err(one)?.as_slice());
    Ok(planned)
}

fn show(planned: &Import, format: Format) {
    if format == Format::Text {
        report(planned).iter().for_each(|line| say(line));
    }
}

/// Reads the page on standard input if `-` is among the pages. A repeated `-` is the same page.
fn read_stdin(pages: &[PathBuf]) -> Option<Result<Page, Problem>> {
    pages.iter().any(|path| path.as_os_str() == "-").then(|| {
        let mut bytes = Vec::new();
        match std::io::stdin().read_to_end(&mut bytes) {
            Ok(_) => Page::from_stdin(bytes),
            Err(error) => {
                Err(Problem::new(format!("standard input cannot be read: {error}"), "name a file instead of -"))
            }
        }
    })
}

fn read(pages: &[PathBuf], from_stdin: Option<Result<Page, Problem>>) -> Result<Vec<Page>, Vec<Problem>> {
    let mut read = Vec::new();
    let mut problems = Vec::new();
    let files = pages.iter().filter(|path| path.as_os_str() != "-").map(|path| Page::read(path));
    for page in files.chain(from_stdin) {
        match page {
            Ok(page) => read.push(page),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(read) } else { Err(problems) }
}

/// Returns the report of an import, which is printed before anything is written.
fn report(planned: &Import) -> Vec<String> {
    let mut lines = Vec::new();
    for problem in &planned.warnings {
        for (index, line) in problem.lines().iter().enumerate() {
            lines.push(if index == 0 { format!("warning: {line}") } else { format!("  {line}") });
        }
    }
    let changes = &planned.changes;
    names("operations", &changes.operations, &mut lines);
    names("schemas", &changes.schemas, &mut lines);
    names("Rust items", &changes.rust, &mut lines);
    for (name, removed, added) in &changes.lines {
        let at = lines.iter().rposition(|line| *line == format!("  ~ {name}")).map_or(lines.len(), |at| at + 1);
        let signed = |sign: char, text: &String| format!("      {sign} {text}");
        let inside = removed.iter().map(|text| signed('-', text)).chain(added.iter().map(|text| signed('+', text)));
        lines.splice(at..at, inside.collect::<Vec<_>>());
    }
    if let Some(found) = changes.comparison.as_ref().filter(|found| !found.changes.is_empty()) {
        lines.push("changes for callers:".to_owned());
        for change in &found.changes {
            let (wire, rust) = (change.wire.word(), change.rust.word());
            let verdict = if wire == rust { wire.to_owned() } else { format!("wire {wire}, Rust {rust}") };
            lines.push(format!("  {verdict}: {} [{}] at {}", change.message, change.kind, change.pointer));
        }
        let by = found.forced_by.as_ref().map(|by| format!(" (forced by {by})")).unwrap_or_default();
        lines.push(format!(
            "wire: {}, Rust: {}; next version: {}{by}",
            found.wire.word(),
            found.rust.word(),
            found.bump.word()
        ));
    }
    for (transcribed, page) in &planned.replaced {
        lines.push(format!("{page} of a page replaces the transcribed {transcribed}"));
    }
    for name in &planned.vanished {
        lines.push(if planned.pruned {
            format!("{name} is no longer in a page; removed from the document")
        } else {
            format!("{name} is no longer in a page; kept in the document; fix: import with --prune to remove it")
        });
    }
    if planned.skipped_blocks > 0 {
        let blocks = if planned.skipped_blocks == 1 { "code block" } else { "code blocks" };
        lines.push(format!("{} {blocks} without an OpenAPI document skipped", planned.skipped_blocks));
    }
    lines
}

fn names(title: &str, names: &Names, lines: &mut Vec<String>) {
    if names.is_empty() {
        return;
    }
    lines.push(format!("{title}:"));
    for (sign, names) in [('+', &names.added), ('~', &names.changed), ('-', &names.removed)] {
        lines.extend(names.iter().map(|name| format!("  {sign} {name}")));
    }
}

/// Returns the last lines: which files are written, and what to run next.
fn outcome(planned: &Import, dry_run: bool) -> String {
    if planned.changed.is_empty() {
        return "nothing changed".to_owned();
    }
    let files = planned.changed.join(", ");
    if dry_run {
        return format!("would write {files}; nothing was written");
    }
    format!("wrote {files}\nnext: cargo xtask regen")
}

/// Returns the verdicts of `diff` as JSON.
fn verdicts(found: &Comparison) -> Value {
    let change = |one: &Change| {
        json!({"id": one.kind, "pointer": one.pointer, "wire": one.wire, "rust": one.rust, "items": one.items,
            "message": one.message})
    };
    json!({"wire": found.wire, "rust": found.rust, "bump": found.bump, "forced_by": found.forced_by,
        "changes": found.changes.iter().map(change).collect::<Vec<_>>()})
}

fn json(planned: &Import, dry_run: bool) -> Value {
    let changes = &planned.changes;
    let differences = changes.differences.iter();
    let differences = differences.map(|one| json!({"pointer": one.pointer, "before": one.left, "after": one.right}));
    let lines =
        changes.lines.iter().map(|(name, removed, added)| json!({"item": name, "removed": removed, "added": added}));
    json!({
        "format_version": 1,
        "written": !dry_run && !planned.changed.is_empty(),
        "changed": planned.changed,
        "operations": changes.operations,
        "schemas": changes.schemas,
        "diff": changes.comparison.as_ref().map(verdicts),
        "document": differences.collect::<Vec<_>>(),
        "rust": {"added": changes.rust.added, "changed": lines.collect::<Vec<_>>(), "removed": changes.rust.removed},
        "replaced": planned.replaced.iter().map(|(transcribed, page)| json!({"transcribed": transcribed, "page": page}))
            .collect::<Vec<_>>(),
        "vanished": planned.vanished,
        "pruned": planned.pruned,
        "warnings": planned.warnings,
        "documents": planned.documents,
        "passed_over": planned.skipped_blocks,
    })
}
