//! The changes of an import: operations and schemas of the API, methods and types of the client.

use std::collections::BTreeMap;

use openapi::{Difference, Operation, differences};
use pages::normalized;
use serde::Serialize;
use serde_json::Value;

use openapi_diff::Comparison;

/// Names of added, changed and removed items.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Names {
    /// Only in the new document.
    pub added: Vec<String>,
    /// In both, with differences.
    pub changed: Vec<String>,
    /// Only in the old document.
    pub removed: Vec<String>,
}

impl Names {
    fn of<T: PartialEq>(before: &BTreeMap<String, T>, after: &BTreeMap<String, T>) -> Self {
        let only = |one: &BTreeMap<String, T>, other: &BTreeMap<String, T>| -> Vec<String> {
            one.keys().filter(|name| !other.contains_key(*name)).cloned().collect()
        };
        let changed = after.iter().filter(|(name, value)| before.get(*name).is_some_and(|other| other != *value));
        Self {
            added: only(after, before),
            changed: changed.map(|(name, _)| name.clone()).collect(),
            removed: only(before, after),
        }
    }

    /// Returns whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

/// The changes from one document to another.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Operations, as `POST /path (operationId)`.
    pub operations: Names,
    /// Component schemas.
    pub schemas: Names,
    /// Methods of the client, operations and types.
    pub rust: Names,
    /// Values of the document that changed, with the old and the new value.
    pub differences: Vec<Difference>,
    /// Verdicts on each change for the wire and for Rust; none on the first import.
    pub comparison: Option<Comparison>,
    /// Of each changed item in `rust`: its name, removed lines and added lines.
    pub lines: Vec<(String, Vec<String>, Vec<String>)>,
}

impl Changes {
    /// Compares two documents and their public APIs.
    pub(super) fn of(before: (&Value, &str), after: (&Value, &str)) -> Self {
        // normalized: `security` that moves from the document to its operations is not a change
        let (old, new) = (normalized(before.0), normalized(after.0));
        let (old_surface, new_surface) = (items(before.1), items(after.1));
        Self {
            operations: Names::of(&operations(&old), &operations(&new)),
            schemas: Names::of(&schemas(&old), &schemas(&new)),
            rust: Names::of(&old_surface, &new_surface),
            differences: differences(&tags_by_name(old), &tags_by_name(new)),
            comparison: None,
            lines: changed_lines(&old_surface, &new_surface),
        }
    }
}

/// Replaces the array of tags by an object, so that an inserted tag does not change the pointers of the others.
fn tags_by_name(mut document: Value) -> Value {
    if let Some(tags) = document.get_mut("tags") {
        let named = tags
            .as_array()
            .into_iter()
            .flatten()
            .map(|tag| (tag.get("name").and_then(Value::as_str).unwrap_or_default().to_owned(), tag.clone()));
        *tags = Value::Object(named.collect());
    }
    document
}

/// Operations by name, each with the keywords of its path item that apply to it.
pub(super) fn operations(document: &Value) -> BTreeMap<String, (Vec<Value>, Value)> {
    let one = |operation: Operation| {
        let item = document.pointer(&operation.item).unwrap_or(&Value::Null);
        let shared = ["parameters", "servers"].iter().filter_map(|key| item.get(key)).cloned().collect();
        (name(document, &operation), (shared, operation.value(document).clone()))
    };
    openapi::operations(document).into_iter().map(one).collect()
}

/// Returns the name of an operation, such as `GET /devices (listDevices)`.
pub(super) fn name(document: &Value, operation: &Operation) -> String {
    let id = operation.value(document).get("operationId").and_then(Value::as_str);
    let id = id.map(|id| format!(" ({id})")).unwrap_or_default();
    format!("{} {}{id}", operation.method, operation.path)
}

fn schemas(document: &Value) -> BTreeMap<String, Value> {
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    schemas.into_iter().flatten().map(|(name, schema)| (name.clone(), schema.clone())).collect()
}

/// Items of an API snapshot by name: `struct types::A: Clone` is `types::A`, `get_a = GET /a` is `Blynk::get_a`.
fn items(surface: &str) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut name = String::new();
    for line in surface.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if !line.starts_with(' ') {
            name = match line.split_once(" = ") {
                Some((method, _)) if !method.contains(' ') => format!("Blynk::{method}"),
                _ => line
                    .split([' ', ':', '='])
                    .filter(|word| !word.is_empty())
                    .take(3)
                    .skip(1)
                    .collect::<Vec<_>>()
                    .join("::"),
            };
        }
        found.entry(name.clone()).or_default().push(line.to_owned());
    }
    found
}

fn changed_lines(
    before: &BTreeMap<String, Vec<String>>,
    after: &BTreeMap<String, Vec<String>>,
) -> Vec<(String, Vec<String>, Vec<String>)> {
    let only = |one: &[String], other: &[String]| -> Vec<String> {
        one.iter().filter(|line| !other.contains(line)).map(|line| line.trim().to_owned()).collect()
    };
    let both = after.iter().filter_map(|(name, new)| Some((name, before.get(name)?, new)));
    both.filter(|(_, old, new)| old != new)
        .map(|(name, old, new)| (name.clone(), only(old, new), only(new, old)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lists_added_changed_and_removed_names() {
        let old = json!({
            "security": [{"a": []}],
            "paths": {"/a": {"get": {"operationId": "a"}}, "/b": {"get": {}}},
            "components": {"schemas": {"A": {}, "B": {}}},
        });
        let new = json!({
            "paths": {
                "/a": {"get": {"operationId": "a", "security": [{"a": []}]}},
                "/c": {"parameters": [], "put": {"operationId": "c"}},
            },
            "components": {"schemas": {"A": {"type": "string"}, "C": {}}},
        });
        let changes = Changes::of(
            (&old, "# x\n\na = GET /a\n    200: A\n\nstruct types::A: Clone\n    x: i32\n"),
            (
                &new,
                "# x\n\na = GET /a\n    200: A\nc = PUT /c\n\nstruct types::A: Clone\n    x: i64\ntype types::C = u8\n",
            ),
        );
        let names = |added: &[&str], changed: &[&str], removed: &[&str]| {
            let owned = |names: &[&str]| names.iter().map(ToString::to_string).collect();
            Names { added: owned(added), changed: owned(changed), removed: owned(removed) }
        };
        assert_eq!(changes.operations, names(&["PUT /c (c)"], &[], &["GET /b"]));
        assert_eq!(changes.schemas, names(&["C"], &["A"], &["B"]));
        assert_eq!(changes.rust, names(&["Blynk::c", "types::C"], &["types::A"], &[]));
    }
}
