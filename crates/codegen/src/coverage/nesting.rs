//! Arrays and objects inside of a parameter, whose serialization OpenAPI leaves open.

use std::collections::BTreeSet;

use openapi::{limits::MOST_REFERENCES, pointer, queries::text, references::Resolver};
use serde_json::Value;

const REPEATED: &str = "OpenAPI leaves open how an array in a property of a parameter is sent: the property is \
                        repeated for each item";
const BRACKETS: &str = "OpenAPI leaves open how an object in a property of a `deepObject` parameter is sent: with one \
                        more name in brackets";
const JSON: &str = "OpenAPI leaves open how an array or object inside of a parameter is sent: as JSON";

/// Returns pointer and reason of each schema inside of a parameter whose serialization OpenAPI leaves open.
pub(super) fn open_serialization(parameter: &Value, at: &str, resolver: &Resolver<'_>) -> Vec<(String, &'static str)> {
    let Some(schema) = parameter.get("schema") else { return Vec::new() };
    let is_deep = text(parameter, "style") == "deepObject";
    let is_exploded = parameter.get("explode").and_then(Value::as_bool).unwrap_or(match text(parameter, "style") {
        "" => matches!(text(parameter, "in"), "query" | "cookie"),
        style => style == "form",
    });
    let mut search = Search { resolver, found: Vec::new(), seen: BTreeSet::new() };
    search.parts(schema, &pointer::join(at, "schema"), &mut |search, part, at| {
        if let Some(items) = part.get("items") {
            search.add(items, &pointer::join(at, "items"), JSON, JSON);
        }
        let (of_array, of_object) = match (is_deep, is_exploded) {
            (true, _) => (REPEATED, BRACKETS),
            (false, true) => (REPEATED, JSON),
            (false, false) => (JSON, JSON),
        };
        let properties = part.get("properties").and_then(Value::as_object).into_iter().flatten();
        for (name, property) in properties {
            search.add(property, &pointer::join(&format!("{at}/properties"), name), of_array, of_object);
        }
        if let Some(values) = part.get("additionalProperties") {
            search.add(values, &pointer::join(at, "additionalProperties"), of_array, of_object);
        }
    });
    search.found
}

struct Search<'r, 'd> {
    resolver: &'r Resolver<'d>,
    found: Vec<(String, &'static str)>,
    /// Pointers of visited schemas, because references may form a cycle.
    seen: BTreeSet<String>,
}

impl Search<'_, '_> {
    /// Calls `take` with a schema, the schemas that it references and the parts of its `allOf`.
    fn parts(&mut self, schema: &Value, at: &str, take: &mut dyn FnMut(&mut Self, &Value, &str)) {
        if !self.seen.insert(at.to_owned()) {
            return;
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            if let Some(target) = self.resolver.resolve(reference) {
                self.parts(target.value, &target.pointer, take);
            }
            return;
        }
        take(self, schema, at);
        for (index, part) in schema.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate() {
            self.parts(part, &format!("{at}/allOf/{index}"), take);
        }
    }

    /// Adds a schema of arrays or objects.
    fn add(&mut self, schema: &Value, at: &str, of_array: &'static str, of_object: &'static str) {
        match self.shape(schema) {
            Some("array") => self.found.push((at.to_owned(), of_array)),
            Some("object") => self.found.push((at.to_owned(), of_object)),
            _ => {}
        }
    }

    /// Returns the type of a schema, or of the only schema that it references.
    fn shape<'s>(&'s self, schema: &'s Value) -> Option<&'s str> {
        let mut schema = schema;
        for _ in 0..MOST_REFERENCES {
            let parts = schema.get("allOf").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            let reference = schema.get("$ref").and_then(Value::as_str);
            schema = match (text(schema, "type"), reference, parts) {
                ("", Some(reference), _) => self.resolver.resolve(reference)?.value,
                ("", None, [part]) => part,
                ("", None, _) if schema.get("items").is_some() => return Some("array"),
                ("", None, _) if schema.get("properties").is_some() => return Some("object"),
                (ty, ..) => return Some(ty),
            };
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn finds_arrays_and_objects_inside_of_parameters() {
        let document = json!({"components": {"schemas": {
            "Page": {"type": "object", "properties": {"size": {"type": "integer"},
                "sort": {"$ref": "#/components/schemas/Names"},
                "of": {"allOf": [{"$ref": "#/components/schemas/Page"}]}}, "additionalProperties": {"type": "array"}},
            "Names": {"type": "array", "items": {"type": "string"}},
            "Cycle": {"allOf": [{"$ref": "#/components/schemas/Cycle"}, {"$ref": "#/components/schemas/Page"}]}}}});
        let resolver = Resolver::new(&document);
        let found = |mut parameter: Value| {
            parameter["schema"] =
                parameter.get("schema").cloned().unwrap_or(json!({"$ref": "#/components/schemas/Page"}));
            open_serialization(&parameter, "/p", &resolver)
        };
        let at = |name: &str| format!("/components/schemas/Page/{name}");
        let of = |array, object| {
            vec![(at("properties/sort"), array), (at("properties/of"), object), (at("additionalProperties"), array)]
        };
        assert_eq!(found(json!({"in": "query"})), of(REPEATED, JSON));
        assert_eq!(found(json!({"in": "query", "schema": {"$ref": "#/components/schemas/Cycle"}})), of(REPEATED, JSON));
        assert_eq!(found(json!({"in": "query", "explode": false})), of(JSON, JSON));
        assert_eq!(found(json!({"in": "header"})), of(JSON, JSON));
        assert_eq!(found(json!({"in": "path", "style": "label", "explode": true})), of(REPEATED, JSON));
        assert_eq!(found(json!({"in": "query", "style": "deepObject"})), of(REPEATED, BRACKETS));
        let list = json!({"type": "array", "items": {"properties": {}}});
        assert_eq!(found(json!({"in": "query", "schema": list})), [("/p/schema/items".to_owned(), JSON)]);
        assert_eq!(found(json!({"in": "query", "schema": {"$ref": "#/components/schemas/Names"}})), []);
    }
}
