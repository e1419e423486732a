//! An operation or field that only its text calls deprecated: callers are not warned when they compile.

use openapi::operations;
use serde_json::{Map, Value};

use super::{
    subject::{Lint, Subject},
    walk::{fields, text},
};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    let is_marked = |map: &Map<String, Value>| map.get("deprecated") == Some(&Value::Bool(true));
    let says = |text: &str| text.trim_start_matches(['*', '_', '(', '[', ' ']).to_lowercase().starts_with("deprecated");
    let mut found = Vec::new();
    for operation in operations(subject.document) {
        let Some(map) = operation.value(subject.document).as_object() else { continue };
        if !is_marked(map) && (says(text(map, "summary")) || says(text(map, "description"))) {
            found.push(Lint::new(operation.pointer, "the text says deprecated, `deprecated` does not"));
        }
    }
    for field in fields(subject.document) {
        let marked = is_marked(field.schema)
            || subject.document.pointer(&field.at).and_then(Value::as_object).is_some_and(is_marked);
        if !marked && says(field.description) {
            found.push(Lint::new(
                field.at,
                format!("the text of `{}` says deprecated, `deprecated` does not", field.name),
            ));
        }
    }
    found
}
