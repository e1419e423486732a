//! Merges the documents of all pages into one. The result does not depend on the order of the arguments.

use std::collections::{BTreeMap, BTreeSet};

use openapi::{Located, Method, Problem, Subject, pointer, queries::text, reindent};
use serde_json::{Map, Value};

use super::{
    definitions::{Comparison, compare},
    security::{normalized, push_security_down},
};
use crate::embedded::Embedded;

/// The document of all pages.
#[derive(Clone, Debug)]
pub struct Merged {
    /// Its JSON, one member per line.
    pub text: String,
    /// Differences between pages that the merge resolves.
    pub warnings: Vec<Problem>,
    /// Index of the document that defines an operation or component, by its pointer.
    origins: BTreeMap<String, usize>,
}

impl Merged {
    /// Returns the merged document that defines the value at a pointer.
    #[must_use]
    pub fn origin<'d>(&self, documents: &[&'d Embedded], at: &str) -> Option<&'d Embedded> {
        let mut at = at;
        loop {
            if let Some(index) = self.origins.get(at) {
                return documents.get(*index).copied();
            }
            at = pointer::parent(at)?;
        }
    }
}

/// Merges documents, which are in the order of the pages' names and of their positions in the page.
///
/// Of a single document, only white space changes. Of several, `security` moves to the operations, and equal
/// definitions occur once. If definitions differ in descriptions only, the longest description is used.
///
/// # Errors
/// All conflicts: different definitions of one name or operation.
pub fn merge_pages(documents: &[&Embedded]) -> Result<Merged, Vec<Problem>> {
    let mut merging = Merging { documents, servers: common_servers(documents), ..Merging::default() };
    for (index, document) in documents.iter().enumerate() {
        merging.add(index, document);
    }
    if !merging.problems.is_empty() {
        return Err(merging.problems);
    }
    let text = match documents {
        [one] => reindent(one.json()),
        _ => reindent(&merging.document().to_string()),
    };
    Ok(Merged { text, warnings: merging.warnings, origins: merging.origins })
}

#[derive(Default)]
struct Merging<'d> {
    documents: &'d [&'d Embedded],
    /// The members of the document, except the sections that are merged by name.
    top: Map<String, Value>,
    /// The `servers` of most documents.
    servers: Option<Value>,
    components: Map<String, Value>,
    tags: Map<String, Value>,
    paths: Map<String, Value>,
    origins: BTreeMap<String, usize>,
    /// Definitions with a warning: one page may repeat a definition many times.
    described: BTreeSet<String>,
    warnings: Vec<Problem>,
    problems: Vec<Problem>,
}

impl<'d> Merging<'d> {
    fn add(&mut self, index: usize, document: &'d Embedded) {
        let mut value = document.document.value().clone();
        push_security_down(&mut value);
        let Value::Object(members) = value else { return };
        let servers = self.foreign_servers(members.get("servers"));
        for (key, value) in members {
            match (key.as_str(), value) {
                ("paths", Value::Object(paths)) => {
                    self.top.entry(key).or_insert(Value::Null);
                    for (path, item) in paths {
                        self.add_path(index, &path, item, servers.as_ref());
                    }
                }
                ("components", Value::Object(sections)) => {
                    self.top.entry(key).or_insert(Value::Null);
                    for (section, entries) in sections {
                        self.add_section(index, &section, entries);
                    }
                }
                ("tags", Value::Array(tags)) => {
                    self.top.entry(key).or_insert(Value::Null);
                    for (position, tag) in tags.into_iter().enumerate() {
                        let name = text(&tag, "name").to_owned();
                        let mut known = std::mem::take(&mut self.tags);
                        self.put(
                            &mut known,
                            &name,
                            tag,
                            index,
                            &format!("/tags/{position}"),
                            &format!("tag \"{name}\""),
                        );
                        self.tags = known;
                    }
                }
                ("paths" | "components" | "tags", _) => {
                    let expected = if key == "tags" { "an array" } else { "an object" };
                    self.refuse(index, &pointer::join("", &key), expected);
                }
                ("servers", _) if servers.is_some() => {}
                (_, value) => self.add_top(index, &key, value),
            }
        }
    }

