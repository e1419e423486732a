//! Converts a union beside properties, or in an `allOf`, to a plain union: each variant is merged with the keywords
//! beside the union.

use openapi::queries::{referenced, schema_reference};
use serde_json::{Map, Value, json};

use super::{Lowering, inline_schemas::name_types_in, merge::merge_component, tags::tags};
use crate::{
    annotation::is_annotation,
    coverage::{Context, Coverage},
    naming,
};

pub(super) fn run(lowering: &mut Lowering) {
    for name in lowering.schemas().keys().cloned().collect::<Vec<_>>() {
        let mut schema = lowering.schemas().get(&name).and_then(Value::as_object).cloned().unwrap_or_default();
        let mut changed = false;
        for keyword in ["oneOf", "anyOf"] {
            if only_requires(&schema, keyword) {
                schema.remove(keyword);
                changed = true;
            }
        }
        if let Some(union) = split(&mut schema, lowering.schemas()) {
            distribute(lowering, &name, schema, &union);
        } else if changed {
            lowering.schemas().insert(name, Value::Object(schema));
        }
    }
}

/// Whether the variants of a union beside properties only require some of these properties.
pub(crate) fn only_requires(schema: &Map<String, Value>, keyword: &str) -> bool {
    let only_requires = |variant: &Value| {
        variant.as_object().is_some_and(|variant| {
            variant.keys().all(|key| {
                ["required", "not", "description", "type"].contains(&key.as_str())
                    || key.starts_with("x-")
                    || key == "title"
            })
        })
    };
    has_siblings(schema)
        && schema.get(keyword).and_then(Value::as_array).is_some_and(|variants| variants.iter().all(only_requires))
}

/// Whether a union has sibling keywords that describe an object.
fn has_siblings(schema: &Map<String, Value>) -> bool {
    ["properties", "allOf", "additionalProperties"].iter().any(|keyword| schema.contains_key(*keyword))
}

/// Removes the union from a schema that has other keywords too, and returns it. Several unions are left to typify.
fn split(schema: &mut Map<String, Value>, schemas: &Map<String, Value>) -> Option<Map<String, Value>> {
    let own: Vec<&str> = ["oneOf", "anyOf"].into_iter().filter(|keyword| schema.contains_key(*keyword)).collect();
    let parts = schema.get("allOf").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let unions: Vec<(usize, Map<String, Value>)> =
        parts.iter().enumerate().filter_map(|(at, part)| Some((at, union_of(part, schemas)?))).collect();
    match (own.as_slice(), unions.as_slice()) {
        ([keyword], []) if has_siblings(schema) => {
            let keyword = (*keyword).to_owned();
            let variants = schema.remove(&keyword)?;
            let mut union = Map::from_iter([(keyword, variants)]);
            union.extend(schema.remove_entry("discriminator"));
            Some(union)
        }
        ([], [(at, union)]) if parts.len() > 1 || schema.keys().any(|key| key != "allOf" && !is_annotation(key)) => {
            let (at, union) = (*at, union.clone());
            let parts = schema.get_mut("allOf")?.as_array_mut()?;
            parts.remove(at);
            if parts.is_empty() {
                schema.remove("allOf");
            }
            Some(union)
        }
        _ => None,
    }
}

/// Returns the union of a schema, or of the component that it references, if it has no sibling keywords.
fn union_of(part: &Value, schemas: &Map<String, Value>) -> Option<Map<String, Value>> {
    let schema = referenced(part, "schemas").and_then(|name| schemas.get(name)).unwrap_or(part).as_object()?;
    let unions = ["oneOf", "anyOf"].iter().filter(|keyword| schema.contains_key(**keyword)).count();
    (unions == 1 && !has_siblings(schema)).then(|| {
        schema
            .iter()
            .filter(|(key, _)| ["oneOf", "anyOf", "discriminator"].contains(&key.as_str()))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    })
}

