//! Small accessors for OpenAPI documents as JSON.

use serde_json::{Map, Value};

/// Returns the string under `key`, or the empty string.
pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Whether `key` is `true`.
pub fn is_true(value: &Value, key: &str) -> bool {
    value.get(key) == Some(&Value::Bool(true))
}

/// Whether the schemas of a document are JSON Schema 2020-12, as in OpenAPI 3.1 and 3.2.
pub fn has_json_schemas(document: &Value) -> bool {
    let mut parts = text(document, "openapi").trim().split(['.', '-']);
    (parts.next(), parts.next().is_some_and(|minor| matches!(minor, "1" | "2"))) == (Some("3"), true)
}

/// Returns the component name of a reference to `#/components/{section}/{name}`.
pub fn referenced<'a>(value: &'a Value, section: &str) -> Option<&'a str> {
    value.get("$ref")?.as_str()?.strip_prefix("#/components/")?.strip_prefix(section)?.strip_prefix('/')
}

/// Returns the names of all component schemas that a value or the values in it reference.
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

/// Replaces a schema but keeps its `description`, which becomes the documentation of the generated item.
pub fn replace_described(replaced: &mut Value, mut schema: Value) {
    if let (Some(description), Value::Object(map)) = (replaced.get("description"), &mut schema) {
        map.insert("description".to_owned(), description.clone());
    }
    *replaced = schema;
}

/// Returns a reference to a component schema.
pub fn schema_reference(name: &str) -> Value {
    serde_json::json!({"$ref": format!("#/components/schemas/{name}")})
}

/// Returns the object at the end of a path of keys. Inserts missing objects, and replaces values that are no objects.
pub fn object_at<'a>(value: &'a mut Value, path: &[&str]) -> &'a mut Map<String, Value> {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    match (value, path) {
        (Value::Object(map), []) => map,
        (Value::Object(map), [key, rest @ ..]) => object_at(map.entry(*key).or_insert(Value::Null), rest),
        _ => unreachable!("the value was made an object above"),
    }
}
