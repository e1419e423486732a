//! The allow file: changes that are allowed, each with a reason and an expiry date.

use std::{fs::File, io::Read as _, path::Path};

use openapi::{Document, Problem, limits::LARGEST_FILE};

use crate::{change_kind::ChangeKind, compare::Comparison, date::starts_with_date};

const FIX: &str = "write an array of entries with `id`, `pointer`, `reason` and `expires`";

/// An entry: the kind and the pointer of a change, and where the entry is in the file.
#[derive(Clone, Debug)]
struct Entry {
    kind: ChangeKind,
    pointer: String,
    reason: String,
    expires: String,
    at: String,
}

/// An allow file.
#[derive(Clone, Debug)]
pub struct Allowed {
    document: Document,
    entries: Vec<Entry>,
}

impl Allowed {
    /// Reads an allow file, which is JSON or YAML.
    ///
    /// # Errors
    /// When it cannot be read or parsed, or as [`Allowed::parse`].
    pub fn read(path: &Path) -> Result<Self, Vec<Problem>> {
        let name = path.display().to_string();
        let mut text = String::new();
        let read = File::open(path).and_then(|file| file.take(LARGEST_FILE as u64).read_to_string(&mut text));
        if let Err(error) = read {
            let what = format!("the allow file cannot be read: {error}");
            return Err(vec![Problem::new(what, "name a readable file").in_file(name)]);
        }
        let document = Document::parse(&name, text).map_err(|problem| {
            let what = format!("the allow file is invalid: {}", problem.what);
            vec![Problem { what, fix: "correct the allow file, which is JSON or YAML".to_owned(), ..problem }]
        })?;
        Self::parse(document)
    }

    /// Reads the entries of an allow file.
    ///
    /// # Errors
    /// When it is not an array of entries, with all problems of all entries.
    pub fn parse(document: Document) -> Result<Self, Vec<Problem>> {
        let (mut entries, mut problems) = (Vec::new(), Vec::new());
        let Some(list) = document.value().as_array() else {
            return Err(vec![document.problem_at("", "the allow file is not an array of entries", FIX)]);
        };
        for (index, entry) in list.iter().enumerate() {
            let at = format!("/{index}");
            let mut text = |key: &str| {
                let found = entry.get(key).and_then(serde_json::Value::as_str);
                // the empty pointer is the whole document
                let found = found.filter(|text| key == "pointer" || !text.trim().is_empty());
                if found.is_none() {
                    problems.push(document.problem_at(
                        &at,
                        format!("allow file: entry {index} has no string for `{key}`"),
                        FIX,
                    ));
                }
                found.unwrap_or_default().to_owned()
            };
            let (id, pointer, reason, expires) = (text("id"), text("pointer"), text("reason"), text("expires"));
            for key in entry.as_object().into_iter().flat_map(|map| map.keys()) {
                if !["id", "pointer", "reason", "expires"].contains(&key.as_str()) {
                    let at = openapi::pointer::join(&at, key);
                    problems.push(document.problem_at(
                        &at,
                        format!("allow file: entry {index} has the unknown key `{key}`"),
                        FIX,
                    ));
                }
            }
            let kind = id.parse::<ChangeKind>().ok();
            if !id.is_empty() && kind.is_none() {
                let what = format!("allow file: entry {index}: `{id}` is not the id of a kind of change");
                problems.push(document.problem_at(
                    &at,
                    what,
                    "copy the id of a change from the output of `diff`, such as max-length-lowered",
                ));
            }
            if !expires.is_empty() && !starts_with_date(&expires) {
                problems.push(document.problem_at(
                    &at,
                    format!("allow file: entry {index}: `expires` is not a date: `{expires}`"),
                    "write a date as 2027-01-31",
                ));
            }
            entries.extend(kind.map(|kind| Entry { kind, pointer, reason, expires, at }));
        }
        if problems.is_empty() { Ok(Self { document, entries }) } else { Err(problems) }
    }

    /// Marks the changes that are allowed, and computes the verdicts of the others.
    ///
    /// # Errors
    /// When an entry has expired, or matches no change.
    pub fn apply(&self, comparison: &mut Comparison, today: &str) -> Result<(), Vec<Problem>> {
        let mut problems = Vec::new();
        for entry in &self.entries {
            if entry.expires.as_str() < today {
                let what = format!("allow file: entry for {} expired on {}", entry.kind, entry.expires);
                let fix = "remove the entry, or set `expires` to a later date and state the reason";
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
                let what =
                    format!("allow file: no change {} at {} matches this entry", entry.kind, shown(&entry.pointer));
                problems.push(self.document.problem_at(&entry.at, what, "remove the entry"));
            }
        }
        comparison.summarize();
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }
}

fn shown(pointer: &str) -> &str {
    if pointer.is_empty() { "the root of the document" } else { pointer }
}