    fn refuse(&mut self, index: usize, at: &str, expected: &str) {
        let located = Located::of(self.documents[index].document.value(), at);
        let what = match &located.keyword {
            Some(keyword) => located.subject.before(&format!("`{keyword}` must be {expected}")),
            None => located.subject.before(&format!("must be {expected}")),
        };
        self.problems.push(self.documents[index].problem_at(at, what, "save the page again as published"));
    }

    /// Returns servers that are not those of most documents: they move to their operations.
    fn foreign_servers(&self, servers: Option<&Value>) -> Option<Value> {
        let (common, servers) = (self.servers.as_ref()?, servers?);
        matches!(compare(common, servers), Comparison::Conflict(_)).then(|| servers.clone())
    }

    fn add_top(&mut self, index: usize, key: &str, value: Value) {
        let at = pointer::join("", key);
        let conflict = match self.top.get(key).map(|known| compare(known, &value)) {
            Some(Comparison::Conflict(conflict)) => conflict,
            _ => {
                let mut top = std::mem::take(&mut self.top);
                self.put(&mut top, key, value, index, &at, &format!("`{key}`"));
                self.top = top;
                return;
            }
        };
        let minor = |value: Option<&Value>| {
            let version = value.and_then(Value::as_str).unwrap_or_default();
            version.split('.').take(2).map(str::to_owned).collect::<Vec<_>>()
        };
        let Some(other) = self.origin(&at) else { return };
        let here = &format!("{at}{conflict}");
        let is_harmless = key == "info" || key == "openapi" && minor(self.top.get(key)) == minor(Some(&value));
        let problem = self.both_sides(index, other, (here, here), &format!("`{key}`"));
        if is_harmless {
            self.warnings.push(Problem {
                fix: format!("no action needed: the value of {} is used, whose name sorts first", other.page()),
                ..problem
            });
        } else {
            self.problems.push(problem);
        }
    }

    fn add_section(&mut self, index: usize, section: &str, entries: Value) {
        let at = pointer::join("/components", section);
        let Value::Object(entries) = entries else { return self.refuse(index, &at, "an object") };
        let mut known = match self.components.shift_remove(section) {
            Some(Value::Object(known)) => known,
            _ => Map::new(),
        };
        for (name, value) in entries {
            self.put(
                &mut known,
                &name,
                value,
                index,
                &pointer::join(&at, &name),
                &Subject::of(&Value::Null, &pointer::join(&at, &name)).to_string(),
            );
        }
        self.components.insert(section.to_owned(), Value::Object(known));
    }

    fn add_path(&mut self, index: usize, path: &str, item: Value, servers: Option<&Value>) {
        let at = pointer::join("/paths", path);
        let Value::Object(mut item) = item else { return self.refuse(index, &at, "an object") };
        if let Some(servers) = servers {
            item.entry("servers").or_insert_with(|| servers.clone());
        }
        let mut known = match self.paths.get_mut(path).map(Value::take) {
            Some(Value::Object(known)) => known,
            _ => Map::new(),
        };
        if !known.is_empty() && shared(&known) != shared(&item) {
            move_shared_down(&mut known);
            move_shared_down(&mut item);
        }
        for (key, value) in item {
            let at = pointer::join(&at, &key);
            let what = Located::of(&Value::Null, &at).to_string();
            self.put(&mut known, &key, value, index, &at, &what);
        }
        self.paths.insert(path.to_owned(), Value::Object(known));
    }

    /// Adds a definition, or compares it with the existing one.
    fn put(&mut self, known: &mut Map<String, Value>, key: &str, value: Value, index: usize, at: &str, what: &str) {
        // tags are an array in their document, and merged by name
        let origin_key = if at.starts_with("/tags/") { format!("/tags/{key}") } else { at.to_owned() };
        let Some(present) = known.get_mut(key) else {
            known.insert(key.to_owned(), value);
            self.origins.insert(origin_key, index);
            return;
        };
        let Some(other) = self.origins.get(&origin_key).and_then(|index| self.documents.get(*index)) else { return };
        let other_at = match other.document.value().get("tags").and_then(Value::as_array) {
            Some(tags) if at.starts_with("/tags/") => {
                format!("/tags/{}", tags.iter().position(|tag| text(tag, "name") == key).unwrap_or_default())
            }
            _ => at.to_owned(),
        };
        match compare(present, &value) {
            Comparison::Equal => {}
            Comparison::Descriptions(longer) => {
                *present = longer;
                if !self.described.insert(origin_key) {
                    return;
                }
                let first = openapi::differences(
                    other.document.value().pointer(&other_at).unwrap_or(&Value::Null),
                    self.documents[index].document.value().pointer(at).unwrap_or(&Value::Null),
                );
                let within = first.first().map(|difference| difference.pointer.clone()).unwrap_or_default();
                let here = format!("{at}{within}");
                self.warnings.push(self.documents[index].problem_at(
                    &here,
                    format!(
                        "{what}: the description differs from that in {} ({other_at}{within})",
                        other.place(&format!("{other_at}{within}"))
                    ),
                    "no action needed: the longer description is used",
                ));
            }
            Comparison::Conflict(conflict) => {
                let sides = (format!("{other_at}{conflict}"), format!("{at}{conflict}"));
                let problem = self.both_sides(index, other, (&sides.0, &sides.1), what);
                self.problems.push(problem);
            }
        }
    }

