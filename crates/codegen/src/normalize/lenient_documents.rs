//! Corrects values of a wrong JSON type that have one possible meaning.

use openapi::{
    kind::{Kind, change_each},
    pointer,
};
use serde_json::{Map, Number, Value, json};

use super::Normalizing;

pub(super) fn run(normalizing: &mut Normalizing) {
    // validation reports any other document
    if !normalizing.document.is_object() || normalizing.document.get("swagger").is_some() {
        return;
    }
    change_each(&mut normalizing.document, Kind::Root, &mut |value, kind| {
        coerce(value, kind);
        remove_nulls(value, kind);
    });
    root_paths(normalizing);
    let Some(document) = normalizing.document.as_object_mut() else { return };
    if document.contains_key("openapi") {
        document.entry("paths").or_insert_with(|| json!({}));
        if let Value::Object(info) = document.entry("info").or_insert_with(|| json!({})) {
            for keyword in ["title", "version"] {
                info.entry(keyword).or_insert_with(|| "".into());
            }
        }
    }
}

/// Adds a missing `/` at the start of paths.
fn root_paths(normalizing: &mut Normalizing) {
    let Some(Value::Object(paths)) = normalizing.document.get_mut("paths") else { return };
    let relative = |path: &&String| !path.starts_with('/') && !path.starts_with("x-");
    let relative: Vec<String> = paths.keys().filter(relative).cloned().collect();
    for path in relative {
        let absolute = format!("/{path}");
        // validation reports a path that another one has already
        if !paths.contains_key(&absolute)
            && let Some(item) = paths.remove(&path)
        {
            paths.insert(absolute.clone(), item);
            normalizing.moved.insert(pointer::join("/paths", &absolute), pointer::join("/paths", &path));
        }
    }
}

/// Converts a value of another JSON type to the expected type, if it has one possible meaning.
fn coerce(value: &mut Value, kind: Kind) {
    let coerced = match (kind, &*value) {
        (Kind::Text, Value::Number(_) | Value::Bool(_)) => Some(Value::String(value.to_string())),
        (Kind::Flag | Kind::Bound | Kind::SchemaOrFlag | Kind::Required, Value::String(text))
            if matches!(text.trim(), "true" | "True") =>
        {
            Some(true.into())
        }
        (Kind::Flag | Kind::Bound | Kind::SchemaOrFlag | Kind::Required, Value::String(text))
            if matches!(text.trim(), "false" | "False") =>
        {
            Some(false.into())
        }
        (Kind::Number | Kind::Bound, Value::String(text)) => number(text).map(Value::Number),
        (Kind::Count, Value::String(text)) => number(text).and_then(|number| count(&number)),
        (Kind::Count, Value::Number(number)) => count(number),
        (Kind::List(Kind::Text), Value::String(text)) => Some(json!([text])),
        (Kind::Tag, Value::String(name)) => Some(json!({"name": name})),
        (Kind::Server, Value::String(url)) => Some(json!({"url": url})),
        // in YAML an unquoted `null` is a null
        (Kind::Types, Value::Array(types)) if types.iter().any(Value::is_null) => {
            Some(types.iter().map(|ty| if ty.is_null() { "null".into() } else { ty.clone() }).collect())
        }
        (Kind::Required, Value::Array(names)) if names.iter().any(|name| name.is_number() || name.is_boolean()) => {
            let text = |name: &Value| if name.is_string() { name.clone() } else { name.to_string().into() };
            Some(names.iter().map(text).collect())
        }
        _ => None,
    };
    if let Some(coerced) = coerced {
        *value = coerced;
    }
}

fn number(text: &str) -> Option<Number> {
    serde_json::from_str(text.trim()).ok()
}

/// Returns a number as a count. `5.0` is a valid count.
fn count(number: &Number) -> Option<Value> {
    if number.is_u64() {
        return Some(Value::Number(number.clone()));
    }
    let value =
        number.as_f64().filter(|value| *value >= 0.0 && value.fract() == 0.0 && *value <= f64::from(u32::MAX))?;
    Some((value as u64).into())
}

/// Removes keywords that are null. An entry of a map that is null becomes empty.
fn remove_nulls(value: &mut Value, kind: Kind) {
    let Value::Object(map) = value else { return };
    match kind {
        Kind::Map(inner) => {
            for one in map.values_mut().filter(|one| one.is_null()) {
                match inner {
                    Kind::List(_) => *one = json!([]),
                    Kind::Text => *one = "".into(),
                    Kind::Data => {}
                    _ => *one = Value::Object(Map::new()),
                }
            }
        }
        Kind::Responses => {
            map.values_mut().filter(|one| one.is_null()).for_each(|one| *one = Value::Object(Map::new()));
        }
        _ => map.retain(|key, one| !one.is_null() || key.starts_with("x-") || is_data(kind, key)),
    }
}

