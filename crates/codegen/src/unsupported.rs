//! Keywords of a document that generated code does not carry.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A keyword of the document that generated code does not carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsupportedKeyword {
    /// JSON Pointer of the value that has the keyword.
    pub pointer: String,
    /// The keyword.
    pub keyword: String,
    /// Why it is not carried.
    pub reason: String,
    /// The keyword's value, null where what is not carried is that the keyword is not there.
    pub value: Value,
}

impl UnsupportedKeyword {
    pub(crate) fn new(pointer: &str, keyword: &str, reason: impl Into<String>, value: &Value) -> Self {
        Self { pointer: pointer.to_owned(), keyword: keyword.to_owned(), reason: reason.into(), value: value.clone() }
    }
}
