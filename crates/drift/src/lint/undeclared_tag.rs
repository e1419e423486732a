//! Finds tags of operations that the document does not declare.

use openapi::operations;
use serde_json::Value;

use super::subject::{Lint, Subject};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    let declared: Vec<&str> = subject
        .document
        .get("tags")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|tag| tag.get("name")?.as_str())
        .collect();
    let mut found = Vec::new();
    for operation in operations(subject.document).iter().filter(|_| !declared.is_empty()) {
        for (index, tag) in
            operation.value(subject.document).get("tags").and_then(Value::as_array).into_iter().flatten().enumerate()
        {
            if let Some(tag) = tag.as_str().filter(|tag| !declared.contains(tag)) {
                found.push(Lint::new(
                    format!("{}/tags/{index}", operation.pointer),
                    format!("tag `{tag}` is not declared in `tags` of the document"),
                ));
            }
        }
    }
    found
}
