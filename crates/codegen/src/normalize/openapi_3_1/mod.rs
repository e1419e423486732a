//! Converts schemas of OpenAPI 3.1 to 3.0, where 3.0 can express them.

mod refused;

use openapi::{
    kind::{Kind, change_each},
    queries::text,
};
use serde_json::{Map, Value, json};

use refused::{is_plain, refused};

use super::Normalizing;

/// Keywords of JSON Schema that do not validate, or that define targets which are not supported here.
const IGNORED: &[&str] =
    &["$comment", "$schema", "$id", "$anchor", "$dynamicAnchor", "$vocabulary", "$defs", "definitions"];

pub(super) fn run(normalizing: &mut Normalizing) {
    if !text(&normalizing.document, "openapi").trim().starts_with("3.1") {
        return;
    }
    normalizing.problems.extend(refused(&normalizing.document));
    change_each(&mut normalizing.document, Kind::Root, &mut |value, kind| {
        if kind.is_schema() {
            schema(value, kind);
        }
    });
    if let Value::Object(document) = &mut normalizing.document {
        document.insert("openapi".to_owned(), "3.0.3".into());
        document.remove("jsonSchemaDialect");
    }
}

fn schema(value: &mut Value, kind: Kind) {
    match value {
        // booleans are valid here in 3.0 too
        Value::Bool(_) if kind == Kind::SchemaOrFlag => {}
        Value::Bool(true) => *value = json!({}),
        Value::Bool(false) => *value = json!({"not": {}}),
        Value::Object(schema) => {
            remove_ignored(schema);
            unevaluated(schema);
            // first of the conversions, since a variant that is merged into its schema has to be converted too
            null_variants(schema);
            constant(schema);
            bounds(schema);
            content(schema);
            beside_a_reference(schema);
            types(schema);
        }
        _ => {}
    }
}

/// Removes keywords without an effect.
fn remove_ignored(schema: &mut Map<String, Value>) {
    schema.remove("nullable");
    schema.retain(|keyword, _| !IGNORED.contains(&keyword.as_str()));
    if !schema.contains_key("if") {
        schema.retain(|keyword, _| !matches!(keyword.as_str(), "then" | "else"));
    } else if !schema.contains_key("then") && !schema.contains_key("else") {
        schema.remove("if");
    }
    if !schema.contains_key("contains") {
        schema.retain(|keyword, _| !matches!(keyword.as_str(), "minContains" | "maxContains"));
    }
    schema.retain(|keyword, value| match keyword.as_str() {
        "propertyNames" if *value == json!({"type": "string"}) => false,
        "patternProperties" | "dependentSchemas" | "dependentRequired" | "propertyNames" => {
            *value != json!({}) && *value != Value::Bool(true)
        }
        _ => true,
    });
}

fn unevaluated(schema: &mut Map<String, Value>) {
    let plain = is_plain(schema);
    for (keyword, same) in [("unevaluatedProperties", "additionalProperties"), ("unevaluatedItems", "items")] {
        let Some(value) = schema.remove(keyword) else { continue };
        let accepts_all = value == Value::Bool(true) || value == json!({});
        // beside `items` no item is unevaluated
        if !accepts_all && plain && !schema.contains_key(same) {
            schema.insert(same.to_owned(), value);
        }
    }
}

fn constant(schema: &mut Map<String, Value>) {
    let Some(value) = schema.remove("const") else { return };
    if let (None, Some(ty)) = (schema.get("type"), type_of(&value)) {
        schema.insert("type".to_owned(), ty.into());
    }
    schema.insert("enum".to_owned(), json!([value]));
}

fn type_of(value: &Value) -> Option<&'static str> {
    Some(match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::String(_) => "string",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::Array(_) | Value::Object(_) => return None,
    })
}

/// Converts a numeric exclusive bound to a boolean one; the tighter of two bounds stays.
fn bounds(schema: &mut Map<String, Value>) {
    for (exclusive, inclusive, tighter) in [
        ("exclusiveMinimum", "minimum", std::cmp::Ordering::Less),
        ("exclusiveMaximum", "maximum", std::cmp::Ordering::Greater),
    ] {
        let Some(bound) = schema.get(exclusive).filter(|bound| bound.is_number()).cloned() else { continue };
        let other = schema.get(inclusive).and_then(Value::as_f64);
        let is_tighter = match (other, bound.as_f64()) {
            (Some(other), Some(bound)) => other == bound || other.partial_cmp(&bound) == Some(tighter),
            _ => true,
        };
        if is_tighter {
            schema.insert(inclusive.to_owned(), bound);
            schema.insert(exclusive.to_owned(), true.into());
        } else {
            schema.remove(exclusive);
        }
    }
}

