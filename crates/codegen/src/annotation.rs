//! Keywords that restrict no value, and references beside such keywords.

use openapi::queries::referenced;
use serde_json::Value;

/// Keywords that restrict no value.
const ANNOTATIONS: &[&str] = &[
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "xml",
    "discriminator",
    // restricts nothing: it adds null to the values of a type
    "nullable",
];

/// Whether a keyword restricts no value.
pub(crate) fn is_annotation(keyword: &str) -> bool {
    ANNOTATIONS.contains(&keyword) || keyword.starts_with("x-")
}

/// Returns the name of the component that a schema references, directly or in an `allOf` beside annotations.
pub(crate) fn wrapped_reference(schema: &Value) -> Option<&str> {
    if let Some(name) = referenced(schema, "schemas") {
        return Some(name);
    }
    let map = schema.as_object()?;
    let [part] = map.get("allOf")?.as_array()?.as_slice() else { return None };
    map.keys().all(|key| key == "allOf" || is_annotation(key)).then(|| referenced(part, "schemas"))?
}
