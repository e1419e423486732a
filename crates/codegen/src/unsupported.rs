//! Keywords of a document that generated code does not support.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A keyword of the document that generated code does not support.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsupportedKeyword {
    /// JSON Pointer of the object that has the keyword.
    pub pointer: String,
    /// The keyword.
    pub keyword: String,
    /// Why it is not supported.
    pub reason: String,
    /// The keyword's value; null if the entry reports a missing keyword.
    pub value: Value,
}

impl UnsupportedKeyword {
    pub(crate) fn new(pointer: &str, keyword: &str, reason: impl Into<String>, value: &Value) -> Self {
        Self { pointer: pointer.to_owned(), keyword: keyword.to_owned(), reason: reason.into(), value: value.clone() }
    }
}
