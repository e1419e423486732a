//! Changes that are allowed though they break: a file of entries, each with its reason and its last day.

use openapi::{Document, Problem};

use super::compare::Comparison;

const FIX: &str = "write a list of entries with `id`, `pointer`, `reason` and `expires`";

/// One entry.
#[derive(Clone, Debug)]
struct Entry {
    id: String,
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
    /// All that is wrong with it, each at its place.
    pub fn parse(document: Document) -> Result<Self, Vec<Problem>> {
        let (mut entries, mut problems) = (Vec::new(), Vec::new());
        let Some(list) = document.value().as_array() else {
            return Err(vec![document.problem_at("", "an allow file is a list of entries", FIX)]);
        };
        for (index, entry) in list.iter().enumerate() {
            let at = format!("/{index}");
            let mut text = |key: &str| {
                let found = entry.get(key).and_then(serde_json::Value::as_str).filter(|text| !text.trim().is_empty());
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
            if !id.is_empty() && super::rule(&id).is_none() {
                problems.push(document.problem_at(
                    &at,
                    format!("`{id}` is the id of no change"),
                    "see docs/diff.md for the ids",
                ));
            }
            if !expires.is_empty() && !super::operations::is_day(&expires) {
                problems.push(document.problem_at(&at, format!("`{expires}` is no day"), "write a day as 2027-01-31"));
            }
            entries.push(Entry { id, pointer, reason, expires, at });
        }
        if problems.is_empty() { Ok(Self { document, entries }) } else { Err(problems) }
    }

    /// Marks what is allowed, and sums up anew over what is not.
    ///
    /// # Errors
    /// Entries that have expired, and entries that allow nothing.
    pub fn apply(&self, comparison: &mut Comparison, today: &str) -> Result<(), Vec<Problem>> {
        let mut problems = Vec::new();
        for entry in &self.entries {
            if entry.expires.as_str() < today {
                let what = format!("this entry has expired on {}", entry.expires);
                problems.push(self.document.problem_at(
                    &entry.at,
                    what,
                    "remove it, or give it a later day and say why",
                ));
                continue;
            }
            let mut used = false;
            for change in comparison.changes.iter_mut().filter(|change| change.id == entry.id) {
                let pointers = [&change.base, &change.revision].into_iter().flatten().map(|side| side.pointer.as_str());
                if pointers.chain([change.pointer.as_str()]).any(|at| at == entry.pointer) {
                    change.allowed = Some(entry.reason.clone());
                    used = true;
                }
            }
            if !used {
                let what = format!("this entry allows nothing: there is no {} at {}", entry.id, entry.pointer);
                problems.push(self.document.problem_at(&entry.at, what, "remove it"));
            }
        }
        comparison.sum_up();
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }
}