/// Makes `name` a union of which each variant is an `allOf` of `rest` and a variant of `union`.
fn distribute(lowering: &mut Lowering, name: &str, mut rest: Map<String, Value>, union: &Map<String, Value>) {
    let description = rest.remove("description");
    let at = lowering.model.origins.get(name).cloned().unwrap_or_default();
    let base = lowering.free_name(&naming::child(name, "Base"));
    lowering.schemas().insert(base.clone(), Value::Object(rest));
    merge_with_names(lowering, &base, &at);
    let discriminator = union.get("discriminator");
    let property = discriminator.and_then(|one| one.get("propertyName")?.as_str());
    let given = discriminator.and_then(|one| one.get("mapping")?.as_object());
    let schemas = lowering.schemas().clone();
    let mut distributed = Map::new();
    let mut mapping = Map::new();
    for (keyword, variants) in union.iter().filter(|(keyword, _)| *keyword != "discriminator") {
        let mut references = Vec::new();
        let variants = variants.as_array().map_or(&[][..], Vec::as_slice);
        let targets: Vec<_> =
            variants.iter().map(|variant| referenced(variant, "schemas").map(str::to_owned)).collect();
        let tags = tags(&targets, property, given, &schemas, lowering);
        for (index, ((inner, target), tags)) in variants.iter().zip(targets).zip(tags).enumerate() {
            let suffix = target.unwrap_or_else(|| format!("Variant{}", index + 1));
            let variant = lowering.free_name(&naming::child(name, &suffix));
            let composed = json!({"allOf": [schema_reference(&base), inner]});
            lowering.schemas().insert(variant.clone(), composed);
            merge_with_names(lowering, &variant, &at);
            mapping.extend(tags.into_iter().map(|tag| (tag, Value::from(format!("#/components/schemas/{variant}")))));
            references.push(schema_reference(&variant));
        }
        distributed.insert(keyword.clone(), references.into());
    }
    if let Some(property) = property {
        distributed.insert("discriminator".to_owned(), json!({"propertyName": property, "mapping": mapping}));
    }
    distributed.extend(description.map(|text| ("description".to_owned(), text)));
    lowering.schemas().insert(name.to_owned(), Value::Object(distributed));
}

/// Merges a composition that this pass made, if several subschemas define a property.
fn merge_with_names(lowering: &mut Lowering, name: &str, origin: &str) {
    if merge_component(lowering, name, origin) {
        name_types_in(lowering, name);
    }
}

/// Returns the coverage of unions that only require properties.
pub(crate) fn coverage(context: Context, key: &str, schema: &Value) -> Option<Coverage> {
    let is_dropped = || schema.as_object().is_some_and(|schema| only_requires(schema, key));
    (context.is_schema() && matches!(key, "oneOf" | "anyOf") && is_dropped())
        .then_some(Err("not enforced: these variants only require properties"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn merges_each_variant_with_the_siblings_of_the_union() {
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let object = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
        let document = json!({"components": {"schemas": {
            "A": object("a"), "B": object("b"), "U": {"oneOf": [reference("A"), reference("B")],
                "discriminator": {"propertyName": "a"}},
            "Beside": {"type": "object", "properties": {"x": {"type": "string"}}, "oneOf": [reference("A"),
                object("c")]},
            "Among": {"allOf": [reference("U"), object("z")], "description": "text"},
            "Requires": {"type": "object", "properties": {"a": {}, "b": {}}, "anyOf": [{"required": ["a"]},
                {"required": ["b"]}]},
            "Two": {"allOf": [reference("U"), reference("U")]}}}});
        let mut lowering = crate::lower::Lowering::of(document);
        super::run(&mut lowering);
        let schemas = lowering.schemas();
        assert_eq!(schemas["Beside"], json!({"oneOf": [reference("BesideA"), reference("BesideVariant2")]}));
        assert_eq!(schemas["BesideVariant2"], json!({"allOf": [reference("BesideBase"), object("c")]}));
        assert_eq!(schemas["BesideBase"], object("x"));
        assert_eq!(
            schemas["Among"],
            json!({"oneOf": [reference("AmongA"), reference("AmongB")], "description": "text",
                "discriminator": {"propertyName": "a",
                "mapping": {"A": "#/components/schemas/AmongA", "B": "#/components/schemas/AmongB"}}})
        );
        assert_eq!(schemas["AmongBase"], json!({"allOf": [object("z")]}));
        assert!(schemas["Requires"].get("anyOf").is_none());
        assert_eq!(schemas["Two"], json!({"allOf": [reference("U"), reference("U")]}));
    }
}
