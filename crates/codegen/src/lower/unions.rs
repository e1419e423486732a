//! Generates unions of objects as enums of this crate. Decoding selects the variant by the discriminator, else the
//! variant that defines most properties of the value. typify gets an object with a property for each variant, which
//! gives the variants their types.

use std::collections::BTreeSet;

use openapi::{
    free_name,
    queries::{referenced, text},
};
use serde_json::{Map, Value, json};

use super::{Lowering, tags::tags};
use crate::{
    annotation::wrapped_reference,
    model::{Union, Variant},
    naming,
};

pub(super) fn run(lowering: &mut Lowering) {
    let mut parts = BTreeSet::new();
    composed(&lowering.document, &mut parts);
    if !lowering.schemas().values().any(|schema| schema.get("oneOf").is_some() || schema.get("anyOf").is_some()) {
        return;
    }
    // the schemas before this pass: afterwards the properties of a union are its variants
    let schemas = lowering.schemas().clone();
    for (name, union) in &schemas {
        let one_of = any_of_as_one_of(union, &schemas);
        lowering.schemas().extend(one_of.clone().map(|one_of| (name.clone(), one_of)));
        let union = one_of.as_ref().unwrap_or(union);
        if let Some(merged) = merged(union, &schemas) {
            lowering.schemas().insert(name.clone(), merged);
            continue;
        }
        let Some(subschemas) = variants_of(name, union, &schemas).filter(|_| !parts.contains(name)) else { continue };
        let description = union.get("description").cloned();
        let tag = union.get("discriminator").and_then(|one| one.get("propertyName")?.as_str());
        let tag = tag.map(str::to_owned);
        let mapping = union.pointer("/discriminator/mapping").and_then(Value::as_object);
        let mut taken = BTreeSet::new();
        let mut variants = Vec::new();
        let mut properties = Map::new();
        let targets: Vec<Option<String>> =
            subschemas.iter().map(|subschema| wrapped_reference(subschema).map(str::to_owned)).collect();
        let tags = tags(&targets, tag.as_deref(), mapping, &schemas, lowering);
        for ((subschema, target), tags) in subschemas.into_iter().zip(&targets).zip(tags) {
            let mut known = BTreeSet::new();
            property_names(&subschema, &schemas, &mut known, 0);
            // a variant has one name in the request type and the response type
            let response_name = |name| lowering.model.request_views.get(name).map_or(name, String::as_str);
            let variant = variant_name(response_name(name), &subschema, target.as_deref().map(response_name));
            let variant = free_name(&variant, |name| taken.contains(name));
            taken.insert(variant.clone());
            variants.push(Variant { name: variant, tags, known: known.into_iter().collect() });
            properties.insert(format!("v{}", properties.len()), subschema);
        }
        // a discriminator that selects fewer than two variants is ignored
        let tag = tag.filter(|_| variants.iter().filter(|variant| !variant.tags.is_empty()).count() > 1);
        let required: Vec<_> = properties.keys().cloned().collect();
        let mut schema = json!({"type": "object", "properties": properties, "required": required});
        if let Some(description) = description {
            schema["description"] = description;
        }
        lowering.schemas().insert(name.clone(), schema);
        let falls_back = lowering.model.fallbacks.contains(name);
        lowering.model.unions.insert(name.clone(), Union { tag, variants, falls_back });
    }
}

/// Converts an `anyOf` without objects to `oneOf`: a value that matches several variants is the same value in each.
fn any_of_as_one_of(schema: &Value, schemas: &Map<String, Value>) -> Option<Value> {
    let variants = schema.get("anyOf").and_then(Value::as_array).filter(|variants| !variants.is_empty())?;
    if schema.get("oneOf").is_some() || variants.iter().any(|variant| is_object(variant, schemas, 0)) {
        return None;
    }
    let mut one_of = schema.as_object()?.clone();
    let variants = one_of.remove("anyOf")?;
    one_of.insert("oneOf".to_owned(), variants);
    Some(Value::Object(one_of))
}

/// Returns the variants of a schema that is a union without other constraints and contains objects or, recursively,
/// itself. typify's enums would copy a recursive array at every level, and decode it with every variant.
fn variants_of(name: &str, schema: &Value, schemas: &Map<String, Value>) -> Option<Vec<Value>> {
    let map = schema.as_object()?;
    let keyword = ["oneOf", "anyOf"].into_iter().find(|keyword| map.contains_key(*keyword))?;
    let plain = map.keys().all(|key| [keyword, "discriminator", "description", "type"].contains(&key.as_str()));
    let variants = map.get(keyword)?.as_array()?;
    let has_objects = || variants.iter().any(|variant| is_object(variant, schemas, 0));
    let is_generated = || has_objects() || is_recursive(name, schema, schemas);
    (plain && variants.len() > 1 && is_generated()).then(|| variants.clone())
}

