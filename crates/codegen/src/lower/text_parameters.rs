//! Lists and objects in headers and paths are texts that the caller writes: progenitor knows no form for them.

use serde_json::{Value, json};

use super::{Lowering, each_parameter::each_parameter};
use crate::document::{referenced, text};

pub(super) fn run(lowering: &mut Lowering) {
    let schemas = lowering.document.pointer("/components/schemas").cloned().unwrap_or_default();
    each_parameter(&mut lowering.document, |parameter| {
        if matches!(text(parameter, "in"), "header" | "path") {
            let schema = parameter.get("schema").unwrap_or(&Value::Null);
            if !is_scalar(schema, &schemas) {
                parameter["schema"] = json!({"type": "string"});
            }
        }
    });
}

/// Whether a schema, or the component that it refers to, is one value.
pub(crate) fn is_scalar(schema: &Value, schemas: &Value) -> bool {
    let referred = referenced(schema, "schemas").and_then(|name| schemas.get(name)).unwrap_or(schema);
    matches!(text(referred, "type"), "string" | "integer" | "number" | "boolean")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lists_and_objects_become_texts() {
        let parameter = |name: &str, place: &str, schema: Value| json!({"name": name, "in": place, "schema": schema});
        let list = json!({"type": "array", "items": {"type": "string"}});
        let document = json!({"openapi": "3.0.3", "paths": {"/a": {"get": {"parameters": [
            parameter("a", "header", list.clone()), parameter("b", "header", json!({"type": "integer"})), parameter("c", "query", list.clone()),
            parameter("d", "header", json!({"$ref": "#/components/schemas/D"}))]}}},
            "components": {"schemas": {"D": {"type": "object"}}}});
        let lowered = crate::lower::lower(&document).document;
        let types: Vec<_> =
            (0..4).map(|at| lowered.pointer(&format!("/paths/~1a/get/parameters/{at}/schema/type")).cloned()).collect();
        assert_eq!(types, [Some(json!("string")), Some(json!("integer")), Some(json!("array")), Some(json!("string"))]);
    }
}
