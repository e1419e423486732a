//! Null among the variants of a union, and among the values of an enum.

use openapi::pointer;
use serde_json::{Map, Value, json};

use super::notes::SchemaNotes;
use crate::annotation::is_annotation;

const OF_NULL: &str = "not documented: null is no variant of the type, which is optional instead";

const BESIDE: &str = "not documented: the schema around the union has this keyword too";

/// Removes null variants and makes the schema nullable.
pub(super) fn null_variants(schema: &mut Map<String, Value>, notes: &mut SchemaNotes<'_, '_>) {
    for keyword in ["oneOf", "anyOf"] {
        let Some(Value::Array(variants)) = schema.get_mut(keyword) else { continue };
        let kept: Vec<usize> = (0..variants.len()).filter(|at| !is_null(&variants[*at])).collect();
        if variants.len() == kept.len() {
            continue;
        }
        for (at, variant) in variants.iter().enumerate().filter(|(at, _)| !kept.contains(at)) {
            for (key, value) in variant.as_object().into_iter().flatten() {
                if !matches!(key.as_str(), "type" | "enum" | "const") {
                    notes.part(&format!("/{keyword}/{at}")).ignored(key, OF_NULL, value);
                }
            }
        }
        variants.retain(|variant| !is_null(variant));
        let rest = std::mem::take(variants);
        schema.remove(keyword);
        match <[Value; 1]>::try_from(rest) {
            Ok([Value::Object(variant)]) if can_merge(schema, &variant) => {
                let from = kept.first().copied().unwrap_or_default();
                for (key, value) in variant {
                    let below = pointer::join("", &key);
                    if schema.contains_key(&key) {
                        notes.part(&format!("/{keyword}/{from}")).ignored(&key, BESIDE, &value);
                    } else {
                        notes.moved(&format!("/{keyword}/{from}{below}"), &below);
                        schema.insert(key, value);
                    }
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
                let from = kept.first().copied().unwrap_or_default();
                notes.moved(&format!("/{keyword}/{from}"), &format!("/{at}/0"));
                nullable_unless_typed(schema);
            }
            Err(rest) if rest.is_empty() => {
                schema.entry("type").or_insert_with(|| "null".into());
            }
            Err(rest) => {
                schema.insert(keyword.to_owned(), Value::Array(rest));
                for (to, from) in kept.into_iter().enumerate() {
                    notes.moved(&format!("/{keyword}/{from}"), &format!("/{keyword}/{to}"));
                }
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
    schema.keys().all(|keyword| is_annotation(keyword))
        && !["$ref", "allOf", "oneOf", "anyOf", "not"].iter().any(|keyword| variant.contains_key(*keyword))
        && variant.contains_key("type")
}

fn is_null(variant: &Value) -> bool {
    variant.get("type").is_some_and(|ty| *ty == json!("null") || *ty == json!(["null"]))
        || variant.get("enum") == Some(&json!([null]))
        || variant.as_object().is_some_and(|variant| variant.get("const") == Some(&Value::Null))
}

/// Replaces `null` in an `enum` by `nullable`, if the type allows null.
pub(super) fn null_in_enum(schema: &mut Map<String, Value>, allowed: bool) {
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

/// Calls `change` with each variant of a union and its location in the schema.
pub(super) fn each_variant(schema: &mut Map<String, Value>, mut change: impl FnMut(&mut Map<String, Value>, &str)) {
    for keyword in ["oneOf", "anyOf"] {
        let variants = schema.get_mut(keyword).and_then(Value::as_array_mut);
        for (at, variant) in variants.into_iter().flatten().enumerate() {
            if let Value::Object(variant) = variant {
                change(variant, &format!("/{keyword}/{at}"));
            }
        }
    }
}