/// Whether a component references itself, directly or through others.
fn is_recursive(name: &str, schema: &Value, schemas: &Map<String, Value>) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![schema];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => {
                if let Some(target) = referenced(value, "schemas") {
                    if target == name {
                        return true;
                    }
                    open.extend(schemas.get(target).filter(|_| seen.insert(target)));
                }
                open.extend(map.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    false
}

/// Merges an `anyOf` of objects, of which a value may match several, if shared properties have equal schemas. The
/// merged object has all properties; those are required that every variant requires.
fn merged(schema: &Value, schemas: &Map<String, Value>) -> Option<Value> {
    let variants = schema.get("anyOf").and_then(Value::as_array).filter(|variants| variants.len() > 1)?;
    let map = schema.as_object()?;
    if map.keys().any(|key| !["anyOf", "description", "type"].contains(&key.as_str())) {
        return None;
    }
    let mut properties = Map::new();
    let mut required: Option<BTreeSet<String>> = None;
    for variant in variants {
        let mut object = Object::default();
        gather(variant, schemas, &mut object, 0)?;
        for (name, property) in object.properties {
            match properties.get(&name) {
                Some(known) if bare(known) != bare(&property) => return None,
                _ => drop(properties.insert(name, property)),
            }
        }
        required = Some(match required {
            Some(required) => required.intersection(&object.required).cloned().collect(),
            None => object.required,
        });
    }
    let mut merged = json!({"type": "object", "properties": properties});
    if let Some(required) = required.filter(|required| !required.is_empty()) {
        merged["required"] = required.into_iter().collect();
    }
    if let Some(description) = map.get("description") {
        merged["description"] = description.clone();
    }
    Some(merged)
}

#[derive(Default)]
struct Object {
    properties: Map<String, Value>,
    required: BTreeSet<String>,
}

/// Collects the properties of a schema and its `allOf` parts; `None` if it has other keywords.
fn gather(schema: &Value, schemas: &Map<String, Value>, found: &mut Object, depth: u8) -> Option<()> {
    if depth > 16 {
        return None;
    }
    if let Some(name) = referenced(schema, "schemas") {
        return gather(schemas.get(name)?, schemas, found, depth + 1);
    }
    let map = schema.as_object()?;
    let known = ["type", "properties", "required", "description", "allOf"];
    if map.keys().any(|key| !known.contains(&key.as_str())) || !matches!(text(schema, "type"), "" | "object") {
        return None;
    }
    for part in map.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        gather(part, schemas, found, depth + 1)?;
    }
    for (name, property) in map.get("properties").and_then(Value::as_object).into_iter().flatten() {
        if found.properties.get(name).is_some_and(|known| bare(known) != bare(property)) {
            return None;
        }
        found.properties.insert(name.clone(), property.clone());
    }
    let required = map.get("required").and_then(Value::as_array).into_iter().flatten();
    found.required.extend(required.filter_map(Value::as_str).map(str::to_owned));
    (map.contains_key("properties") || map.contains_key("allOf")).then_some(())
}

/// Returns a property without its description.
fn bare(property: &Value) -> Value {
    let mut bare = property.clone();
    if let Some(bare) = bare.as_object_mut() {
        bare.remove("description");
    }
    bare
}

/// Whether a schema describes objects with properties.
fn is_object(schema: &Value, schemas: &Map<String, Value>, depth: u8) -> bool {
    // reference cycles are rejected elsewhere
    if depth > 16 {
        return false;
    }
    if let Some(name) = wrapped_reference(schema) {
        return schemas.get(name).is_some_and(|schema| is_object(schema, schemas, depth + 1));
    }
    let parts = |keyword| schema.get(keyword).and_then(Value::as_array).is_some_and(|parts| !parts.is_empty());
    schema.get("properties").is_some()
        || parts("allOf")
        || parts("oneOf")
        || parts("anyOf")
        || text(schema, "type") == "object"
}

/// Collects the property names of a schema and its subschemas.
fn property_names(schema: &Value, schemas: &Map<String, Value>, found: &mut BTreeSet<String>, depth: u8) {
    collect_names(schema, schemas, found, &mut BTreeSet::new(), depth);
}

