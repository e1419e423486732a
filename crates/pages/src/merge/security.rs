//! Security at the top of a document speaks for that document only; on its operations it survives a merge.

use serde_json::{Map, Value};

use openapi::Method;

/// Puts a document's `security` on each operation that has none of its own.
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

/// The document with its `security` on its operations, where merging puts it.
#[must_use]
pub fn normalized(document: &Value) -> Value {
    let mut document = document.clone();
    push_security_down(&mut document);
    document
}
