//! `x-silenced` in the overlay: suppressions of lint rules, each with a location and a reason.

use openapi::{Document, Problem, pointer};
use pages::OVERLAY;
use serde_json::Value;

const KEY: &str = "x-silenced";

/// The entries of `x-silenced`.
pub(super) struct Suppressions {
    entries: Vec<Entry>,
}

struct Entry {
    lint: String,
    /// Pointer; the entry applies to it and below. Empty: everywhere.
    at: String,
    reason: String,
    /// Whether it has suppressed a finding.
    used: bool,
}

pub(super) fn read(overlay: &Document) -> Suppressions {
    let entries = overlay.value().get(KEY).and_then(Value::as_array).into_iter().flatten();
    let text = |entry: &Value, key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    let entry = |value: &Value| Entry {
        lint: text(value, "lint"),
        at: text(value, "at"),
        reason: text(value, "reason"),
        used: false,
    };
    Suppressions { entries: entries.map(entry).collect() }
}

impl Suppressions {
    /// Returns whether an entry covers this finding, and marks it as used.
    pub(super) fn suppress(&mut self, id: &str, at: &str) -> bool {
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

    /// Reports entries with an unknown rule, without a reason, or that suppress nothing.
    pub(super) fn problems(&self, overlay: &Document, rules: &[&str]) -> Vec<Problem> {
        let mut problems = Vec::new();
        if overlay.value().get(KEY).is_some_and(|entries| !entries.is_array()) {
            let fix = "write an array of entries with `lint`, `at` and `reason`";
            problems.push(overlay.problem_at(&format!("/{KEY}"), format!("{OVERLAY}: `{KEY}` is not an array"), fix));
        }
        for (index, entry) in self.entries.iter().enumerate() {
            let at = pointer::join(&format!("/{KEY}"), &index.to_string());
            let (what, fix) = if !rules.contains(&entry.lint.as_str()) {
                (format!("{KEY}: there is no lint rule `{}`", entry.lint), format!("use one of {}", rules.join(", ")))
            } else if entry.reason.is_empty() {
                (format!("{KEY}: the entry for `{}` has no reason", entry.lint), "add a `reason`".to_owned())
            } else if !entry.used {
                let what = format!("{KEY}: the entry for `{}` suppresses nothing", entry.lint);
                (what, "remove the entry, or correct its `at`".to_owned())
            } else {
                continue;
            };
            problems.push(overlay.problem_at(&at, what, fix));
        }
        problems
    }
}
