//! Arrays of types.

use serde_json::{Map, Value, json};

use super::{notes::SchemaNotes, nulls::null_in_enum};

/// Keywords of a part of `allOf` that exclude types, or whose target may.
const TYPED: &[&str] = &["$ref", "allOf", "anyOf", "const", "enum", "not", "oneOf", "type"];

const OF_PARTS: &str = "null is not added: the parts of `allOf` determine whether a value may be null";

/// Converts an array of types to `oneOf` with a variant for each type; null makes the schema nullable.
pub(super) fn types(schema: &mut Map<String, Value>, notes: &mut SchemaNotes<'_, '_>) {
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
    let written = schema.remove("type").unwrap_or_default();
    null_in_enum(schema, with_null);
    // parts beside it that have a type determine whether null is allowed
    let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    let is_decided = parts.into_iter().any(|part| TYPED.iter().any(|keyword| part.get(*keyword).is_some()));
    if with_null && is_decided {
        notes.ignored("type", OF_PARTS, &written);
    } else if with_null && !schema.contains_key("enum") {
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
            // beside a union these are one more condition
            let parts = schema.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
            let at = match (schema.contains_key("oneOf"), schema.contains_key("anyOf")) {
                (false, _) => "/oneOf".to_owned(),
                (true, false) => "/anyOf".to_owned(),
                (true, true) => format!("/allOf/{parts}/oneOf"),
            };
            for (index, variant) in variants.iter().enumerate() {
                notes.moved("", &format!("{at}/{index}"));
                for keyword in schema.keys().filter(|keyword| variant.get(keyword.as_str()).is_some()) {
                    notes.moved(&format!("/{keyword}"), &format!("{at}/{index}/{keyword}"));
                }
            }
            schema.retain(|keyword, _| keyword != "enum" && applies_to(keyword).is_none());
            match (schema.contains_key("oneOf"), schema.contains_key("anyOf"), schema.get_mut("allOf")) {
                (false, ..) => drop(schema.insert("oneOf".to_owned(), variants.into())),
                (true, false, _) => drop(schema.insert("anyOf".to_owned(), variants.into())),
                (true, true, Some(Value::Array(parts))) => parts.push(json!({"oneOf": variants})),
                (true, true, _) => drop(schema.insert("allOf".to_owned(), json!([{"oneOf": variants}]))),
            }
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
