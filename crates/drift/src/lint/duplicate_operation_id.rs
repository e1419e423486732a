//! Finds an `operationId` that several operations have.

use std::collections::BTreeMap;

use openapi::operations;
use serde_json::Value;

use super::subject::{Lint, Subject};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    let mut first = BTreeMap::new();
    let mut found = Vec::new();
    for operation in operations(subject.document) {
        let Some(id) = operation.value(subject.document).get("operationId").and_then(Value::as_str) else { continue };
        let name = format!("{} {}", operation.method.key().to_uppercase(), operation.path);
        match first.get(id) {
            Some(other) => found.push(Lint::new(
                format!("{}/operationId", operation.pointer),
                format!("operationId `{id}` is not unique: {other} has it too"),
            )),
            None => drop(first.insert(id.to_owned(), name)),
        }
    }
    found
}
