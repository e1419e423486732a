//! Spellings outside of OpenAPI that real documents use, with what they mean.

/// Returns the type that a common name outside of JSON Schema means.
#[must_use]
pub fn meant_type(ty: &str) -> Option<&'static str> {
    match ty {
        "float" | "double" | "decimal" => Some("number"),
        "int" | "long" => Some("integer"),
        "bool" => Some("boolean"),
        _ => None,
    }
}
