//! Hoists inline schemas that a `$ref` targets into components, and rewrites the references to their names.

use std::collections::{BTreeMap, BTreeSet};

use openapi::{
    free_name,
    kind::{Kind, change_each, each_value, reference},
    pointer,
    queries::{object_at, schema_reference},
    references::{Resolver, Target, name_of},
};
use serde_json::{Map, Value};

use super::Normalizing;

pub(super) fn run(normalizing: &mut Normalizing) {
    // most documents only reference components
    if !normalizing.document.is_object() || all_by_name(&normalizing.document, "") {
        return;
    }
    let targets = targets(&normalizing.document);
    let known = normalizing.document.pointer("/components/schemas").and_then(Value::as_object);
    let mut taken: BTreeSet<String> = known.into_iter().flat_map(Map::keys).cloned().collect();
    let mut names = BTreeMap::new();
    let mut hoisted = Vec::new();
    for at in targets {
        let name = component(&at).unwrap_or_else(|| {
            let name = free_name(&name_of(&at, "Schema"), |name| taken.contains(name));
            taken.insert(name.clone());
            hoisted.push((at.clone(), name.clone()));
            name
        });
        names.insert(at, name);
    }
    refer_by_name(normalizing, &names);
    // inner schemas first: the outer ones then contain the reference
    hoisted.sort_by_key(|(at, _)| std::cmp::Reverse(at.len()));
    for (at, name) in hoisted {
        let Some(inline) = normalizing.document.pointer_mut(&at) else { continue };
        let schema = std::mem::replace(inline, schema_reference(&name));
        normalizing.moved.insert(pointer::join("/components/schemas", &name), at);
        object_at(&mut normalizing.document, &["components", "schemas"]).insert(name, schema);
    }
    // definitions that are referenced are components now
    change_each(&mut normalizing.document, Kind::Root, &mut |value, kind| {
        if let Some(schema) = value.as_object_mut().filter(|_| kind.is_schema()) {
            schema.retain(|keyword, _| !matches!(keyword.as_str(), "$defs" | "definitions"));
        }
    });
}

/// Keywords whose values are maps of arbitrary names.
const NAMED: &[&str] = &[
    "properties",
    "patternProperties",
    "schemas",
    "responses",
    "parameters",
    "headers",
    "requestBodies",
    "pathItems",
    "paths",
];

/// Whether every reference targets a component by its plain name, and no schema has definitions. False negatives only
/// cost time.
fn all_by_name(value: &Value, under: &str) -> bool {
    match value {
        Value::Object(map) => map.iter().all(|(key, value)| match (key.as_str(), value) {
            // examples are data, unless `example` is the name of an entry
            ("example" | "examples", _) if !NAMED.contains(&under) => true,
            ("$defs" | "definitions", _) => false,
            ("$ref", Value::String(target)) => {
                let mut segments = target.strip_prefix("#/components/").unwrap_or_default().split('/');
                let plain = |segment: &str| !segment.is_empty() && !segment.contains(['%', '~']);
                segments.next().is_some_and(plain) && segments.next().is_some_and(plain) && segments.next().is_none()
            }
            (key, value) => all_by_name(value, key),
        }),
        Value::Array(items) => items.iter().all(|item| all_by_name(item, "")),
        _ => true,
    }
}

/// Returns the pointers that references to schemas target, sorted.
fn targets(document: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let resolver = Resolver::new(document);
    each_value(document, &mut |value, kind, _| {
        if let Some(target) =
            reference(value, kind).filter(|_| kind.is_schema()).and_then(|text| target(document, &resolver, text))
        {
            found.insert(target);
        }
    });
    found
}

/// Returns the pointer that a reference targets, if that is a schema. Validation reports other references.
fn target(document: &Value, resolver: &Resolver<'_>, text: &str) -> Option<String> {
    let Target { pointer: at, value } = resolver.resolve(text)?;
    let kind = Kind::of_pointer(document, &at);
    let fits = kind.is_schema() || (kind == Kind::Data && is_definition(&at));
    (fits && (value.is_object() || value.is_boolean())).then_some(at)
}

/// Whether a pointer is in a section that holds schemas by convention, outside of what OpenAPI defines.
fn is_definition(at: &str) -> bool {
    pointer::segments(at).any(|segment| matches!(segment.as_str(), "definitions" | "$defs" | "schemas"))
}

/// Returns the name in a pointer to a component schema.
fn component(at: &str) -> Option<String> {
    let mut segments = pointer::segments(at.strip_prefix("/components/schemas")?);
    segments.next().filter(|_| segments.next().is_none())
}