    fn origin(&self, at: &str) -> Option<&'d Embedded> {
        self.origins.get(at).and_then(|index| self.documents.get(*index)).copied()
    }

    /// Returns a problem with both conflicting definitions.
    fn both_sides(&self, index: usize, other: &Embedded, (there, here): (&str, &str), what: &str) -> Problem {
        let document = self.documents[index];
        let shown = |document: &Embedded, at: &str| match normalized(document.document.value()).pointer(at) {
            Some(value) => {
                let value = value.to_string();
                let cut: String = value.chars().take(60).collect();
                if cut.len() < value.len() { format!("{cut}…") } else { cut }
            }
            None => "no value".to_owned(),
        };
        document.problem_at(
            here,
            format!(
                "{what}: conflicting definitions: {} here, {} in {} ({there})",
                shown(document, here),
                shown(other, there),
                other.place(there)
            ),
            "to replace the other page, give this one its file name; if both are separate pages, save both again on \
             the same day, and report to Blynk what still differs",
        )
    }

    fn document(&mut self) -> Value {
        let mut document = Map::new();
        for (key, value) in std::mem::take(&mut self.top) {
            let value = match key.as_str() {
                "paths" => Value::Object(std::mem::take(&mut self.paths)),
                "components" => Value::Object(std::mem::take(&mut self.components)),
                "tags" => std::mem::take(&mut self.tags).into_iter().map(|(_, tag)| tag).collect(),
                _ => value,
            };
            document.insert(key, value);
        }
        // `paths` comes last, as in each page
        if let Some(paths) = document.shift_remove("paths") {
            document.insert("paths".to_owned(), paths);
        }
        Value::Object(document)
    }
}

/// Returns the servers that most documents have; of two equally frequent ones, those that come first.
fn common_servers(documents: &[&Embedded]) -> Option<Value> {
    let named: Vec<&Value> = documents.iter().filter_map(|one| one.document.value().get("servers")).collect();
    let same =
        |one: &Value| named.iter().filter(|other| !matches!(compare(one, other), Comparison::Conflict(_))).count();
    // `max_by_key` returns the last maximum
    named.iter().rev().max_by_key(|one| same(one)).map(|one| (*one).clone())
}

/// Returns the members of a path item that apply to all its operations.
fn shared(item: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut shared: Vec<_> = item.iter().filter(|(key, _)| Method::of_key(key).is_none()).collect();
    shared.sort_by_key(|(key, _)| *key);
    shared
}

/// Moves parameters and servers of a path item to the operations that do not override them.
fn move_shared_down(item: &mut Map<String, Value>) {
    let parameters = item.shift_remove("parameters");
    let servers = item.shift_remove("servers");
    for (_, operation) in item.iter_mut().filter(|(key, _)| Method::of_key(key).is_some()) {
        let Some(operation) = operation.as_object_mut() else { continue };
        if let Some(servers) = &servers {
            operation.entry("servers").or_insert_with(|| servers.clone());
        }
        let Some(Value::Array(parameters)) = &parameters else { continue };
        let Value::Array(own) = operation.entry("parameters").or_insert_with(|| Value::Array(Vec::new())) else {
            continue;
        };
        let key = |value: &Value| {
            (text(value, "name").to_owned(), text(value, "in").to_owned(), text(value, "$ref").to_owned())
        };
        let added: Vec<_> =
            parameters.iter().filter(|one| !own.iter().any(|other| key(one) == key(other))).cloned().collect();
        own.splice(0..0, added);
    }
}
