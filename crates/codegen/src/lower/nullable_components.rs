//! A component that may be null becomes one that may not, and null is allowed where it is referred to.

use std::collections::BTreeSet;

use openapi::queries::{is_true, referenced};
use serde_json::{Value, json};

use super::Lowering;
use crate::coverage::{Fate, Place};

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
                // a part of a composition is not null by itself
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

/// Support for `nullable` in parts of compositions.
pub(crate) fn fate(place: Place, key: &str) -> Option<Fate> {
    match (place, key) {
        (Place::PartSchema, "nullable") => Some(Err("null of one part of a composition is not told apart")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn null_moves_from_the_component_to_where_it_is_referred_to() {
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
