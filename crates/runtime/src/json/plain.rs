//! Values as JSON sees them.

use serde::Serialize;
use serde_json::Value;

/// A value as JSON sees it.
pub(crate) fn plain(value: &impl Serialize) -> Result<Value, String> {
    // by way of its text, so that an f32 keeps the digits that it was written with
    let written = serde_json::to_string(value).and_then(|text| serde_json::from_str(&text));
    written.map_err(|error| format!("cannot be written: {error}"))
}
