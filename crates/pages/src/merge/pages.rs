//! The documents of all pages as one. What it says does not depend on the order in which pages are named.

use std::collections::{BTreeMap, BTreeSet};

use openapi::{Method, Problem, pointer, queries::text, reindent};
use serde_json::{Map, Value};

use super::{
    agree::{Agreement, agree},
    security::{normalized, push_security_down},
};
use crate::embedded::Embedded;

/// The document of all pages.
#[derive(Clone, Debug)]
pub struct Merged {
    /// Its JSON, one member a line.
    pub text: String,
    /// Where pages differ in a way that a rule resolves.
    pub warnings: Vec<Problem>,
    /// Index of the document that an operation or component is from, by its pointer.
    origins: BTreeMap<String, usize>,
}

impl Merged {
    /// The document among those merged in which the value at `pointer` was written.
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

/// Merges documents, which come in the order of the pages' names and of their places in the page.
///
/// One document stays as it is but for white space. Of several, `security` moves to the operations, and what is defined
/// equally in several is there once. Where definitions differ in descriptions only, the longest one is kept.
///
/// # Errors
/// All clashes: one name or operation with two meanings, one `operationId` on two operations.
pub fn merge_pages(documents: &[&Embedded]) -> Result<Merged, Vec<Problem>> {
    let mut merging = Merging { documents, servers: common_servers(documents), ..Merging::default() };
    for (index, document) in documents.iter().enumerate() {
        merging.add(index, document);
    }
    merging.check_operation_ids();
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
    /// What stands at the top of the document, sections that are merged by name excepted.
    top: Map<String, Value>,
    /// The servers that most documents name.
    servers: Option<Value>,
    components: Map<String, Value>,
    tags: Map<String, Value>,
    paths: Map<String, Value>,
    origins: BTreeMap<String, usize>,
    /// What has been warned of already: one page may have it twenty times.
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
                            &format!("the tag `{name}`"),
                        );
                        self.tags = known;
                    }
                }
                ("paths" | "components" | "tags", _) => {
                    let expected = if key == "tags" { "a list" } else { "an object" };
                    self.refuse(index, &pointer::join("", &key), expected);
                }
                ("servers", _) if servers.is_some() => {}
                (_, value) => self.add_top(index, &key, value),
            }
        }
    }

    fn refuse(&mut self, index: usize, at: &str, expected: &str) {
        let what = format!("this is not {expected}, as OpenAPI has it here");
        self.problems.push(self.documents[index].problem_at(at, what, "save the page again as published"));
    }

    /// Servers that are not those of most documents: they go with their operations.
    fn foreign_servers(&self, servers: Option<&Value>) -> Option<Value> {
        let (common, servers) = (self.servers.as_ref()?, servers?);
        matches!(agree(common, servers), Agreement::Clash(_)).then(|| servers.clone())
    }

    fn add_top(&mut self, index: usize, key: &str, value: Value) {
        let at = pointer::join("", key);
        let clash = match self.top.get(key).map(|known| agree(known, &value)) {
            Some(Agreement::Clash(clash)) => clash,
            _ => {
                let mut top = std::mem::take(&mut self.top);
                self.put(&mut top, key, value, index, &at, &format!("`{key}` of the document"));
                self.top = top;
                return;
            }
        };
        let minor = |value: Option<&Value>| {
            let version = value.and_then(Value::as_str).unwrap_or_default();
            version.split('.').take(2).map(str::to_owned).collect::<Vec<_>>()
        };
        let Some(other) = self.origin(&at) else { return };
        let here = &format!("{at}{clash}");
        let is_harmless = key == "info" || key == "openapi" && minor(self.top.get(key)) == minor(Some(&value));
        let problem = self.both_sides(index, other, (here, here), &format!("`{key}` of the document"));
        if is_harmless {
            self.warnings.push(Problem {
                fix: format!("nothing: that of {} is kept, whose name sorts first", other.page()),
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
            self.put(&mut known, &name, value, index, &pointer::join(&at, &name), &format!("`{name}` in {section}"));
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
            let what = if Method::of_key(&key).is_some() {
                format!("the operation {} {path}", key.to_uppercase())
            } else {
                format!("`{key}` of {path}")
            };
            self.put(&mut known, &key, value, index, &pointer::join(&at, &key), &what);
        }
        self.paths.insert(path.to_owned(), Value::Object(known));
    }

    /// Adds a definition, or holds it against the one that is there.
    fn put(&mut self, known: &mut Map<String, Value>, key: &str, value: Value, index: usize, at: &str, what: &str) {
        // tags stand by position in their document, and by name here
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
        match agree(present, &value) {
            Agreement::Equal => {}
            Agreement::Descriptions(longer) => {
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
                        "{what} is described in two ways, here and in {} ({other_at}{within})",
                        other.place(&format!("{other_at}{within}"))
                    ),
                    "nothing: the longer description is kept",
                ));
            }
            Agreement::Clash(clash) => {
                let sides = (format!("{other_at}{clash}"), format!("{at}{clash}"));
                let problem = self.both_sides(index, other, (&sides.0, &sides.1), what);
                self.problems.push(problem);
            }
        }
    }

    fn origin(&self, at: &str) -> Option<&'d Embedded> {
        self.origins.get(at).and_then(|index| self.documents.get(*index)).copied()
    }

    /// A clash with both of its sides.
    fn both_sides(&self, index: usize, other: &Embedded, (there, here): (&str, &str), what: &str) -> Problem {
        let document = self.documents[index];
        let shown = |document: &Embedded, at: &str| match normalized(document.document.value()).pointer(at) {
            Some(value) => {
                let value = value.to_string();
                let cut: String = value.chars().take(60).collect();
                if cut.len() < value.len() { format!("{cut}…") } else { cut }
            }
            None => "nothing".to_owned(),
        };
        document.problem_at(
            here,
            format!(
                "{what} is defined in two ways: {} ({there}) says {}, this place says {}",
                other.place(there),
                shown(other, there),
                shown(document, here)
            ),
            "save both pages again, so that both are of one day; if they still differ, leave one of them out and tell \
             Blynk",
        )
    }

    fn check_operation_ids(&mut self) {
        let mut seen: BTreeMap<String, (String, String)> = BTreeMap::new();
        let mut problems = Vec::new();
        for (path, item) in &self.paths {
            let operations = item.as_object().into_iter().flatten().filter(|(key, _)| Method::of_key(key).is_some());
            for (method, operation) in operations {
                let at = pointer::join(&pointer::join("/paths", path), method);
                let name = format!("{} {path}", method.to_uppercase());
                let id = text(operation, "operationId");
                if id.is_empty() {
                    continue;
                }
                let Some((other_at, other_name)) = seen.insert(id.to_owned(), (at.clone(), name.clone())) else {
                    continue;
                };
                let (Some(here), Some(there)) = (self.origin(&at), self.origin(&other_at)) else { continue };
                let (here_at, there_at) = (format!("{at}/operationId"), format!("{other_at}/operationId"));
                problems.push(here.problem_at(
                    &here_at,
                    format!(
                        "two operations have the operationId `{id}`: {other_name} in {} ({there_at}), and {name} here",
                        there.place(&there_at)
                    ),
                    "if one has replaced the other, save and import both pages again; else tell Blynk",
                ));
            }
        }
        self.problems.append(&mut problems);
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
        // operations are read last, as in each page
        if let Some(paths) = document.shift_remove("paths") {
            document.insert("paths".to_owned(), paths);
        }
        Value::Object(document)
    }
}

/// The servers that most documents name; of two named equally often those that come first.
fn common_servers(documents: &[&Embedded]) -> Option<Value> {
    let named: Vec<&Value> = documents.iter().filter_map(|one| one.document.value().get("servers")).collect();
    let same = |one: &Value| named.iter().filter(|other| !matches!(agree(one, other), Agreement::Clash(_))).count();
    // the last of the greatest is what `max_by_key` gives
    named.iter().rev().max_by_key(|one| same(one)).map(|one| (*one).clone())
}

/// What a path's item says of all its operations.
fn shared(item: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut shared: Vec<_> = item.iter().filter(|(key, _)| Method::of_key(key).is_none()).collect();
    shared.sort_by_key(|(key, _)| *key);
    shared
}

/// Parameters and servers of the path become those of each operation that does not override them.
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
