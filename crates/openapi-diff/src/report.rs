//! A comparison as people and programs read it.

use openapi::plain;
use report::{Described, Findings, Level, Reported};
use serde_json::{Value, json};

use super::{
    compare::{Change, Comparison},
    edit::Side,
    law::Verdict,
    rules::rule,
    source::Source,
};

/// A comparison with the documents that it is of.
#[derive(Debug)]
pub struct Report<'c> {
    /// What was found.
    pub comparison: &'c Comparison,
    /// The base.
    pub base: &'c Source,
    /// The revision.
    pub revision: &'c Source,
}

impl Report<'_> {
    /// The documented form for programs.
    #[must_use]
    pub fn json(&self) -> Value {
        let side = |source: &Source, side: &Option<Side>| match side {
            Some(side) => {
                let (file, place) = source.place(&side.pointer);
                json!({"line": place.map(|place| place.line), "column": place.map(|place| place.column), "value": side.value,
                    "pointer": side.pointer, "file": file})
            }
            None => Value::Null,
        };
        let change = |change: &Change| {
            let mut shown = json!({"id": change.id, "pointer": change.pointer, "base": side(self.base, &change.base),
                "revision": side(self.revision, &change.revision), "wire": change.wire, "rust": change.rust,
                "items": change.items, "message": change.message});
            if let Some(reason) = &change.allowed {
                shown["allowed"] = json!(reason);
            }
            shown
        };
        let found = self.comparison;
        json!({"format_version": 1, "wire": found.wire, "rust": found.rust, "bump": found.bump, "forced_by": found.forced_by,
            "notes": found.notes, "changes": found.changes.iter().map(change).collect::<Vec<_>>()})
    }

    /// For people: what breaks first.
    #[must_use]
    pub fn text(&self) -> String {
        let found = self.comparison;
        let mut lines = Vec::new();
        for verdict in [Verdict::Breaking, Verdict::Compatible, Verdict::Docs, Verdict::None] {
            for change in found.changes.iter().filter(|change| change.worst() == verdict) {
                let allowed = change.allowed.as_ref().map(|reason| format!(" (allowed: {reason})")).unwrap_or_default();
                lines.push(format!("{:<11} {} [{}]{allowed}", verdict.word(), change.message, change.id));
                lines.push(format!("    at: {} ({})", self.place(change), shown_pointer(&change.pointer)));
                if change.wire != change.rust {
                    lines.push(format!("    wire: {}, rust: {}", change.wire.word(), change.rust.word()));
                }
                if !change.items.is_empty() {
                    lines.push(format!("    items: {}", some_of(&change.items)));
                }
            }
        }
        lines.extend(found.notes.iter().map(|note| format!("note: {note}")));
        if found.changes.is_empty() {
            lines.push("no change".to_owned());
            return one_each(&lines);
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
        one_each(&lines)
    }

    /// An entry of a changelog.
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
            ("No difference to callers", Verdict::None),
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
                    let shown: Vec<_> = change.items.iter().take(MOST_ITEMS).map(|item| format!("`{item}`")).collect();
                    let more = change.items.len().saturating_sub(MOST_ITEMS);
                    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
                    format!(": {}{more}", shown.join(", "))
                };
                let allowed = change.allowed.as_ref().map(|reason| format!(" Allowed: {reason}.")).unwrap_or_default();
                lines.push(format!(
                    "- {}{which}, at `{}`{items}.{allowed}",
                    plain_markdown(&change.message),
                    // a backtick would end the code
                    shown_pointer(&change.pointer).replace('`', "'")
                ));
            }
            lines.push(String::new());
        }
        lines.extend(found.notes.iter().map(|note| format!("> {}", plain_markdown(note))));
        one_each(&lines).trim_end().to_owned() + "\n"
    }

    /// For the formats of other programs.
    #[must_use]
    pub fn findings(&self) -> Findings {
        let mut rules: Vec<Described> = Vec::new();
        let mut found = Vec::new();
        for change in self.comparison.changes.iter().filter(|change| change.worst() > Verdict::None) {
            if !rules.iter().any(|rule| rule.id == change.id) {
                let what = rule(change.id).map_or(change.id, |rule| rule.what).to_owned();
                rules.push(Described { id: change.id.to_owned(), what });
            }
            let (file, place) = self.placed(change);
            let level = match (change.worst(), &change.allowed) {
                (Verdict::Breaking, None) => Level::Error,
                (Verdict::Compatible | Verdict::Breaking, _) => Level::Warning,
                _ => Level::Note,
            };
            let items =
                if change.items.is_empty() { String::new() } else { format!("; items: {}", some_of(&change.items)) };
            found.push(Reported {
                id: change.id.to_owned(),
                level,
                message: change.message.clone(),
                file,
                line: place.map(|place| place.line),
                column: place.map(|place| place.column),
                pointer: Some(change.pointer.clone()),
                more: Some(format!("wire: {}, rust: {}{items}", change.wire.word(), change.rust.word())),
            });
        }
        Findings { command: "cargo xtask diff".to_owned(), rules, found }
    }

    /// Where a change is best looked at: in the revision, or in the base if the revision has nothing of it.
    fn placed(&self, change: &Change) -> (Option<String>, Option<openapi::Location>) {
        match (&change.revision, &change.base) {
            (Some(side), _) => self.revision.place(&side.pointer),
            (None, Some(side)) => self.base.place(&side.pointer),
            (None, None) => (None, None),
        }
    }

    fn place(&self, change: &Change) -> String {
        let (file, place) = self.placed(change);
        let file = file.unwrap_or_default();
        place.map_or_else(|| file.clone(), |place| format!("{file}:{}:{}", place.line, place.column))
    }
}

const MOST_ITEMS: usize = 8;

fn some_of(items: &[String]) -> String {
    let shown = items.iter().take(MOST_ITEMS).cloned().collect::<Vec<_>>().join(", ");
    match items.len().saturating_sub(MOST_ITEMS) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

fn shown_pointer(pointer: &str) -> String {
    if pointer.is_empty() { "the document".to_owned() } else { super::compare::one_line(pointer, 200) }
}

/// Lines, none of which a document breaks.
fn one_each(lines: &[String]) -> String {
    lines.iter().map(|line| plain::one_line(line)).collect::<Vec<_>>().join("\n")
}

/// Text that Markdown shows as it is.
fn plain_markdown(text: &str) -> String {
    text.replace('<', "&lt;").replace('*', "\\*").replace('[', "\\[")
}
