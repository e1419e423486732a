//! A visitor of every schema of a document, inner ones first.

use serde_json::{Map, Value};

/// Calls `visit` for every schema object below components, parameters, bodies and responses.
pub(super) fn each_schema(document: &mut Value, visit: &mut impl FnMut(&mut Map<String, Value>)) {
    if let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        schemas.values_mut().for_each(|schema| descend(schema, visit));
    }
    if let Some(paths) = document.get_mut("paths") {
        find(paths, visit);
    }
}

/// Finds the schemas of parameters and media type objects, which are under the key `schema`.
fn find(value: &mut Value, visit: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(map) => {
            for (key, child) in map.iter_mut() {
                match key.as_str() {
                    "schema" => descend(child, visit),
                    // examples are data
                    "example" | "examples" => {}
                    _ => find(child, visit),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|child| find(child, visit)),
        _ => {}
    }
}

fn descend(schema: &mut Value, visit: &mut impl FnMut(&mut Map<String, Value>)) {
    let Some(map) = schema.as_object_mut() else { return };
    if let Some(properties) = map.get_mut("properties").and_then(Value::as_object_mut) {
        properties.values_mut().for_each(|child| descend(child, visit));
    }
    for keyword in ["items", "additionalProperties", "not"] {
        if let Some(child) = map.get_mut(keyword) {
            descend(child, visit);
        }
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        for child in map.get_mut(keyword).and_then(Value::as_array_mut).into_iter().flatten() {
            descend(child, visit);
        }
    }
    visit(map);
}
