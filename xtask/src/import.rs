//! `cargo xtask import`.

use std::{io::Read as _, path::PathBuf};

use blynk_document::Problem;
use blynk_drift::{Imported, Page, Workspace};
use serde_json::json;

use crate::{
    arguments::Format,
    output::{CLEAN, could_not_run, say, say_json, workspace},
};

pub(crate) fn run(pages: &[PathBuf], format: Format) -> u8 {
    let result = read(pages).and_then(|pages| {
        let workspace = Workspace::load(&workspace()).map_err(|problem| vec![problem])?;
        blynk_drift::import(&workspace, &pages)
    });
    match (result, format) {
        (Err(problems), _) => return could_not_run(&problems, format),
        (Ok(imported), Format::Text) => say(&text(&imported)),
        (Ok(imported), Format::Json) => {
            let differences: Vec<_> = imported
                .differences
                .iter()
                .map(|one| json!({"pointer": one.pointer, "before": one.left, "after": one.right}))
                .collect();
            let (added, removed) = &imported.surface;
            say_json(&json!({"format_version": 1, "changed": imported.changed, "document": differences,
                "rust": {"added": added, "removed": removed}, "passed_over": imported.passed_over}));
        }
    }
    CLEAN
}

fn read(pages: &[PathBuf]) -> Result<Vec<Page>, Vec<Problem>> {
    let mut read = Vec::new();
    let mut problems = Vec::new();
    for path in pages {
        let page = if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            match std::io::stdin().read_to_end(&mut bytes) {
                Ok(_) => Page::from_stdin(bytes),
                Err(error) => {
                    Err(Problem::new(format!("standard input cannot be read: {error}"), "name a file instead of -"))
                }
            }
        } else {
            Page::read(path)
        };
        match page {
            Ok(page) => read.push(page),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(read) } else { Err(problems) }
}

fn text(imported: &Imported) -> String {
    let mut lines = Vec::new();
    for one in &imported.differences {
        let value = |value: &Option<serde_json::Value>| {
            value.as_ref().map_or_else(|| "nothing".to_owned(), ToString::to_string)
        };
        lines.push(format!("document  {}: {} → {}", one.pointer, value(&one.left), value(&one.right)));
    }
    let (added, removed) = &imported.surface;
    lines.extend(removed.iter().map(|line| format!("rust    - {}", line.trim())));
    lines.extend(added.iter().map(|line| format!("rust    + {}", line.trim())));
    if imported.passed_over > 0 {
        let blocks = if imported.passed_over == 1 { "code block" } else { "code blocks" };
        lines.push(format!("{} {blocks} without an OpenAPI document passed over", imported.passed_over));
    }
    if imported.changed.is_empty() {
        lines.push("nothing changed".to_owned());
    } else {
        lines.push(format!("wrote {}", imported.changed.join(", ")));
        lines.push("next: cargo xtask regen".to_owned());
    }
    lines.join("\n")
}
