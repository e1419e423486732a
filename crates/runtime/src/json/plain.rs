//! Rust values as JSON values.

use serde::Serialize;
use serde_json::Value;

/// Converts a value to JSON.
pub(crate) fn plain(value: &impl Serialize) -> Result<Value, String> {
    // by its text, so that an f32 keeps the digits that it is written with
    let written = serde_json::to_string(value).and_then(|text| serde_json::from_str(&text));
    written.map_err(|error| format!("cannot be encoded: {error}"))
}
