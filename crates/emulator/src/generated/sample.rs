//! Generates a value of a schema: its example or default if it has one, otherwise the simplest valid value.

use serde_json::{Map, Number, Value};

use openapi::references::dereferenced;

/// Below this depth, only required properties are generated, and arrays have their minimum length.
const SHALLOW_DEPTH: usize = 5;
/// Maximum depth, since a schema that requires itself has no finite value.
const MAX_DEPTH: usize = 24;

/// Generates the value of a media type object.
pub(super) fn for_media_type(document: &Value, media: &Value) -> Value {
    let examples = media.get("examples").and_then(Value::as_object).into_iter().flatten();
    let example = examples.filter_map(|(_, example)| dereferenced(document, example).get("value")).next();
    match media.get("example").or(example) {
        Some(example) => example.clone(),
        None => media.get("schema").map_or(Value::Null, |schema| sample(document, schema, 0)),
    }
}

fn sample(document: &Value, schema: &Value, depth: usize) -> Value {
    let reference = schema.get("$ref").and_then(Value::as_str);
    let schema = dereferenced(document, schema);
    if depth > MAX_DEPTH {
        return Value::Null;
    }
    for key in ["example", "default", "const"] {
        if let Some(value) = schema.get(key).filter(|value| !value.is_null()) {
            return value.clone();
        }
    }
    if let Some(value) = schema.get("enum").and_then(|values| values.get(0)) {
        return value.clone();
    }
    let mut value = by_type(document, schema, depth);
    for part in parts(schema, "allOf") {
        merge(&mut value, sample(document, part, depth + 1));
    }
    let alternatives = parts(schema, "oneOf").chain(parts(schema, "anyOf"));
    if let Some(first) = alternatives.take(1).next() {
        merge(&mut value, sample(document, first, depth + 1));
        set_discriminator(schema, first, &mut value);
    } else if let Some(reference) = reference {
        let discriminator = schema.get("discriminator").and_then(|one| one.get("propertyName")?.as_str());
        if let (Some(name), Value::Object(map)) = (discriminator, &mut value) {
            map.insert(name.to_owned(), reference.rsplit('/').next().unwrap_or_default().into());
        }
    }
    value
}

fn parts<'s>(schema: &'s Value, key: &str) -> impl Iterator<Item = &'s Value> {
    schema.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// Sets the discriminator property to the value of the chosen variant.
fn set_discriminator(schema: &Value, variant: &Value, value: &mut Value) {
    let discriminator = schema.get("discriminator");
    let name = discriminator.and_then(|one| one.get("propertyName")?.as_str());
    let reference = variant.get("$ref").and_then(Value::as_str);
    if let (Some(name), Some(reference), Value::Object(map)) = (name, reference, value) {
        let mapping = discriminator.and_then(|one| one.get("mapping")?.as_object()).into_iter().flatten();
        let mapped =
            mapping.filter(|(_, target)| target.as_str() == Some(reference)).map(|(key, _)| key.as_str()).next();
        let tag = mapped.unwrap_or_else(|| reference.rsplit('/').next().unwrap_or_default());
        map.insert(name.to_owned(), tag.into());
    }
}

fn merge(value: &mut Value, more: Value) {
    match (value, more) {
        (Value::Object(map), Value::Object(more)) => map.extend(more),
        (value, more) if value.is_null() || value.as_object().is_some_and(Map::is_empty) => *value = more,
        _ => {}
    }
}

fn by_type(document: &Value, schema: &Value, depth: usize) -> Value {
    let kind = match schema.get("type") {
        Some(Value::String(kind)) => Some(kind.as_str()),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        _ if schema.get("properties").is_some() => Some("object"),
        _ if schema.get("items").is_some() => Some("array"),
        _ => None,
    };
    match kind {
        Some("object") => object(document, schema, depth),
        Some("array") => {
            let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0);
            let most = schema.get("maxItems").and_then(Value::as_u64).unwrap_or(u64::MAX);
            let count = least.max(u64::from(depth < SHALLOW_DEPTH)).min(most).min(1_000);
            let Some(items) = schema.get("items") else { return Value::Array(Vec::new()) };
            let item = sample(document, items, depth + 1);
            let is_set = schema.get("uniqueItems") == Some(&Value::Bool(true));
            (0..if is_set { count.min(1) } else { count }).map(|_| item.clone()).collect()
        }
        Some("string") => Value::from(text(schema)),
        Some("boolean") => Value::Bool(false),
        Some("integer") => number(schema, true),
        Some("number") => number(schema, false),
        _ => Value::Null,
    }
}

