//! Moves `nullable` from components to the references that target them.

use std::collections::BTreeSet;

use openapi::queries::{is_true, referenced};
use serde_json::{Value, json};

use super::Lowering;
use crate::coverage::{Context, Coverage};

pub(super) fn run(lowering: &mut Lowering) {
    let mut names = BTreeSet::new();
    for (name, schema) in lowering.schemas().iter_mut().filter(|(_, schema)| is_true(schema, "nullable")) {
        if let Some(schema) = schema.as_object_mut() {
            schema.remove("nullable");
        }
        names.insert(name.clone());
    }
    if !names.is_empty() {
        follow(&mut lowering.document, &names);
    }
}

fn follow(value: &mut Value, names: &BTreeSet<String>) {
    if referenced(value, "schemas").is_some_and(|name| names.contains(name)) {
        *value = json!({"allOf": [value.take()], "nullable": true});
        return;
    }
    match value {
        Value::Object(map) => {
            for (key, child) in map {
                // a reference in a composition is not nullable by itself
                match child {
                    Value::Array(parts) if matches!(key.as_str(), "allOf" | "oneOf" | "anyOf") => {
                        parts.iter_mut().filter(|part| part.get("$ref").is_none()).for_each(|part| follow(part, names));
                    }
                    child => follow(child, names),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|child| follow(child, names)),
        _ => {}
    }
}

/// Returns the coverage of `nullable` in subschemas of compositions.
pub(crate) fn coverage(context: Context, key: &str) -> Option<Coverage> {
    match (context, key) {
        (Context::PartSchema, "nullable") => Some(Err("not enforced in a single subschema of a composition")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn moves_nullable_to_references() {
        let reference = json!({"$ref": "#/components/schemas/Maybe"});
        let schemas = crate::pipeline::tests::schemas(json!({
            "Maybe": {"type": "object", "nullable": true, "properties": {"next": reference}},
            "Both": {"allOf": [reference, {"properties": {"a": {"type": "string"}}}]},
        }));
        let wrapped = json!({"allOf": [reference], "nullable": true});
        assert_eq!(
            schemas["Maybe"],
            json!({"type": "object", "description": "May be null.", "properties": {"next": wrapped}})
        );
        assert_eq!(schemas["Both"]["allOf"][0], reference);
    }
}