/// Whether a null is a meaningful value of the keyword.
fn is_data(kind: Kind, key: &str) -> bool {
    matches!(key, "default" | "example" | "const" | "value")
        && matches!(
            kind,
            Kind::Schema | Kind::SchemaOrFlag | Kind::Parameter | Kind::Header | Kind::Media | Kind::Example
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(document: Value) -> Value {
        let mut normalizing = Normalizing::of(document);
        run(&mut normalizing);
        normalizing.document
    }

    #[test]
    fn paths_begin_with_a_slash() {
        let mut normalizing =
            Normalizing::of(json!({"openapi": "3.0.3", "paths": {"a/b": {"get": {}}, "c": {}, "/c": {}, "x-d": {}}}));
        run(&mut normalizing);
        let mut paths: Vec<_> = normalizing.document["paths"].as_object().unwrap().keys().collect();
        paths.sort();
        assert_eq!(paths, ["/a/b", "/c", "c", "x-d"]);
        assert_eq!(normalizing.moved.original("/paths/~1a~1b/get"), "/paths/a~1b/get");
    }

    fn schema(schema: Value) -> Value {
        read(json!({"openapi": "3.0.3", "components": {"schemas": {"A": schema}}}))["components"]["schemas"]["A"]
            .clone()
    }

    #[test]
    fn removes_nulls_that_are_no_values() {
        assert_eq!(
            schema(json!({"type": null, "default": null, "example": null, "const": null, "enum": [null], "x-a": null,
                "properties": {"a": null, "default": null}, "items": null})),
            json!({"default": null, "example": null, "const": null, "enum": [null], "x-a": null,
                "properties": {"a": {}, "default": {}}})
        );
        let document = read(json!({"openapi": "3.0.3", "servers": null, "security": [{"key": null}],
            "paths": {"/a": {"get": null, "put": {"tags": null, "responses": {"204": null}}}}}));
        assert_eq!(
            document,
            json!({"openapi": "3.0.3", "security": [{"key": []}], "info": {"title": "", "version": ""},
                "paths": {"/a": {"put": {"responses": {"204": {}}}}}})
        );
    }

    #[test]
    fn converts_strings_to_numbers_and_booleans() {
        assert_eq!(
            schema(json!({"minLength": "0", "maxLength": "64", "minItems": 1.0, "maxItems": "2.0", "minimum": "-1.5",
                "multipleOf": "3", "nullable": "true", "uniqueItems": "false", "exclusiveMinimum": "true",
                "exclusiveMaximum": "10", "additionalProperties": "false"})),
            json!({"minLength": 0, "maxLength": 64, "minItems": 1, "maxItems": 2, "minimum": -1.5,
                "multipleOf": 3, "nullable": true, "uniqueItems": false, "exclusiveMinimum": true,
                "exclusiveMaximum": 10, "additionalProperties": false})
        );
        let wrong = json!({"minLength": "many", "maxLength": -1, "minItems": 1.5, "minimum": "NaN", "nullable": "yes"});
        assert_eq!(schema(wrong.clone()), wrong, "ambiguous values stay, and validation reports them");
    }

    #[test]
    fn leaves_property_names_and_examples_alone() {
        let named = json!({"properties": {"minLength": {"type": "string"}, "required": {"type": "string"},
            "nullable": {}},
            "example": {"nullable": "true", "gone": null}, "default": {"minLength": "1"}, "enum": ["1", null]});
        assert_eq!(schema(named.clone()), named);
    }

    #[test]
    fn converts_yaml_numbers_to_strings_where_strings_belong() {
        let document = read(json!({"openapi": 3.0, "info": {"title": 1984, "version": 2}, "tags": ["a", {"name": 7}],
            "paths": {"/a": {"get": {"tags": "one", "deprecated": "true"}}}}));
        assert_eq!(
            document,
            json!({"openapi": "3.0", "info": {"title": "1984", "version": "2"}, "tags": [{"name": "a"}, {"name": "7"}],
                "paths": {"/a": {"get": {"tags": ["one"], "deprecated": true}}}})
        );
    }

    #[test]
    fn leaves_other_documents_alone() {
        for document in [json!([]), json!(null), json!({"swagger": "2.0"}), json!({"a": 1})] {
            assert_eq!(read(document.clone()), document);
        }
    }
}
