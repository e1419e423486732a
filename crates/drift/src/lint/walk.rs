//! Traversals for rules: the objects of a document by kind, and its parameters and properties.

use openapi::{
    kind::{Kind, each_value},
    pointer,
};
use serde_json::{Map, Value};

/// Calls `visit` with the pointer and kind of every object of OpenAPI, except maps of names and example values.
pub(super) fn objects<'d>(document: &'d Value, visit: &mut impl FnMut(&str, Kind, &'d Map<String, Value>)) {
    each_value(document, &mut |value, kind, at| {
        if let Value::Object(map) = value
            && !matches!(kind, Kind::Map(_) | Kind::Example)
        {
            visit(at, kind, map);
        }
    });
}

pub(super) fn text<'d>(map: &'d Map<String, Value>, key: &str) -> &'d str {
    map.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A parameter or property.
pub(super) struct Field<'d> {
    pub(super) at: String,
    pub(super) name: &'d str,
    pub(super) description: &'d str,
    pub(super) schema: &'d Map<String, Value>,
    pub(super) required: bool,
}

pub(super) fn fields(document: &Value) -> Vec<Field<'_>> {
    let mut found = Vec::new();
    objects(document, &mut |at, kind, map| {
        if let (Kind::Parameter, Some(schema)) = (kind, map.get("schema").and_then(Value::as_object)) {
            let description = match text(map, "description") {
                "" => text(schema, "description"),
                description => description,
            };
            let required = map.get("required") == Some(&Value::Bool(true));
            found.push(Field { at: at.to_owned(), name: text(map, "name"), description, schema, required });
        }
        let required = map.get("required").and_then(Value::as_array);
        let properties = map.get("properties").and_then(Value::as_object).filter(|_| kind.is_schema());
        for (name, schema) in properties.into_iter().flatten() {
            let Some(schema) = schema.as_object() else { continue };
            let required = required.is_some_and(|names| names.iter().any(|one| one == name));
            let at = pointer::join(&pointer::join(at, "properties"), name);
            found.push(Field { at, name, description: text(schema, "description"), schema, required });
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn finds_fields_in_default_responses_and_properties_named_like_keywords() {
        let schema = json!({"type": "object", "properties": {
            "apiKey": {"type": "string", "description": "secret"},
            "properties": {"type": "string"}}});
        let document = json!({"openapi": "3.0.3", "paths": {"/a": {"get": {"responses": {
            "default": {"content": {"application/json": {"schema": schema}}}}}}}});
        let found: Vec<_> = fields(&document).into_iter().map(|field| (field.name, field.description)).collect();
        assert_eq!(found, [("apiKey", "secret"), ("properties", "")]);
    }
}