fn refer_by_name(normalizing: &mut Normalizing, names: &BTreeMap<String, String>) {
    let original = std::mem::take(&mut normalizing.document);
    let mut document = original.clone();
    let resolver = Resolver::new(&original);
    rewrite(&mut document, Kind::Root, &mut |text| names.get(&target(&original, &resolver, text)?).cloned());
    normalizing.document = document;
}

fn rewrite(value: &mut Value, kind: Kind, name: &mut impl FnMut(&str) -> Option<String>) {
    change_each(value, kind, &mut |value, kind| {
        if let Some(name) = reference(value, kind).filter(|_| kind.is_schema()).and_then(&mut *name)
            && let Value::Object(schema) = value
        {
            let named: Map<String, Value> = schema_reference(&name).as_object().cloned().unwrap_or_default();
            schema.extend(named);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn moved(document: Value) -> Normalizing {
        let mut normalizing = Normalizing::of(document);
        run(&mut normalizing);
        normalizing
    }

    #[test]
    fn hoists_referenced_inline_schemas() {
        let media =
            |schema: Value| json!({"responses": {"200": {"content": {"application/json": {"schema": schema}}}}});
        let normalizing = moved(json!({
            "paths": {"/a": {"get": media(json!({"type": "object"})),
                "put": media(json!({"$ref": "#/paths/~1a/get/responses/200/content/application~1json/schema"}))}},
            "components": {"schemas": {
                "A": {"properties": {"b": {"type": "object", "properties": {"c": {"type": "string"}}}}},
                "C": {"$ref": "#/components/schemas/A/properties/b/properties/c"},
                "B": {"items": {"$ref": "#/components/schemas/A/properties/b"}},
                "D": {"$ref": "#/definitions/X"}}},
            "definitions": {"X": {"type": "integer"}},
        }));
        let name = |name: &str| schema_reference(name);
        assert_eq!(
            normalizing.document["components"]["schemas"],
            json!({"A": {"properties": {"b": name("b")}}, "b": {"type": "object", "properties": {"c": name("c")}},
                "c": {"type": "string"}, "C": name("c"), "B": {"items": name("b")}, "D": name("X"),
                "X": {"type": "integer"}, "a": {"type": "object"}})
        );
        let schema = |method: &str| {
            let at = format!("/paths/~1a/{method}/responses/200/content/application~1json/schema");
            normalizing.document.pointer(&at).cloned()
        };
        assert_eq!((schema("get"), schema("put")), (Some(name("a")), Some(name("a"))));
        assert_eq!(
            normalizing.moved.original("/components/schemas/b/properties/c/type"),
            "/components/schemas/A/properties/b/properties/c/type"
        );
        assert_eq!(
            normalizing.moved.original("/components/schemas/c/type"),
            "/components/schemas/A/properties/b/properties/c/type"
        );
        assert_eq!(normalizing.moved.original("/components/schemas/B/items"), "/components/schemas/B/items");
    }

    #[test]
    fn hoists_recursive_inline_schemas() {
        let normalizing = moved(json!({"components": {"schemas": {"Tree": {"properties": {"node": {"properties": {
            "next": {"$ref": "#/components/schemas/Tree/properties/node"}}}}}}}}));
        assert_eq!(
            normalizing.document["components"]["schemas"],
            json!({"Tree": {"properties": {"node": schema_reference("node")}},
                "node": {"properties": {"next": schema_reference("node")}}})
        );
    }

    #[test]
    fn unescapes_names_and_numbers_taken_ones() {
        let normalizing = moved(
            json!({"components": {"schemas": {"a b": {}, "c/d": {"properties": {"x": {}}}, "x": {}, "E": {"allOf": [
            {"$ref": "#/components/schemas/a%20b"}, {"$ref": "#/components/schemas/c~1d"},
            {"$ref": "#/components/schemas/c~1d/properties/x"}, {"$ref": "#/nowhere"}, {"$ref": "#"},
                {"$ref": "#/components"}]}}}}),
        );
        let parts = &normalizing.document["components"]["schemas"]["E"]["allOf"];
        let parts: Vec<_> = parts.as_array().unwrap().iter().map(|part| part["$ref"].as_str().unwrap()).collect();
        assert_eq!(
            parts,
            [
                "#/components/schemas/a b",
                "#/components/schemas/c/d",
                "#/components/schemas/x2",
                "#/nowhere",
                "#",
                "#/components"
            ]
        );
    }
}