/// Converts base64 to the format `byte` and octet streams to `binary`. Other encodings stay, and are listed.
fn content(schema: &mut Map<String, Value>) {
    let is = |schema: &Map<String, Value>, keyword: &str, value: &str| {
        schema.get(keyword).and_then(Value::as_str).is_some_and(|text| text.eq_ignore_ascii_case(value))
    };
    let format = if is(schema, "contentEncoding", "base64") {
        schema.remove("contentEncoding");
        "byte"
    } else if !schema.contains_key("contentEncoding") && is(schema, "contentMediaType", "application/octet-stream") {
        "binary"
    } else {
        return;
    };
    if is(schema, "contentMediaType", "application/octet-stream") {
        schema.remove("contentMediaType");
    }
    schema.entry("type").or_insert_with(|| "string".into());
    schema.entry("format").or_insert_with(|| format.into());
}

/// Moves a reference with sibling keywords into `allOf`: in 3.1 both apply.
fn beside_a_reference(schema: &mut Map<String, Value>) {
    if schema.len() < 2 || !schema.get("$ref").is_some_and(Value::is_string) {
        return;
    }
    let Some(reference) = schema.remove("$ref") else { return };
    let reference = json!({"$ref": reference});
    match schema.get_mut("allOf") {
        Some(Value::Array(parts)) => parts.insert(0, reference),
        _ => drop(schema.insert("allOf".to_owned(), json!([reference]))),
    }
}

/// Removes null variants and makes the schema nullable.
fn null_variants(schema: &mut Map<String, Value>) {
    for keyword in ["oneOf", "anyOf"] {
        let Some(Value::Array(variants)) = schema.get_mut(keyword) else { continue };
        let before = variants.len();
        variants.retain(|variant| !is_null(variant));
        if variants.len() == before {
            continue;
        }
        let rest = std::mem::take(variants);
        schema.remove(keyword);
        match <[Value; 1]>::try_from(rest) {
            Ok([Value::Object(variant)]) if can_merge(schema, &variant) => {
                for (key, value) in variant {
                    schema.entry(key).or_insert(value);
                }
                // the variant may have several types
                if let Some(ty) = schema.get_mut("type").filter(|ty| !ty.is_array()) {
                    *ty = json!([ty.take()]);
                }
                if let Some(Value::Array(types)) = schema.get_mut("type")
                    && !types.contains(&json!("null"))
                {
                    types.push("null".into());
                }
                if let Some(Value::Array(values)) = schema.get_mut("enum")
                    && !values.contains(&Value::Null)
                {
                    values.push(Value::Null);
                }
                schema.insert("nullable".to_owned(), true.into());
            }
            Ok([variant]) => {
                let at = if schema.contains_key("allOf") { keyword } else { "allOf" };
                schema.insert(at.to_owned(), json!([variant]));
                nullable_unless_typed(schema);
            }
            Err(rest) if rest.is_empty() => {
                schema.entry("type").or_insert_with(|| "null".into());
            }
            Err(rest) => {
                schema.insert(keyword.to_owned(), Value::Array(rest));
                nullable_unless_typed(schema);
            }
        }
    }
}

/// Makes a schema nullable, unless its own `type` excludes null.
fn nullable_unless_typed(schema: &mut Map<String, Value>) {
    let allows = match schema.get("type") {
        None => true,
        Some(Value::Array(types)) => types.contains(&json!("null")),
        Some(ty) => ty == "null",
    };
    if allows {
        schema.insert("nullable".to_owned(), true.into());
    }
}

/// Whether a variant can be merged into its schema: the schema has annotations only, and the variant is no composition.
fn can_merge(schema: &Map<String, Value>, variant: &Map<String, Value>) -> bool {
    const ANNOTATIONS: &[&str] = &[
        "title",
        "description",
        "default",
        "example",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
        "externalDocs",
    ];
    let is_annotation = |keyword: &String| ANNOTATIONS.contains(&keyword.as_str()) || keyword.starts_with("x-");
    schema.keys().all(is_annotation)
        && !["$ref", "allOf", "oneOf", "anyOf", "not"].iter().any(|keyword| variant.contains_key(*keyword))
        && variant.contains_key("type")
}

fn is_null(variant: &Value) -> bool {
    variant.get("type").is_some_and(|ty| *ty == json!("null") || *ty == json!(["null"]))
        || variant.get("enum") == Some(&json!([null]))
        || variant.as_object().is_some_and(|variant| variant.get("const") == Some(&Value::Null))
}

