//! Breaking changes that are allowed: a file of entries, each with its reason and its last day.

use openapi::{Document, Problem};

use crate::{change_kind::ChangeKind, compare::Comparison, date::starts_with_date};

const FIX: &str = "write a list of entries with `id`, `pointer`, `reason` and `expires`";

/// One entry.
#[derive(Clone, Debug)]
struct Entry {
    kind: ChangeKind,
    pointer: String,
    reason: String,
    expires: String,
    at: String,
}

/// A file of entries.
#[derive(Clone, Debug)]
pub struct Allowed {
    document: Document,
    entries: Vec<Entry>,
}

impl Allowed {
    /// Reads a file.
    ///
    /// # Errors
    /// All problems of the file.
    pub fn parse(document: Document) -> Result<Self, Vec<Problem>> {
        let (mut entries, mut problems) = (Vec::new(), Vec::new());
        let Some(list) = document.value().as_array() else {
            return Err(vec![document.problem_at("", "an allow file is a list of entries", FIX)]);
        };
        for (index, entry) in list.iter().enumerate() {
            let at = format!("/{index}");
            let mut text = |key: &str| {
                let found = entry.get(key).and_then(serde_json::Value::as_str);
                // the empty pointer is the whole document
                let found = found.filter(|text| key == "pointer" || !text.trim().is_empty());
                if found.is_none() {
                    problems.push(document.problem_at(&at, format!("this entry has no text for `{key}`"), FIX));
                }
                found.unwrap_or_default().to_owned()
            };
            let (id, pointer, reason, expires) = (text("id"), text("pointer"), text("reason"), text("expires"));
            for key in entry.as_object().into_iter().flat_map(|map| map.keys()) {
                if !["id", "pointer", "reason", "expires"].contains(&key.as_str()) {
                    let at = openapi::pointer::join(&at, key);
                    problems.push(document.problem_at(&at, format!("an entry has no `{key}`"), FIX));
                }
            }
            let kind = id.parse::<ChangeKind>().ok();
            if !id.is_empty() && kind.is_none() {
                let what = format!("`{id}` is the id of no change");
                problems.push(document.problem_at(&at, what, "copy the id of a change from `diff --format json`"));
            }
            if !expires.is_empty() && !starts_with_date(&expires) {
                problems.push(document.problem_at(&at, format!("`{expires}` is no day"), "write a day as 2027-01-31"));
            }
            entries.extend(kind.map(|kind| Entry { kind, pointer, reason, expires, at }));
        }
        if problems.is_empty() { Ok(Self { document, entries }) } else { Err(problems) }
    }

    /// Marks the changes that are allowed, and computes the verdicts over the others.
    ///
    /// # Errors
    /// Entries that have expired, and entries that allow nothing.
    pub fn apply(&self, comparison: &mut Comparison, today: &str) -> Result<(), Vec<Problem>> {
        let mut problems = Vec::new();
        for entry in &self.entries {
            if entry.expires.as_str() < today {
                let what = format!("this entry has expired on {}", entry.expires);
                let fix = "remove it, or give it a later day and say why";
                problems.push(self.document.problem_at(&entry.at, what, fix));
                continue;
            }
            let mut used = false;
            for change in comparison.changes.iter_mut().filter(|change| change.kind == entry.kind) {
                let pointers = [&change.base, &change.revision].into_iter().flatten().map(|side| side.pointer.as_str());
                if pointers.chain([change.pointer.as_str()]).any(|at| at == entry.pointer) {
                    change.allowed = Some(entry.reason.clone());
                    used = true;
                }
            }
            if !used {
                let what = format!("this entry allows nothing: there is no {} at {}", entry.kind, entry.pointer);
                problems.push(self.document.problem_at(&entry.at, what, "remove it"));
            }
        }
        comparison.summarize();
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }
}
