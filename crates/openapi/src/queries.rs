//! Small questions that many passes ask of an OpenAPI document, as JSON.

use crate::pointer;
use serde_json::{Map, Value};

/// HTTP methods that a path item may hold, in the order in which progenitor visits them.
pub const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Every operation, as `(path, method, pointer)` in the document's order.
pub fn operations(document: &Value) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    let paths = document.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        for key in item.as_object().into_iter().flat_map(Map::keys) {
            if METHODS.contains(&key.as_str()) {
                let at = pointer::join(&pointer::join("/paths", path), key);
                found.push((path.clone(), key.clone(), at));
            }
        }
    }
    found
}

/// The text under `key`, or an empty one.
pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Whether `key` is there and true.
pub fn is_true(value: &Value, key: &str) -> bool {
    value.get(key) == Some(&Value::Bool(true))
}

/// The name in a reference to a component of `section`.
pub fn referenced<'a>(value: &'a Value, section: &str) -> Option<&'a str> {
    value.get("$ref")?.as_str()?.strip_prefix("#/components/")?.strip_prefix(section)?.strip_prefix('/')
}

/// The names of the component schemas that a value refers to, by itself or by what it holds.
pub fn schema_names(value: &Value) -> Vec<&str> {
    fn walk<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        found.extend(referenced(value, "schemas"));
        match value {
            Value::Object(map) => map.values().for_each(|value| walk(value, found)),
            Value::Array(items) => items.iter().for_each(|value| walk(value, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(value, &mut found);
    found
}

/// Puts another schema in the place of one, whose description stays: it is read from there into the documentation.
pub fn replace_described(place: &mut Value, mut schema: Value) {
    if let (Some(description), Value::Object(map)) = (place.get("description"), &mut schema) {
        map.insert("description".to_owned(), description.clone());
    }
    *place = schema;
}

/// A reference to a component schema.
pub fn schema_reference(name: &str) -> Value {
    serde_json::json!({"$ref": format!("#/components/schemas/{name}")})
}

/// Whether a content type is JSON: `application/json` with any parameters, or a `+json` suffix.
pub fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// Whether a content type stands for any: then a schema that is no text is taken for JSON's.
pub fn is_any(content_type: &str) -> bool {
    matches!(content_type.split(';').next().unwrap_or_default().trim(), "*/*" | "*" | "application/*")
}

/// The object at the end of a path of keys. What is missing on the way is made, what is no object is replaced by one.
pub fn object_at<'a>(value: &'a mut Value, path: &[&str]) -> &'a mut Map<String, Value> {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    match (value, path) {
        (Value::Object(map), []) => map,
        (Value::Object(map), [key, rest @ ..]) => object_at(map.entry(*key).or_insert(Value::Null), rest),
        _ => unreachable!("made an object just above"),
    }
}
