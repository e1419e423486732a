//! Visits every parameter of paths and operations.

use blynk_document::pointer;
use serde_json::Value;

use crate::document::operations;

/// Calls `visit` for the parameters of each path once, then for those of its operations.
pub(super) fn each_parameter(document: &mut Value, mut visit: impl FnMut(&mut Value)) {
    let operations = operations(document);
    let mut places: Vec<String> =
        operations.iter().filter_map(|(_, _, at)| pointer::parent(at).map(str::to_owned)).collect();
    places.dedup();
    places.extend(operations.into_iter().map(|(_, _, at)| at));
    for place in places {
        let list =
            document.pointer_mut(&place).and_then(|value| value.get_mut("parameters")).and_then(Value::as_array_mut);
        list.into_iter().flatten().for_each(&mut visit);
    }
}
