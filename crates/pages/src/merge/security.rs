//! Moves the top-level `security` of a document to its operations, since it applies to that document only.

use serde_json::{Map, Value};

use openapi::Method;

/// Moves the top-level `security` of a document to each operation that has none.
pub(super) fn push_security_down(document: &mut Value) {
    let Some(security) = document.as_object_mut().and_then(|document| document.shift_remove("security")) else {
        return;
    };
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for item in paths.into_iter().flat_map(Map::values_mut).filter_map(Value::as_object_mut) {
        for (_, operation) in item.iter_mut().filter(|(key, _)| Method::of_key(key).is_some()) {
            if let Some(operation) = operation.as_object_mut() {
                operation.entry("security").or_insert_with(|| security.clone());
            }
        }
    }
}

/// Returns the document with its top-level `security` on the operations, as after a merge.
#[must_use]
pub fn normalized(document: &Value) -> Value {
    let mut document = document.clone();
    push_security_down(&mut document);
    document
}
