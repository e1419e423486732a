//! Puts operations that are transcribed by us beside the published ones.

use blynk_document::{Document, Problem, pointer};
use serde_json::{Map, Value};

use crate::document::{METHODS, object_at};

/// The published document with the operations of the transcribed ones added. A published operation wins over a
/// transcribed one of the same method and path.
///
/// # Errors
/// Where a transcribed document says something else under a name that is already taken.
pub(crate) fn merge(published: &Document, transcribed: &[Document]) -> Result<Value, Vec<Problem>> {
    let mut merged = published.value().clone();
    let mut problems = Vec::new();
    for document in transcribed {
        let mut addition = document.value().clone();
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
                        // the page of this operation is at hand: ours is no longer needed
                        Some(_) if section == "paths" => {}
                        Some(present) if present == value => {}
                        Some(_) => problems.push(document.problem_at(
                            &pointer::join(&at, key),
                            format!("`{key}` is already defined differently in {}", published.name()),
                            format!("rename it in {}", document.name()),
                        )),
                    }
                }
            }
        }
        if let (Some(tags), Some(Value::Array(into))) =
            (addition.get("tags").and_then(Value::as_array), merged.get_mut("tags"))
        {
            let known: Vec<_> = into.iter().map(|tag| tag.get("name").cloned()).collect();
            into.extend(tags.iter().filter(|tag| !known.contains(&tag.get("name").cloned())).cloned());
        }
    }
    if problems.is_empty() { Ok(merged) } else { Err(problems) }
}

/// Security at the top speaks for one document only; on the operations it survives the merge.
fn push_security_down(document: &mut Value) {
    let Some(security) = document.get("security").cloned() else { return };
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for item in paths.into_iter().flat_map(Map::values_mut).filter_map(Value::as_object_mut) {
        for (_, operation) in item.iter_mut().filter(|(key, _)| METHODS.contains(&key.as_str())) {
            if let Some(operation) = operation.as_object_mut() {
                operation.entry("security").or_insert_with(|| security.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn document(value: &Value) -> Document {
        Document::parse("d.json", value.to_string()).unwrap()
    }

    #[test]
    fn adds_operations_with_their_own_security() {
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
    fn refuses_two_meanings_of_one_name() {
        let published = document(&json!({"components": {"schemas": {"T": {"type": "string"}, "U": {}}}}));
        let ours = document(&json!({"components": {"schemas": {"T": {"type": "object"}, "U": {}}}}));
        let problems = merge(&published, &[ours]).unwrap_err();
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].pointer.as_deref(), Some("/components/schemas/T"));
    }
}
