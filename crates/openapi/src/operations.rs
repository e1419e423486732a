//! The operations of a document.

use serde_json::{Map, Value};

use crate::{Method, pointer};

/// The location of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Key of its path item.
    pub path: String,
    /// Its method.
    pub method: Method,
    /// JSON Pointer of the path item.
    pub item: String,
    /// JSON Pointer of the operation.
    pub pointer: String,
}

impl Operation {
    /// Returns the Operation Object in the document that it was found in.
    #[must_use]
    pub fn value<'d>(&self, document: &'d Value) -> &'d Value {
        document.pointer(&self.pointer).unwrap_or(&Value::Null)
    }
}

/// Returns every operation under `paths`, in the document's order.
#[must_use]
pub fn operations(document: &Value) -> Vec<Operation> {
    let paths = document.get("paths").and_then(Value::as_object);
    let of_item = |(path, item): (&String, &Value)| {
        let at = pointer::join("/paths", path);
        let methods: Vec<Method> =
            item.as_object().into_iter().flat_map(Map::keys).filter_map(|key| Method::of_key(key)).collect();
        let operation = |method: Method| Operation {
            path: path.clone(),
            method,
            pointer: pointer::join(&at, method.key()),
            item: at.clone(),
        };
        methods.into_iter().map(operation).collect::<Vec<_>>()
    };
    paths.into_iter().flatten().flat_map(of_item).collect()
}
