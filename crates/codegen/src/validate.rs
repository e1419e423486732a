//! What must hold before generation starts, so that a mistake is told at its place and not by what comes of it.

use std::collections::BTreeSet;

use blynk_document::{Problem, pointer};
use serde_json::{Map, Value};

use crate::{
    document::referenced,
    lower::{Lowering, meant_type},
};

const TYPES: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];

/// Collects all problems of the document as it is now.
pub(crate) fn run(lowering: &mut Lowering) {
    lowering.problems = validate(&lowering.document);
}

/// All broken references and unknown types of a document.
fn validate(document: &Value) -> Vec<Problem> {
    let mut problems = Vec::new();
    version(document, &mut problems);
    if problems.is_empty() {
        for section in ["paths", "components"] {
            if let Some(value) = document.get(section) {
                walk(document, value, &format!("/{section}"), &mut problems);
            }
        }
    }
    problems
}

/// Schemas that are composed of themselves: typify follows them until its stack ends.
pub(crate) fn circles(lowering: &Lowering) -> Option<Problem> {
    let schemas = lowering.document.pointer("/components/schemas").and_then(Value::as_object)?;
    let mut clear = BTreeSet::new();
    schemas.keys().find_map(|name| {
        let circle = circle_from(name, schemas, &mut Vec::new(), &mut clear)?;
        let what = format!("this schema is composed of itself: {}", circle.join(" → "));
        let fix = "break the circle: let one side hold the properties, and the other refer to it";
        Some(Problem::new(what, fix).pointing_to(lowering.model.origins.get(name).cloned().unwrap_or_default()))
    })
}

/// The way back to a schema through `allOf`, `oneOf`, `anyOf` and plain references. `clear` are those known to lead nowhere.
fn circle_from(
    name: &str,
    schemas: &Map<String, Value>,
    path: &mut Vec<String>,
    clear: &mut BTreeSet<String>,
) -> Option<Vec<String>> {
    if let Some(start) = path.iter().position(|known| known == name) {
        return Some(path[start..].iter().cloned().chain([name.to_owned()]).collect());
    }
    if clear.contains(name) {
        return None;
    }
    path.push(name.to_owned());
    let mut parts = Vec::new();
    if let Some(schema) = schemas.get(name) {
        composed_of(schema, &mut parts);
    }
    let found = parts.into_iter().find_map(|part| circle_from(part, schemas, path, clear));
    path.pop();
    clear.insert(name.to_owned());
    found
}

fn composed_of<'a>(schema: &'a Value, parts: &mut Vec<&'a str>) {
    parts.extend(referenced(schema, "schemas"));
    for keyword in ["allOf", "oneOf", "anyOf"] {
        for branch in schema.get(keyword).and_then(Value::as_array).into_iter().flatten() {
            composed_of(branch, parts);
        }
    }
}

fn version(document: &Value, problems: &mut Vec<Problem>) {
    let (at, what, fix) = match document.get("openapi") {
        Some(Value::String(version)) if version.trim().starts_with("3.0") => return,
        Some(version) => {
            ("/openapi", format!("OpenAPI {version} is not supported; 3.0 is"), "use the document's OpenAPI 3.0 form")
        }
        None if document.get("swagger").is_some() => (
            "/swagger",
            "this is a Swagger 2.0 document; OpenAPI 3.0 is supported".to_owned(),
            "convert it to OpenAPI 3.0",
        ),
        None => ("", "not an OpenAPI document: it has no `openapi` key".to_owned(), "name an OpenAPI 3.0 document"),
    };
    problems.push(Problem::new(what, fix).pointing_to(at));
}

