//! Adds the operations that we transcribed to the published ones.

use std::collections::BTreeSet;

use openapi::{
    Document, Operation, Problem, Subject, operations, pointer,
    queries::object_at,
    references::{Resolver, collect_targets},
};
use serde_json::Value;

use super::{
    definitions::{Comparison, compare},
    security::push_security_down,
};

/// Returns the published document with the operations of the transcribed ones. A published operation replaces a
/// transcribed one with the same method and path, regardless of a query in the path.
///
/// # Errors
/// All names that a transcribed document defines differently than the published one.
pub(crate) fn merge(published: &Document, transcribed: &[Document]) -> Result<Value, Vec<Problem>> {
    let mut merged = published.value().clone();
    let mut problems = Vec::new();
    for document in transcribed {
        let mut addition = still_needed(published.value(), document.value());
        push_security_down(&mut addition);
        for section in ["paths", "components"] {
            let from = addition.get(section).and_then(Value::as_object).cloned().unwrap_or_default();
            for (name, entries) in from {
                let at = pointer::join(&format!("/{section}"), &name);
                let Some(entries) = entries.as_object() else { continue };
                let into = object_at(&mut merged, &[section, &name]);
                for (key, value) in entries {
                    match into.get(key) {
                        None => drop(into.insert(key.clone(), value.clone())),
                        // the operation is published: the transcribed one is no longer needed
                        Some(_) if section == "paths" => {}
                        Some(present) if !matches!(compare(present, value), Comparison::Conflict(_)) => {}
                        Some(_) => problems.push(
                            document.problem_at(
                                &pointer::join(&at, key),
                                Subject::of(document.value(), &pointer::join(&at, key))
                                    .before(&format!("conflicts with the definition in {}", published.name())),
                                format!("rename it in {}, or make both definitions equal", document.name()),
                            ),
                        ),
                    }
                }
            }
        }
        if let Some(tags) = addition.get("tags").and_then(Value::as_array).filter(|tags| !tags.is_empty())
            && let Value::Array(into) = merged_tags(&mut merged)
        {
            let known: Vec<_> = into.iter().map(|tag| tag.get("name").cloned()).collect();
            into.extend(tags.iter().filter(|tag| !known.contains(&tag.get("name").cloned())).cloned());
        }
    }
    if problems.is_empty() { Ok(merged) } else { Err(problems) }
}

fn merged_tags(merged: &mut Value) -> &mut Value {
    object_at(merged, &[]).entry("tags").or_insert_with(|| Value::Array(Vec::new()))
}

/// Returns the transcribed operations that published ones replace, as pairs of pointers: transcribed, published.
#[must_use]
pub fn replaced(published: &Value, transcribed: &Value) -> Vec<(String, String)> {
    let theirs = operations(published);
    let one = |ours: Operation| {
        let same =
            |other: &&Operation| other.method == ours.method && without_query(&other.path) == without_query(&ours.path);
        theirs.iter().find(same).map(|theirs| (ours.pointer, theirs.pointer.clone()))
    };
    operations(transcribed).into_iter().filter_map(one).collect()
}

/// Removes the query of a path: the documentation lists one path several times, with a different query each.
fn without_query(path: &str) -> &str {
    path.split(['?', '#']).next().unwrap_or_default()
}

