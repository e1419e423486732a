//! Conversion of Rust values to JSON values.

use serde::Serialize;
use serde_json::Value;

/// Converts a value to JSON.
///
/// # Errors
/// The reason, as a phrase that follows the value's name.
pub(crate) fn plain(value: &impl Serialize) -> Result<Value, String> {
    // via text, so that an `f32` keeps its shortest decimal form
    let written = serde_json::to_string(value).and_then(|text| serde_json::from_str(&text));
    written.map_err(|error| format!("cannot be encoded as JSON: {error}"))
}
