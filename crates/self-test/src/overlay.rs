//! Mutants of the overlay: each line removed, and each key and value changed.

use blynk_drift::Workspace;
use generator_tests::mutate::MutantKind;
use openapi::{Cause, Problem, plain::floor_char_boundary};
use pages::OVERLAY;

use super::change::{Change, Edit, with_line};

const TARGET: &str = "the overlay";
const CAUSE: Cause = Cause::OverlayEdited;

pub(super) fn changes(workspace: &Workspace) -> Result<Vec<Change>, Problem> {
    let text = workspace.text(OVERLAY)?;
    let mut changes = Vec::new();
    let mut add = |operator: &str, edited: String| {
        changes.push(Change::file(TARGET, operator, MutantKind::Semantic, CAUSE, OVERLAY, edited));
    };
    for (index, line) in text.lines().enumerate() {
        add("line: removed", with_line(text, index, None));
        if let Some((key, value)) = line.split_once(": ").filter(|(key, _)| !key.starts_with('#')) {
            add("value: changed", with_line(text, index, Some(&format!("{key}: {value}x"))));
            add("key: changed", with_line(text, index, Some(&format!("{key}x: {value}"))));
        }
        add("indentation: changed", with_line(text, index, Some(&format!("   {line}"))));
    }
    for (operator, entry) in [
        ("suppression: unused", "  - {lint: quote, at: /nowhere, reason: r}\n"),
        ("suppression: unknown rule", "  - {lint: nonsense, at: /nowhere, reason: r}\n"),
        ("suppression: no reason", "  - {lint: quote, at: /nowhere}\n"),
    ] {
        const LIST: &str = "x-silenced:\n";
        let edited = match text.split_once(LIST) {
            Some((before, after)) => format!("{before}{LIST}{entry}{after}"),
            None => format!("{text}{LIST}{entry}"),
        };
        add(operator, edited);
    }
    add("file: empty", String::new());
    add("file: truncated", text[..floor_char_boundary(text, text.len() / 2)].to_owned());
    // with a matching lock, the check `overlay` alone must detect an unused action, and `lint` an unused suppression
    let lost = changes.iter().filter(|change| match &change.edit {
        Edit::File(_, text) if change.operator == "value: changed" => changes_an_action(text),
        _ => change.operator.starts_with("suppression"),
    });
    let lost: Vec<_> = lost.cloned().map(Change::with_matching_lock).collect();
    changes.extend(lost);
    Ok(changes)
}

/// Returns whether a mutant changes an action, and not only a description.
fn changes_an_action(text: &str) -> bool {
    let is_action = |line: &str| line.contains("target:") || line.trim_start().starts_with("format:");
    text.lines().any(|line| is_action(line) && line.ends_with('x'))
}
