//! The documentation: commands, options, links, files and table rows that are no longer true.

use blynk_document::Problem;

use super::Change;
use crate::{
    checks::DOCUMENTATION,
    load::{COMMANDS, DOCS, Workspace},
    mutate::Class,
};

const TARGET: &str = "the documentation";

pub(super) fn changes(workspace: &Workspace) -> Result<Vec<Change>, Problem> {
    let mut changes = Vec::new();
    for name in DOCS {
        let text = workspace.text(name)?;
        let mut add = |operator: &str, edited: String| {
            if edited != text {
                changes.push(Change::file(TARGET, operator, Class::Meaningful, DOCUMENTATION, name, edited));
            }
        };
        let at_each = |mark: &str, other: &str| -> Vec<String> {
            let places = text.match_indices(mark);
            places.map(|(at, _)| format!("{}{other}{}", &text[..at], &text[at + mark.len()..])).collect()
        };
        for verb in ["import", "regen", "check", "generate", "mutate", "conform", "reach", "ci"] {
            let (mark, other) = (format!("cargo xtask {verb}"), format!("cargo xtask {verb}x"));
            at_each(&mark, &other).into_iter().for_each(|edited| add("command: another", edited));
        }
        at_each("](", "](no-").into_iter().filter(|text| !text.contains("](no-http")).for_each(|edited| {
            add("link: another", edited);
        });
        at_each("`crates/", "`crates/no-").into_iter().for_each(|edited| add("file: another", edited));
        at_each(" --document", " --documents").into_iter().for_each(|edited| add("option: another", edited));
        if *name == "ARCHITECTURE.md" {
            let rows =
                text.split_inclusive('\n').filter(|line| line.starts_with("| `") && line.matches('|').count() == 4);
            for row in rows.filter(|row| !row.contains('/')) {
                add("table: a row less", text.replacen(row, "", 1));
                add("table: a row twice", text.replacen(row, &row.repeat(2), 1));
                add("table: other words", text.replacen(row, &row.replacen(" | ", " | not ", 1), 1));
            }
        }
    }
    let commands = workspace.text(COMMANDS)?;
    for (operator, edited) in [
        ("code: a command renamed", commands.replacen("    Check {", "    Prove {", 1)),
        ("code: an option renamed", commands.replace("        document: PathBuf,", "        file: PathBuf,")),
    ] {
        changes.push(Change::file(TARGET, operator, Class::Meaningful, DOCUMENTATION, COMMANDS, edited));
    }
    Ok(changes)
}
