//! Walks over a document: operations, schemas, and whatever has a description.

use openapi::pointer;
use serde_json::{Map, Value};

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// One operation.
pub(super) struct Operation<'d> {
    pub(super) at: String,
    pub(super) method: &'d str,
    pub(super) path: &'d str,
    pub(super) value: &'d Value,
}

pub(super) fn operations(document: &Value) -> Vec<Operation<'_>> {
    let mut found = Vec::new();
    for (path, item) in document.get("paths").and_then(Value::as_object).into_iter().flatten() {
        for (method, value) in item.as_object().into_iter().flatten() {
            if METHODS.contains(&method.as_str()) {
                let at = pointer::join(&pointer::join("/paths", path), method);
                found.push(Operation { at, method, path, value });
            }
        }
    }
    found
}

/// Calls `take` with every object that is no map of names, and with its pointer. Examples and other data are left out.
pub(super) fn objects<'d>(document: &'d Value, take: &mut dyn FnMut(&str, &'d Map<String, Value>)) {
    walk(document, String::new(), false, take);
}

fn walk<'d>(value: &'d Value, at: String, is_names: bool, take: &mut dyn FnMut(&str, &'d Map<String, Value>)) {
    match value {
        Value::Object(map) => {
            if !is_names {
                take(&at, map);
            }
            for (key, value) in map {
                let is_data = !is_names && matches!(key.as_str(), "example" | "examples" | "default" | "enum");
                if !is_data && (is_names || !key.starts_with("x-")) {
                    let holds_names =
                        !is_names && matches!(key.as_str(), "properties" | "schemas" | "paths" | "content");
                    walk(value, pointer::join(&at, key), holds_names, take);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, pointer::join(&at, &index.to_string()), false, take);
            }
        }
        _ => {}
    }
}

pub(super) fn text<'d>(map: &'d Map<String, Value>, key: &str) -> &'d str {
    map.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Parameters and properties: pointer, name, what describes it, its schema, and whether it is required.
pub(super) struct Field<'d> {
    pub(super) at: String,
    pub(super) name: &'d str,
    pub(super) description: &'d str,
    pub(super) schema: &'d Map<String, Value>,
    pub(super) required: bool,
}

pub(super) fn fields(document: &Value) -> Vec<Field<'_>> {
    let mut found = Vec::new();
    objects(document, &mut |at, map| {
        if let (Some(schema), Some("query" | "path" | "header" | "cookie")) =
            (map.get("schema").and_then(Value::as_object), map.get("in").and_then(Value::as_str))
        {
            let description = match text(map, "description") {
                "" => text(schema, "description"),
                description => description,
            };
            let required = map.get("required") == Some(&Value::Bool(true));
            found.push(Field { at: at.to_owned(), name: text(map, "name"), description, schema, required });
        }
        let required = map.get("required").and_then(Value::as_array);
        for (name, schema) in map.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let Some(schema) = schema.as_object() else { continue };
            let required = required.is_some_and(|names| names.iter().any(|one| one == name));
            let at = pointer::join(&pointer::join(at, "properties"), name);
            found.push(Field { at, name, description: text(schema, "description"), schema, required });
        }
    });
    found
}
