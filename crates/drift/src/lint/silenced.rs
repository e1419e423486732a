//! `x-silenced` in the overlay: which rule is silent, where, and why.

use openapi::{Document, Problem, pointer};
use serde_json::Value;

const KEY: &str = "x-silenced";

/// The entries, and which of them have silenced something.
pub(super) struct Silenced {
    entries: Vec<Entry>,
}

struct Entry {
    lint: String,
    /// Pointer that a contradiction stands at or below. Empty: anywhere.
    at: String,
    reason: String,
    used: bool,
}

pub(super) fn read(overlay: &Document) -> Silenced {
    let entries = overlay.value().get(KEY).and_then(Value::as_array).into_iter().flatten();
    let text = |entry: &Value, key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    let entry = |value: &Value| Entry {
        lint: text(value, "lint"),
        at: text(value, "at"),
        reason: text(value, "reason"),
        used: false,
    };
    Silenced { entries: entries.map(entry).collect() }
}

impl Silenced {
    pub(super) fn silences(&mut self, id: &str, at: &str) -> bool {
        let covers = |entry: &Entry| {
            entry.lint == id && at.strip_prefix(&entry.at).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mut found = false;
        for entry in self.entries.iter_mut().filter(|entry| covers(entry)) {
            entry.used = true;
            found = true;
        }
        found
    }

    /// Entries that name none of these rules, give no reason, or silence nothing.
    pub(super) fn problems(&self, overlay: &Document, rules: &[&str]) -> Vec<Problem> {
        let mut problems = Vec::new();
        if overlay.value().get(KEY).is_some_and(|entries| !entries.is_array()) {
            let fix = "write a list of entries with `lint`, `at` and `reason`";
            problems.push(overlay.problem_at(&format!("/{KEY}"), format!("`{KEY}` is no list"), fix));
        }
        for (index, entry) in self.entries.iter().enumerate() {
            let at = pointer::join(&format!("/{KEY}"), &index.to_string());
            let (what, fix) = if !rules.contains(&entry.lint.as_str()) {
                (format!("there is no lint `{}`", entry.lint), format!("name one of {}", rules.join(", ")))
            } else if entry.reason.is_empty() {
                ("this entry gives no reason".to_owned(), "say why in its `reason`".to_owned())
            } else if !entry.used {
                let what = format!("this entry silences nothing: `{}` finds nothing there", entry.lint);
                (what, "remove the entry, or correct its `at`".to_owned())
            } else {
                continue;
            };
            problems.push(overlay.problem_at(&at, what, fix));
        }
        problems
    }
}
