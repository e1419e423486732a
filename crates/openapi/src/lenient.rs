//! Spellings of real documents that OpenAPI does not define, accepted leniently.

/// Returns the JSON Schema type for a common type name that JSON Schema does not define.
#[must_use]
pub fn lenient_type(ty: &str) -> Option<&'static str> {
    match ty {
        "float" | "double" | "decimal" => Some("number"),
        "int" | "long" => Some("integer"),
        "bool" => Some("boolean"),
        _ => None,
    }
}