fn collect_names<'d>(
    schema: &'d Value,
    schemas: &'d Map<String, Value>,
    found: &mut BTreeSet<String>,
    seen: &mut BTreeSet<&'d str>,
    depth: u8,
) {
    if depth > 16 {
        return;
    }
    if let Some(name) = referenced(schema, "schemas").filter(|name| seen.insert(name))
        && let Some(schema) = schemas.get(name)
    {
        collect_names(schema, schemas, found, seen, depth + 1);
    }
    found.extend(schema.get("properties").and_then(Value::as_object).into_iter().flat_map(|map| map.keys().cloned()));
    for keyword in ["allOf", "oneOf", "anyOf"] {
        for part in schema.get(keyword).and_then(Value::as_array).into_iter().flatten() {
            collect_names(part, schemas, found, seen, depth + 1);
        }
    }
}

fn variant_name(union: &str, variant: &Value, target: Option<&str>) -> String {
    // without the prefix that repeats the name of the union
    let short = |name: &str| {
        name.strip_prefix(union).filter(|rest| rest.starts_with(|c: char| c.is_uppercase())).unwrap_or(name).to_owned()
    };
    match (target, text(variant, "type")) {
        (Some(name), _) => short(name),
        (None, "string") => "Text".to_owned(),
        (None, "array") => "List".to_owned(),
        (None, "") => "Other".to_owned(),
        (None, ty) => naming::pascal(ty),
    }
}

/// Collects the components that others extend by `allOf`: typify merges them, so that they must stay unchanged.
fn composed(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            if let Some(parts) = map.get("allOf").and_then(Value::as_array) {
                let alone = parts.len() == 1 && !map.contains_key("properties");
                found.extend(
                    parts.iter().filter(|_| !alone).filter_map(|part| referenced(part, "schemas")).map(str::to_owned),
                );
            }
            map.values().for_each(|value| composed(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| composed(value, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn unions_of_objects_have_tags_and_known_properties() {
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let lowering = crate::pipeline::tests::lower(&json!({"openapi": "3.0.3", "components": {"schemas": {
            "pet": {"oneOf": [reference("cat"), reference("dog")], "discriminator": {"propertyName": "kind",
                "mapping": {"KAT": "#/components/schemas/cat"}}},
            "cat": {"type": "object", "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}},
            "dog": {"allOf": [reference("cat"), {"type": "object", "properties": {"tricks": {"type": "integer"}}}]},
            "either": {"oneOf": [{"type": "string"}, {"type": "object", "properties": {"a": {"type": "string"}}}]},
            "texts": {"oneOf": [{"type": "string"}, {"type": "integer"}]},
            "lists": {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
            "tree": {"oneOf": [{"type": "string"}, {"type": "array", "items": reference("twig")}]},
            "twig": {"anyOf": [{"type": "integer"}, reference("tree")]},
            "any": {"anyOf": [reference("cat"), reference("dog")]},
            "part": {"oneOf": [reference("cat"), reference("dog")]},
            "zoo": {"anyOf": [reference("pet"), {"type": "object", "properties": {"name": {"type": "string"}}}]},
            "whole": {"allOf": [reference("part"), {"type": "object", "properties": {"x": {"type": "string"}}}]},
        }}}));
        let pet = &lowering.model.unions["Pet"];
        assert_eq!(pet.tag.as_deref(), Some("kind"));
        let shown: Vec<_> =
            pet.variants.iter().map(|one| (one.name.as_str(), one.tags.join(","), one.known.join(","))).collect();
        assert_eq!(
            shown,
            [("Cat", "KAT".into(), "kind,lives".into()), ("Dog", "dog".into(), "kind,lives,tricks".into())]
        );
        let either: Vec<_> = lowering.model.unions["Either"].variants.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(either, ["Text", "Variant2"]);
        // a variant that is a union has the properties of its own variants
        let zoo: Vec<_> = lowering.model.unions["Zoo"].variants.iter().map(|one| one.known.join(",")).collect();
        assert_eq!(zoo, ["kind,lives,tricks", "name"]);
        assert!(!lowering.model.unions.contains_key("Texts") && !lowering.model.unions.contains_key("Lists"));
        let tree: Vec<_> = lowering.model.unions["Tree"].variants.iter().map(|one| one.name.as_str()).collect();
        assert_eq!((tree, lowering.model.unions.contains_key("Twig")), (vec!["Text", "List"], true));
        let any = &lowering.document["components"]["schemas"]["Any"];
        let keys = |key: &str| any[key].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(
            (keys("properties"), &any["required"]),
            (vec!["kind".into(), "lives".into(), "tricks".into()], &json!(null))
        );
    }
}