/// Converts an array of types to `oneOf` with a variant for each type; null makes the schema nullable.
fn types(schema: &mut Map<String, Value>) {
    let mut types: Vec<String> = match schema.get("type") {
        Some(Value::Array(types)) if types.iter().all(Value::is_string) => {
            types.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        Some(Value::String(ty)) if ty == "null" => vec![ty.clone()],
        None => {
            null_in_enum(schema, true);
            return;
        }
        _ => return,
    };
    let with_null = types.iter().any(|ty| ty == "null");
    types.retain(|ty| ty != "null");
    types.sort();
    types.dedup();
    if types.iter().any(|ty| ty == "number") {
        types.retain(|ty| ty != "integer");
    }
    schema.remove("type");
    null_in_enum(schema, with_null);
    // a reference beside it determines whether null is allowed
    let refers = schema.get("allOf").and_then(Value::as_array).is_some_and(|parts| !parts.is_empty());
    if with_null && !schema.contains_key("enum") && !refers {
        schema.insert("nullable".to_owned(), true.into());
    }
    match types.as_slice() {
        [] if with_null => {
            // null is the only value
            schema.insert("nullable".to_owned(), true.into());
            schema.insert("enum".to_owned(), json!([null]));
        }
        [] => drop(schema.insert("not".to_owned(), json!({}))),
        [ty] => drop(schema.insert("type".to_owned(), ty.as_str().into())),
        several
            if ["array", "boolean", "number", "object", "string"]
                .iter()
                .all(|ty| several.iter().any(|one| one == ty)) => {}
        several => {
            let variants: Vec<Value> = several.iter().filter_map(|ty| variant_of_type(schema, ty)).collect();
            schema.retain(|keyword, _| keyword != "enum" && applies_to(keyword).is_none());
            // beside a union these are one more condition
            let (at, value) = match variants.as_slice() {
                variants if !schema.contains_key("oneOf") => ("oneOf", json!(variants)),
                variants if !schema.contains_key("anyOf") => ("anyOf", json!(variants)),
                variants => ("allOf", json!([{"oneOf": variants}])),
            };
            match schema.get_mut(at) {
                Some(Value::Array(parts)) => parts.push(json!({"oneOf": variants})),
                _ => drop(schema.insert(at.to_owned(), value)),
            }
        }
    }
}

/// Replaces `null` in an `enum` by `nullable`, if the type allows null.
fn null_in_enum(schema: &mut Map<String, Value>, allowed: bool) {
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        let before = values.len();
        values.retain(|value| !value.is_null());
        if values.len() < before && allowed {
            if values.is_empty() {
                values.push(Value::Null);
            }
            schema.insert("nullable".to_owned(), true.into());
        }
    }
}

/// Returns the keywords of a schema that apply to one type.
fn variant_of_type(schema: &Map<String, Value>, ty: &str) -> Option<Value> {
    let mut variant = Map::new();
    variant.insert("type".to_owned(), ty.into());
    for (keyword, value) in schema {
        if applies_to(keyword).is_some_and(|types| types.contains(&ty)) && !is_format_of_another(keyword, value, ty) {
            variant.insert(keyword.clone(), value.clone());
        }
    }
    if let Some(Value::Array(values)) = schema.get("enum") {
        let is_of_type = |value: &&Value| match ty {
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            "array" => value.is_array(),
            _ => value.is_object(),
        };
        let values: Vec<_> = values.iter().filter(is_of_type).collect();
        if values.is_empty() {
            return None;
        }
        variant.insert("enum".to_owned(), json!(values));
    }
    Some(Value::Object(variant))
}

fn is_format_of_another(keyword: &str, value: &Value, ty: &str) -> bool {
    let numeric = matches!(value.as_str(), Some("int32" | "int64" | "float" | "double"));
    keyword == "format" && numeric != matches!(ty, "integer" | "number")
}

/// Returns the types that a keyword applies to; `None` if it applies to all.
pub(crate) fn applies_to(keyword: &str) -> Option<&'static [&'static str]> {
    Some(match keyword {
        "minLength" | "maxLength" | "pattern" | "contentEncoding" | "contentMediaType" | "contentSchema" => &["string"],
        "format" => &["string", "integer", "number"],
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => &["integer", "number"],
        "items" | "minItems" | "maxItems" | "uniqueItems" => &["array"],
        "properties" | "required" | "additionalProperties" | "minProperties" | "maxProperties" => &["object"],
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
