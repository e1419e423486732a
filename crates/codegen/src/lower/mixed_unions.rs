//! A union beside properties, or among the parts of a composition: each branch takes what stands beside the union, and
//! the whole becomes a union and nothing else.

use openapi::queries::{referenced, schema_reference};
use serde_json::{Map, Value, json};

use super::Lowering;
use crate::{
    coverage::{Fate, Place},
    naming,
};

pub(super) fn run(lowering: &mut Lowering) {
    for name in lowering.schemas().keys().cloned().collect::<Vec<_>>() {
        let mut schema = lowering.schemas().get(&name).and_then(Value::as_object).cloned().unwrap_or_default();
        let mut changed = false;
        for keyword in ["oneOf", "anyOf"] {
            if only_demands(&schema, keyword) {
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

/// Whether the branches of a union beside properties say no more than which of them must be there.
pub(crate) fn only_demands(schema: &Map<String, Value>, keyword: &str) -> bool {
    let says_no_more = |branch: &Value| {
        branch.as_object().is_some_and(|branch| {
            branch.keys().all(|key| {
                ["required", "not", "description", "type"].contains(&key.as_str())
                    || key.starts_with("x-")
                    || key == "title"
            })
        })
    };
    has_siblings(schema)
        && schema.get(keyword).and_then(Value::as_array).is_some_and(|branches| branches.iter().all(says_no_more))
}

/// Whether something stands beside a union that describes an object.
fn has_siblings(schema: &Map<String, Value>) -> bool {
    ["properties", "allOf", "additionalProperties"].iter().any(|keyword| schema.contains_key(*keyword))
}

/// Takes the one union out of a schema that is more than a union. Of several, typify has to make what it can.
fn split(schema: &mut Map<String, Value>, schemas: &Map<String, Value>) -> Option<Map<String, Value>> {
    let own: Vec<&str> = ["oneOf", "anyOf"].into_iter().filter(|keyword| schema.contains_key(*keyword)).collect();
    let parts = schema.get("allOf").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let unions: Vec<(usize, Map<String, Value>)> =
        parts.iter().enumerate().filter_map(|(at, part)| Some((at, union_of(part, schemas)?))).collect();
    match (own.as_slice(), unions.as_slice()) {
        ([keyword], []) if has_siblings(schema) => {
            let keyword = (*keyword).to_owned();
            let branches = schema.remove(&keyword)?;
            let mut union = Map::from_iter([(keyword, branches)]);
            union.extend(schema.remove_entry("discriminator"));
            Some(union)
        }
        ([], [(at, union)]) if parts.len() > 1 || schema.contains_key("properties") => {
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

/// A schema, or the component that it refers to, if it is a union and nothing else.
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

/// Makes `name` a union whose branches are each composed of `rest` and a branch of `union`.
fn distribute(lowering: &mut Lowering, name: &str, mut rest: Map<String, Value>, union: &Map<String, Value>) {
    let description = rest.remove("description");
    let base = lowering.free_name(&naming::child(name, "Base"));
    lowering.schemas().insert(base.clone(), Value::Object(rest));
    let mut whole = Map::new();
    let mut mapping = Map::new();
    for (keyword, branches) in union.iter().filter(|(keyword, _)| *keyword != "discriminator") {
        let mut made = Vec::new();
        for (index, branch) in branches.as_array().into_iter().flatten().enumerate() {
            let target = referenced(branch, "schemas").map(str::to_owned);
            let suffix = target.clone().unwrap_or_else(|| format!("Variant{}", index + 1));
            let variant = lowering.free_name(&naming::child(name, &suffix));
            lowering.schemas().insert(variant.clone(), json!({"allOf": [schema_reference(&base), branch]}));
            if let Some(target) = target {
                let tags = super::unions::tags(
                    &target,
                    union.get("discriminator").and_then(|one| one.get("mapping")?.as_object()),
                    lowering,
                );
                mapping
                    .extend(tags.into_iter().map(|tag| (tag, Value::from(format!("#/components/schemas/{variant}")))));
            }
            made.push(schema_reference(&variant));
        }
        whole.insert(keyword.clone(), made.into());
    }
    if let Some(property) = union.get("discriminator").and_then(|one| one.get("propertyName")) {
        whole.insert("discriminator".to_owned(), json!({"propertyName": property, "mapping": mapping}));
    }
    whole.extend(description.map(|text| ("description".to_owned(), text)));
    lowering.schemas().insert(name.to_owned(), Value::Object(whole));
}

/// Support for unions that only say which properties there must be.
pub(crate) fn fate(place: Place, key: &str, schema: &Value) -> Option<Fate> {
    let is_dropped = || schema.as_object().is_some_and(|schema| only_demands(schema, key));
    (place.is_schema() && matches!(key, "oneOf" | "anyOf") && is_dropped())
        .then_some(Err("which properties must be there together is not checked"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn each_branch_takes_what_stands_beside_the_union() {
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let object = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
        let document = json!({"components": {"schemas": {
            "A": object("a"), "B": object("b"), "U": {"oneOf": [reference("A"), reference("B")],
                "discriminator": {"propertyName": "a"}},
            "Beside": {"type": "object", "properties": {"x": {"type": "string"}}, "oneOf": [reference("A"),
                object("c")]},
            "Among": {"allOf": [reference("U"), object("z")], "description": "text"},
            "Demands": {"type": "object", "properties": {"a": {}, "b": {}}, "anyOf": [{"required": ["a"]},
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
        assert!(schemas["Demands"].get("anyOf").is_none());
        assert_eq!(schemas["Two"], json!({"allOf": [reference("U"), reference("U")]}));
    }
}
