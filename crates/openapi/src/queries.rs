//! Small questions that many passes ask of an OpenAPI document, as JSON.

use serde_json::{Map, Value};

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