fn walk(document: &Value, value: &Value, at: &str, problems: &mut Vec<Problem>) {
    match value {
        Value::Object(map) => {
            match map.get("$ref") {
                Some(Value::String(target))
                    if target.strip_prefix('#').is_some_and(|target| document.pointer(target).is_some()) => {}
                Some(Value::String(target)) if target.starts_with('#') => {
                    let what = format!("the reference `{target}` leads to nothing in this document");
                    problems.push(Problem::new(what, "correct the reference").pointing_to(format!("{at}/$ref")));
                }
                Some(Value::String(target)) => {
                    let what = format!("the reference `{target}` leads out of this document, which is not supported");
                    problems.push(
                        Problem::new(what, "put what it refers to into the document").pointing_to(format!("{at}/$ref")),
                    );
                }
                // a property may have that name
                Some(_) | None => {}
            }
            let is_schema = pointer::parent(at)
                .is_some_and(|parent| parent.ends_with("/properties") || parent.ends_with("/schemas"))
                || at.ends_with("/schema")
                || at.ends_with("/items");
            if let Some(Value::String(ty)) = map.get("type").filter(|_| is_schema)
                && !TYPES.contains(&ty.as_str())
                && meant_type(ty).is_none()
            {
                let what = format!("`{ty}` is not a type of OpenAPI 3.0");
                problems.push(
                    Problem::new(what, format!("use one of {}", TYPES.join(", "))).pointing_to(format!("{at}/type")),
                );
            }
            for (key, child) in map {
                // what stands in an example is data
                if !matches!(key.as_str(), "example" | "examples" | "default" | "enum") && !key.starts_with("x-") {
                    walk(document, child, &pointer::join(at, key), problems);
                }
            }
        }
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, child)| walk(document, child, &format!("{at}/{index}"), problems));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn collects_every_mistake_with_its_pointer() {
        let document = json!({"openapi": "3.0.3", "paths": {"/a": {"get": {"responses": {"200": {"$ref": "#/components/responses/R"}}}}},
            "components": {"schemas": {
                "A": {"type": "objekt", "properties": {"type": {"type": "string"}, "b": {"$ref": "#/components/schemas/B"}}},
                "C": {"type": "array", "items": {"$ref": "other.json#/X"}},
                "D": {"example": {"$ref": "#/nowhere"}, "enum": [{"$ref": "#/nowhere"}]}}}});
        let found: Vec<_> = validate(&document).into_iter().filter_map(|problem| problem.pointer).collect();
        assert_eq!(
            found,
            [
                "/paths/~1a/get/responses/200/$ref",
                "/components/schemas/A/type",
                "/components/schemas/A/properties/b/$ref",
                "/components/schemas/C/items/$ref",
            ]
        );
    }

    #[test]
    fn finds_schemas_that_are_composed_of_themselves_and_lets_others_recur() {
        let of = |schemas: Value| {
            crate::lower::lower(&json!({"openapi": "3.0.3", "components": {"schemas": schemas}}), &BTreeSet::new())
                .problems
        };
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let found = of(json!({"A": {"allOf": [reference("B")]}, "B": {"allOf": [reference("A")]}}));
        assert_eq!(found[0].what, "this schema is composed of itself: A → B → A");
        assert_eq!(
            of(json!({"A": {"oneOf": [reference("B")]}, "B": {"allOf": [reference("A")]}})),
            [],
            "a base and its variant"
        );
        assert_eq!(of(json!({"A": reference("A")})).len(), 1);
        assert_eq!(
            of(json!({"A": {"properties": {"a": reference("A"), "b": {"type": "array", "items": reference("A")}}}})),
            []
        );
    }

    #[test]
    fn knows_what_it_is_given() {
        let what = |document: &Value| validate(document).remove(0).what;
        assert_eq!(what(&json!({"openapi": "3.1.0"})), "OpenAPI \"3.1.0\" is not supported; 3.0 is");
        assert!(what(&json!({"swagger": "2.0"})).contains("Swagger 2.0"));
        assert!(what(&json!([])).contains("not an OpenAPI document"));
        assert_eq!(validate(&json!({"openapi": "3.0.4"})), []);
    }
}