/// Returns the transcribed document without the operations that published ones replace, and without the components that
/// only those use.
fn still_needed(published: &Value, transcribed: &Value) -> Value {
    let mut kept = transcribed.clone();
    let replaced = replaced(published, transcribed);
    if replaced.is_empty() {
        return kept;
    }
    for (ours, _) in &replaced {
        let mut segments = pointer::segments(ours).skip(1);
        if let (Some(path), Some(method)) = (segments.next(), segments.next()) {
            object_at(&mut kept, &["paths", &path]).shift_remove(&method);
        }
    }
    let (mut needed, mut dropped) = (BTreeSet::new(), BTreeSet::new());
    let resolver = Resolver::new(transcribed);
    kept.get("paths").into_iter().for_each(|paths| collect_targets(paths, &resolver, &mut needed));
    for operation in replaced.iter().filter_map(|(ours, _)| transcribed.pointer(ours)) {
        collect_targets(operation, &resolver, &mut dropped);
    }
    let none_left = operations(&kept).is_empty();
    for (section, entries) in object_at(&mut kept, &["components"]) {
        let at = pointer::join("/components", section);
        if let Some(entries) = entries.as_object_mut() {
            entries.retain(|name, _| {
                let at = pointer::join(&at, name);
                needed.contains(&at) || !(dropped.contains(&at) || none_left && section == "securitySchemes")
            });
        }
    }
    let paths = object_at(&mut kept, &["paths"]);
    paths.retain(|_, item| item.as_object().is_some_and(|item| !item.is_empty()));
    if paths.is_empty()
        && let Some(kept) = kept.as_object_mut()
    {
        kept.shift_remove("tags");
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn document(value: &Value) -> Document {
        Document::parse("d.json", value.to_string()).unwrap()
    }

    #[test]
    fn adds_operations_with_their_security() {
        let published =
            document(&json!({"security": [{"bearer": []}], "tags": [{"name": "a"}], "paths": {"/a": {"post": {}}}}));
        let ours = document(&json!({"security": [{"basic": []}], "tags": [{"name": "a"}, {"name": "b"}],
            "paths": {"/t": {"post": {"summary": "t"}}, "/a": {"post": {"summary": "older"}}},
            "components": {"schemas": {"T": {}}}}));
        assert_eq!(
            merge(&published, &[ours]).unwrap(),
            json!({"security": [{"bearer": []}], "tags": [{"name": "a"}, {"name": "b"}],
                "paths": {"/a": {"post": {}}, "/t": {"post": {"summary": "t", "security": [{"basic": []}]}}},
                "components": {"schemas": {"T": {}}}})
        );
    }

    #[test]
    fn a_published_operation_replaces_a_transcribed_one_and_its_components() {
        let ours = json!({
            "security": [{"basic": []}],
            "paths": {"/t": {"post": {"x": {"$ref": "#/components/schemas/T"}}}},
            "components": {
                "securitySchemes": {"basic": {}},
                "schemas": {"T": {"a": {"$ref": "#/components/schemas/U"}}, "U": {}},
            },
        });
        let published = json!({"paths": {"/t?grant=a": {"post": {}}, "/t?grant=b": {"post": {}}},
            "components": {"schemas": {"T": {"type": "string"}}}});
        assert_eq!(replaced(&published, &ours), [("/paths/~1t/post".to_owned(), "/paths/~1t?grant=a/post".to_owned())]);
        let merged = merge(&document(&published), &[document(&ours)]).unwrap();
        assert_eq!(merged["paths"], published["paths"]);
        assert_eq!(merged["components"]["schemas"], published["components"]["schemas"]);
        let elsewhere = json!({"paths": {"/t": {"get": {}}}, "components": {"schemas": {"V": {}}}});
        let merged = merge(&document(&elsewhere), &[document(&ours)]).unwrap();
        assert_eq!(merged["components"]["schemas"].as_object().unwrap().len(), 3);
        assert!(merged["paths"]["/t"]["get"].is_object() && merged["paths"]["/t"]["post"].is_object());
    }

    #[test]
    fn reports_conflicting_definitions() {
        let published = document(&json!({"components": {"schemas": {"T": {"type": "string"}, "U": {}}}}));
        let ours = document(&json!({"components": {"schemas": {"T": {"type": "object"}, "U": {}}}}));
        let problems = merge(&published, &[ours]).unwrap_err();
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].pointer.as_deref(), Some("/components/schemas/T"));
        assert_eq!(problems[0].what, "schema \"T\": conflicts with the definition in d.json");
    }
}
