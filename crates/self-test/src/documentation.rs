//! Mutants of the documentation: wrong commands, options, links, files and table rows.

use blynk_drift::{CHECKS_DOC, CommandLine, DOCS, PASSES_DOC, Workspace};
use generator_tests::mutate::MutantKind;
use openapi::{Cause, Problem};

use super::change::{Change, Edit, spread};

const TARGET: &str = "the documentation";

/// The most mutants of one kind per file, spread over it: more would change the score with every edit of the text.
const MOST: usize = 3;

pub(super) fn changes(workspace: &Workspace) -> Result<Vec<Change>, Problem> {
    let mut changes = Vec::new();
    for name in DOCS {
        let text = workspace.text(name)?;
        let mut add = |operator: &str, edited: Vec<String>| {
            let edited = edited.into_iter().filter(|edited| edited != text).collect();
            changes.extend(spread(edited, MOST).into_iter().take(MOST).map(|edited| {
                Change::file(TARGET, operator, MutantKind::Semantic, Cause::DocumentationEdited, name, edited)
            }));
        };
        let at_each = |mark: &str, other: &str| -> Vec<String> {
            let places = text.match_indices(mark);
            places.map(|(at, _)| format!("{}{other}{}", &text[..at], &text[at + mark.len()..])).collect()
        };
        for verb in ["import", "regen", "check", "diff", "prove", "generate", "mutate", "conform", "reach", "ci"] {
            add("command: changed", at_each(&format!("cargo xtask {verb}"), &format!("cargo xtask {verb}x")));
        }
        let links = at_each("](", "](no-").into_iter().filter(|text| !text.contains("](no-http"));
        add("link: changed", links.collect());
        add("file: changed", at_each("`crates/", "`crates/no-"));
        add("option: changed", at_each(" --document", " --documents"));
        if [PASSES_DOC, CHECKS_DOC].contains(name) {
            let is_row = |line: &&str| line.starts_with("| `") && line.matches('|').count() == 4 && !line.contains('/');
            let rows: Vec<&str> = text.split_inclusive('\n').filter(is_row).collect();
            let each =
                |other: &dyn Fn(&str) -> String| rows.iter().map(|row| text.replacen(row, &other(row), 1)).collect();
            add("table: row removed", each(&|_| String::new()));
            add("table: row repeated", each(&|row| row.repeat(2)));
            add("table: other text", each(&|row| row.replacen(" | ", " | not ", 1)));
        }
    }
    let renamed = |change: &dyn Fn(&mut CommandLine)| {
        let mut commands = workspace.commands().to_vec();
        commands.iter_mut().for_each(change);
        commands
    };
    let is = |text: &mut String, old: &str, new: &str| {
        if text == old {
            *text = new.to_owned();
        }
    };
    let verb = renamed(&|command| is(&mut command.verb, "check", "verify"));
    let option = renamed(&|command| command.options.iter_mut().for_each(|option| is(option, "document", "file")));
    for (operator, commands) in [("code: command renamed", verb), ("code: option renamed", option)] {
        changes.push(Change {
            target: TARGET,
            operator: operator.to_owned(),
            class: MutantKind::Semantic,
            cause: Some(Cause::DocumentationEdited),
            edit: Edit::Commands(commands),
        });
    }
    Ok(changes)
}
