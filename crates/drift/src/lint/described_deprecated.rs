//! Finds operations and fields whose text says deprecated without `deprecated: true`, so that callers get no warning.

use openapi::operations;
use serde_json::{Map, Value};

use super::{
    subject::{Lint, Subject},
    walk::{fields, text},
};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    let is_marked = |map: &Map<String, Value>| map.get("deprecated") == Some(&Value::Bool(true));
    let says_deprecated =
        |text: &str| text.trim_start_matches(['*', '_', '(', '[', ' ']).to_lowercase().starts_with("deprecated");
    let mut found = Vec::new();
    for operation in operations(subject.document) {
        let Some(map) = operation.value(subject.document).as_object() else { continue };
        if !is_marked(map) && (says_deprecated(text(map, "summary")) || says_deprecated(text(map, "description"))) {
            found.push(Lint::new(operation.pointer, "the text says deprecated, but `deprecated` is not true"));
        }
    }
    for field in fields(subject.document) {
        let marked = is_marked(field.schema)
            || subject.document.pointer(&field.at).and_then(Value::as_object).is_some_and(is_marked);
        if !marked && says_deprecated(field.description) {
            found.push(Lint::new(field.at, "the description says deprecated, but `deprecated` is not true"));
        }
    }
    found
}
