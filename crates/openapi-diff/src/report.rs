//! Reports of a comparison: text, JSON, Markdown, and findings for other formats.

use std::collections::HashSet;

use openapi::plain::{self, shortened};
use report::{Described, Findings, Level, Reported};
use serde_json::{Value, json};

use crate::{change::Change, compare::Comparison, detected::Side, source::Source, variance::Verdict};

/// A comparison and its documents.
#[derive(Debug)]
pub struct Report<'c> {
    /// The comparison.
    pub comparison: &'c Comparison,
    /// The base.
    pub base: &'c Source,
    /// The revision.
    pub revision: &'c Source,
}

impl Report<'_> {
    /// Returns the report as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        let side = |source: &Source, side: &Option<Side>| match side {
            Some(side) => {
                let (file, location) = source.location(&side.pointer);
                let (line, column) = (location.map(|at| at.line), location.map(|at| at.column));
                json!({"line": line, "column": column, "value": side.value, "pointer": side.pointer, "file": file})
            }
            None => Value::Null,
        };
        let change = |change: &Change| {
            let mut shown = json!({"id": change.kind, "pointer": change.pointer, "base": side(self.base, &change.base),
                "revision": side(self.revision, &change.revision), "wire": change.wire, "rust": change.rust,
                "items": change.items, "message": change.message});
            if let Some(reason) = &change.allowed {
                shown["allowed"] = json!(reason);
            }
            shown
        };
        let found = self.comparison;
        let changes: Vec<_> = found.changes.iter().map(change).collect();
        json!({"format_version": 1, "wire": found.wire, "rust": found.rust, "bump": found.bump,
            "forced_by": found.forced_by, "notes": found.notes, "changes": changes})
    }

    /// Returns the report as text, breaking changes first.
    #[must_use]
    pub fn text(&self) -> String {
        let found = self.comparison;
        let mut lines = Vec::new();
        for verdict in [Verdict::Breaking, Verdict::Compatible, Verdict::Docs, Verdict::None] {
            for change in found.changes.iter().filter(|change| change.worst() == verdict) {
                let allowed = change.allowed.as_ref().map(|reason| format!(" (allowed: {reason})")).unwrap_or_default();
                lines.push(format!("{:<11} {} [{}]{allowed}", verdict.word(), change.message, change.kind));
                lines.push(format!("    at: {} ({})", self.location(change), shown_pointer(&change.pointer)));
                if let Some(operations) = &change.used_by {
                    lines.push(format!("    used by: {operations}"));
                }
                if change.wire != change.rust {
                    lines.push(format!("    wire: {}, rust: {}", change.wire.word(), change.rust.word()));
                }
                if !change.items.is_empty() {
                    lines.push(format!("    items: {}", first_items(&change.items)));
                }
            }
        }
        lines.extend(found.notes.iter().map(|note| format!("note: {note}")));
        if found.changes.is_empty() {
            lines.push("no change".to_owned());
            return joined(&lines);
        }
        let forced = found.forced_by.as_ref().map(|by| format!(", for {by}")).unwrap_or_default();
        let count = found.changes.len();
        lines.push(format!(
            "{count} change{}; wire: {}, rust: {}; next version: {}{forced}",
            if count == 1 { "" } else { "s" },
            found.wire.word(),
            found.rust.word(),
            found.bump.word()
        ));
        joined(&lines)
    }

    /// Returns the report as an entry of a changelog.
    #[must_use]
    pub fn markdown(&self) -> String {
        let found = self.comparison;
        let mut lines = vec![format!("## Next version: {}", found.bump.word()), String::new()];
        if let Some(by) = &found.forced_by {
            lines.extend([format!("Because of `{by}`."), String::new()]);
        }
        for (title, verdict) in [
            ("Breaking", Verdict::Breaking),
            ("Compatible", Verdict::Compatible),
            ("Documentation", Verdict::Docs),
            ("No effect on callers", Verdict::None),
        ] {
            let changes: Vec<_> = found.changes.iter().filter(|change| change.worst() == verdict).collect();
            if changes.is_empty() {
                continue;
            }
            lines.extend([format!("### {title}"), String::new()]);
            for change in changes {
                let which = match (change.wire, change.rust) {
                    (Verdict::Breaking, Verdict::Breaking) => " (wire and Rust)",
                    (Verdict::Breaking, _) => " (wire)",
                    (_, Verdict::Breaking) => " (Rust)",
                    _ => "",
                };
                let items = if change.items.is_empty() {
                    String::new()
                } else {
                    let shown: Vec<_> = change.items.iter().take(MAX_ITEMS).map(|item| format!("`{item}`")).collect();
                    let more = change.items.len().saturating_sub(MAX_ITEMS);
                    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
                    format!(": {}{more}", shown.join(", "))
                };
                let used =
                    change.used_by.as_ref().map(|operations| format!(" Used by {}.", plain_markdown(operations)));
                let used = used.unwrap_or_default();
                let allowed = change.allowed.as_ref().map(|reason| format!(" Allowed: {reason}.")).unwrap_or_default();
                lines.push(format!(
                    "- {}{which}, at `{}`{items}.{used}{allowed}",
                    plain_markdown(&change.message),
                    // a backtick ends the code
                    shown_pointer(&change.pointer).replace('`', "'")
                ));
            }
            lines.push(String::new());
        }
        lines.extend(found.notes.iter().map(|note| format!("> {}", plain_markdown(note))));
        joined(&lines).trim_end().to_owned() + "\n"
    }

    /// Returns the changes as findings for other formats.
    #[must_use]
    pub fn findings(&self) -> Findings {
        let (mut known, mut rules, mut found) = (HashSet::new(), Vec::new(), Vec::new());
        for change in self.comparison.changes.iter().filter(|change| change.worst() > Verdict::None) {
            if known.insert(change.kind) {
                rules.push(Described { id: change.kind.to_string(), what: change.kind.what().to_owned() });
            }
            let (file, location) = self.file_and_location(change);
            let level = match (change.worst(), &change.allowed) {
                (Verdict::Breaking, None) => Level::Error,
                (Verdict::Compatible | Verdict::Breaking, _) => Level::Warning,
                _ => Level::Note,
            };
            let items = if change.items.is_empty() {
                String::new()
            } else {
                format!("; items: {}", first_items(&change.items))
            };
            found.push(Reported {
                id: change.kind.to_string(),
                level,
                message: change.message.clone(),
                file,
                line: location.map(|at| at.line),
                column: location.map(|at| at.column),
                pointer: Some(change.pointer.clone()),
                details: Some(format!("wire: {}, rust: {}{items}", change.wire.word(), change.rust.word())),
            });
        }
        Findings { command: "cargo xtask diff".to_owned(), rules, found }
    }

    /// The location of a change: in the revision, or in the base if the revision does not have the value.
    fn file_and_location(&self, change: &Change) -> (Option<String>, Option<openapi::Location>) {
        match (&change.revision, &change.base) {
            (Some(side), _) => self.revision.location(&side.pointer),
            (None, Some(side)) => self.base.location(&side.pointer),
            (None, None) => (None, None),
        }
    }

    fn location(&self, change: &Change) -> String {
        let (file, location) = self.file_and_location(change);
        let file = file.unwrap_or_default();
        location.map_or_else(|| file.clone(), |at| format!("{file}:{}:{}", at.line, at.column))
    }
}

const MAX_ITEMS: usize = 8;

fn first_items(items: &[String]) -> String {
    let shown = items.iter().take(MAX_ITEMS).cloned().collect::<Vec<_>>().join(", ");
    match items.len().saturating_sub(MAX_ITEMS) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

fn shown_pointer(pointer: &str) -> String {
    if pointer.is_empty() { "the document".to_owned() } else { shortened(pointer, 200) }
}

/// The lines as one text. A line break in a text of a document does not begin a line.
fn joined(lines: &[String]) -> String {
    lines.iter().map(|line| plain::one_line(line)).collect::<Vec<_>>().join("\n")
}

/// The text with the marks of Markdown escaped.
fn plain_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '[' | '~' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}