fn object(document: &Value, schema: &Value, depth: usize) -> Value {
    let required: Vec<&str> = parts(schema, "required").filter_map(Value::as_str).collect();
    let mut map = Map::new();
    for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let is_write_only = dereferenced(document, property).get("writeOnly") == Some(&Value::Bool(true));
        if !is_write_only && (depth < SHALLOW_DEPTH || required.contains(&name.as_str())) {
            map.insert(name.clone(), sample(document, property, depth + 1));
        }
    }
    for name in required.iter().filter(|name| schema.get("properties").and_then(|all| all.get(**name)).is_none()) {
        map.entry((*name).to_owned()).or_insert_with(|| "generated".into());
    }
    Value::Object(map)
}

fn text(schema: &Value) -> String {
    let format = schema.get("format").and_then(Value::as_str).unwrap_or_default();
    let formatted = match format {
        "date-time" => "2026-01-01T00:00:00Z",
        "date" => "2026-01-01",
        "time" => "00:00:00Z",
        "duration" => "P1D",
        "uuid" => "00000000-0000-4000-8000-000000000000",
        "uri" | "url" | "uri-reference" => "https://blynk.example/",
        "email" => "generated@blynk.example",
        "hostname" => "blynk.example",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "Z2VuZXJhdGVk",
        _ => "",
    };
    if !formatted.is_empty() {
        return formatted.to_owned();
    }
    let limit = |key: &str| schema.get(key).and_then(Value::as_u64).and_then(|limit| usize::try_from(limit).ok());
    let mut text = "generated".to_owned();
    let least = limit("minLength").unwrap_or(0).min(100_000);
    while text.len() < least {
        text.push('-');
    }
    text.truncate(limit("maxLength").unwrap_or(usize::MAX));
    text
}

fn number(schema: &Value, is_integer: bool) -> Value {
    let limit = |key: &str| schema.get(key).and_then(Value::as_f64);
    let is_open = |key: &str| schema.get(key) == Some(&Value::Bool(true));
    let step = limit("multipleOf").unwrap_or(if is_integer { 1.0 } else { 0.5 });
    let least = match (limit("exclusiveMinimum"), limit("minimum")) {
        (Some(least), _) => least + step,
        (None, Some(least)) if is_open("exclusiveMinimum") => least + step,
        (None, least) => least.unwrap_or(0.0),
    };
    let most = match (limit("exclusiveMaximum"), limit("maximum")) {
        (Some(most), _) => most - step,
        (None, Some(most)) if is_open("exclusiveMaximum") => most - step,
        (None, most) => most.unwrap_or(f64::MAX),
    };
    let value = if least > 0.0 || most < 0.0 { (least.min(most) / step).ceil() * step } else { 0.0 };
    let value = if value > most { (most / step).floor() * step } else { value };
    if is_integer || value.fract() == 0.0 {
        Value::from(value as i64)
    } else {
        Number::from_f64(value).map_or(Value::Null, Value::Number)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_satisfy_their_schema() {
        let document = json!({"openapi": "3.0.3", "components": {"schemas": {
            "Tree": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string"},
                    "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
                },
            },
            "Pet": {
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": {"type": "string"}},
                "discriminator": {"propertyName": "kind"},
            },
            "Cat": {"allOf": [
                {"$ref": "#/components/schemas/Pet"},
                {"type": "object", "properties": {"lives": {"type": "integer"}}},
            ]},
        }}, "x": [
            {"type": "string", "minLength": 20, "maxLength": 22},
            {"type": "string", "maxLength": 3},
            {"type": "string", "format": "date-time"}, {"type": "string", "format": "uuid"},
            {"type": "string", "format": "uri"}, {"type": "string", "format": "email"},
            {"type": "string", "format": "ipv4"},
            {"type": "string", "enum": ["b", "a"]}, {"type": "string", "default": "d"},
            {"type": "integer", "minimum": 3}, {"type": "integer", "maximum": -3},
            {"type": "integer", "multipleOf": 7, "minimum": 8},
            {"type": "number", "minimum": 0, "exclusiveMinimum": true, "maximum": 1}, {"type": "boolean"},
            {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
            {"type": "array", "uniqueItems": true, "items": {"type": "integer"}},
            {"oneOf": [{"type": "string"}, {"type": "number"}]},
            {"type": "object", "additionalProperties": true}, {"type": "object", "required": ["free"]}, {},
            {"$ref": "#/components/schemas/Tree"}, {"$ref": "#/components/schemas/Cat"},
            {"type": "object", "properties": {
                "content": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
                "totalElements": {"type": "integer", "format": "int64"},
            }},
        ]});
        for (index, schema) in document["x"].as_array().unwrap().iter().enumerate() {
            let value = sample(&document, schema, 0);
            let validated = crate::document::validate(&document, &format!("/x/{index}"), &value);
            assert_eq!(validated, Ok(()), "{schema}: {value}");
        }
        assert_eq!(sample(&document, &json!({"$ref": "#/components/schemas/Pet"}), 0)["kind"], "Pet");
        let endless = json!({"a": {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/a"}}}});
        assert!(
            sample(&endless, &json!({"$ref": "#/a"}), 0).is_object(),
            "a schema that requires itself has a bounded value"
        );
    }
}
