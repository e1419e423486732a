//! Replaces a base with a discriminator by a union of its subtypes: a reference to the base accepts any of them.

use std::collections::BTreeMap;

use openapi::queries::{referenced, schema_reference};
use serde_json::{Map, Value, json};

use super::Lowering;
use crate::naming;

pub(super) fn run(lowering: &mut Lowering) {
    let has_discriminator = |schema: &Value| schema.get("discriminator").is_some();
    if !lowering.schemas().values().any(has_discriminator) {
        return;
    }
    let schemas = lowering.schemas().clone();
    let bases: Vec<&String> = schemas
        .iter()
        .filter(|(_, schema)| schema.pointer("/discriminator/propertyName").is_some_and(Value::is_string))
        .filter(|(_, schema)| schema.get("oneOf").is_none() && schema.get("anyOf").is_none())
        .map(|(name, _)| name)
        .collect();
    let mut renamed = BTreeMap::new();
    for name in bases {
        let subtypes = subtypes(&schemas, name);
        if subtypes.is_empty() {
            continue;
        }
        let base = lowering.free_name(&naming::child(name, "Base"));
        let mut plain = schemas[name.as_str()].clone();
        let discriminator = plain.as_object_mut().and_then(|plain| plain.remove("discriminator"));
        lowering.schemas().insert(base.clone(), plain);
        lowering.moved.copied(&base, name);
        // the base itself accepts values whose discriminator names no subtype
        let variants: Vec<Value> = subtypes.iter().chain([&base]).map(|name| schema_reference(name)).collect();
        let union = json!({"oneOf": variants, "discriminator": with_base(discriminator, name, &base)});
        lowering.schemas().insert(name.clone(), union);
        lowering.model.fallbacks.insert(name.clone());
        renamed.insert(name.clone(), base);
    }
    if !renamed.is_empty() {
        for schema in lowering.schemas().values_mut() {
            extend_base(schema, &renamed, true);
        }
        if let Some(paths) = lowering.document.get_mut("paths") {
            extend_base(paths, &renamed, false);
        }
    }
}

/// Maps the name of the base to the base, unless the document maps that name to another schema.
fn with_base(discriminator: Option<Value>, name: &str, base: &str) -> Value {
    let mut discriminator = discriminator.unwrap_or_default();
    let mapping = openapi::queries::object_at(&mut discriminator, &["mapping"]);
    for target in mapping.values_mut() {
        if target.as_str().is_some_and(|target| target.rsplit('/').next() == Some(name)) {
            *target = format!("#/components/schemas/{base}").into();
        }
    }
    mapping.entry(name).or_insert_with(|| format!("#/components/schemas/{base}").into());
    discriminator
}

/// Returns the names of all schemas that extend `name` by `allOf`, directly or through others.
fn subtypes(schemas: &Map<String, Value>, name: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = vec![name.to_owned()];
    while let Some(next) = open.pop() {
        for (subtype, schema) in schemas {
            let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
            let is_subtype = parts.filter_map(|part| referenced(part, "schemas")).any(|part| part == next);
            if is_subtype && subtype != name && !found.contains(subtype) {
                found.push(subtype.clone());
                open.push(subtype.clone());
            }
        }
    }
    found.sort();
    found
}

/// Makes subtypes extend the plain base instead of the union. An `allOf` of one part is only a reference with a
/// description, unless it is a component.
fn extend_base(value: &mut Value, renamed: &BTreeMap<String, String>, is_component: bool) {
    match value {
        Value::Object(map) => {
            if let Some(Value::Array(parts)) = map.get_mut("allOf") {
                let several = parts.len() > 1 || is_component;
                for part in parts.iter_mut().filter(|_| several) {
                    if let Some(base) = referenced(part, "schemas").and_then(|name| renamed.get(name)) {
                        *part = schema_reference(base);
                    }
                }
            }
            map.values_mut().for_each(|value| extend_base(value, renamed, false));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| extend_base(value, renamed, false)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn a_base_becomes_a_union_of_its_subtypes_and_itself() {
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let document = json!({"components": {"schemas": {
                "Pet": {"type": "object", "discriminator": {"propertyName": "kind", "mapping": {"kitty": "Cat"}},
                    "properties": {"kind": {"type": "string"}}},
                "Cat": {"allOf": [reference("Pet"), {"type": "object"}]},
                "Lion": {"allOf": [reference("Cat")]},
                "Owner": {"type": "object", "properties": {"pet": {"allOf": [reference("Pet")], "description": "one"}}},
                "Alone": {"type": "object", "discriminator": {"propertyName": "kind"}}}}});
        let mut lowering = crate::lower::Lowering::of(document);
        super::run(&mut lowering);
        let schemas = lowering.schemas();
        assert_eq!(
            schemas["Pet"],
            json!({"oneOf": [reference("Cat"), reference("Lion"), reference("PetBase")],
                "discriminator": {"propertyName": "kind",
                "mapping": {"kitty": "Cat", "Pet": "#/components/schemas/PetBase"}}})
        );
        assert_eq!(schemas["Cat"]["allOf"][0], reference("PetBase"));
        assert_eq!(schemas["Lion"]["allOf"][0], reference("Cat"));
        assert_eq!(schemas["Owner"]["properties"]["pet"]["allOf"][0], reference("Pet"));
        assert!(schemas["PetBase"].get("discriminator").is_none() && schemas["Alone"].get("oneOf").is_none());
    }
}
