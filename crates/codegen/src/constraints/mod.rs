//! Which schemas become Rust types, and which of their constraints a type of the runtime checks.

mod number;

use openapi::queries::{is_true, text};
use runtime::Format;
use serde_json::Value;

use crate::{
    annotation::wrapped_reference,
    coverage::{Context, Coverage},
    model::Constraints,
};
use number::{integer_type, number_constraints};

const ANYTHING: &str = "::serde_json::Value";

/// Whether a schema has constraints that a type of the runtime checks. typify generates types for patterns and enums.
pub(crate) fn has_constraints(schema: &Value) -> bool {
    constraints_of(schema).is_some()
}

/// Whether a schema becomes a Rust type of its own.
pub(crate) fn is_a_type(schema: &Value) -> bool {
    let keywords = ["properties", "enum", "pattern", "allOf", "oneOf", "anyOf"];
    keywords.iter().any(|keyword| schema.get(keyword).is_some()) || has_constraints(schema)
}

/// Whether a schema becomes a type, or may contain one that does.
pub(crate) fn may_hold_a_type(schema: &Value) -> bool {
    is_a_type(schema) || ["items", "additionalProperties"].iter().any(|keyword| schema.get(keyword).is_some())
}

/// Whether a string of this format becomes a Rust type other than a constrained string.
pub(crate) fn has_own_type(format: &str) -> bool {
    matches!(format, "uuid" | "date" | "date-time" | "ip" | "ipv4" | "ipv6" | "password" | "binary")
}

/// Whether a type of the runtime checks this keyword of a schema, or the Rust type implies it.
pub(crate) fn is_checked(schema: &Value, keyword: &str) -> bool {
    let Some(constraints) = constraints_of(schema) else { return false };
    match (keyword, constraints) {
        ("minLength" | "maxLength", Constraints::String { .. }) => count(schema, keyword).is_some(),
        ("format", Constraints::String { format, .. }) => format.is_some(),
        ("minItems" | "maxItems", Constraints::Array { .. }) => count(schema, keyword).is_some(),
        ("uniqueItems", Constraints::Array { .. }) => true,
        ("minProperties" | "maxProperties", Constraints::Map { .. }) => count(schema, keyword).is_some(),
        (_, Constraints::Number(constraints)) => number::is_checked(schema, &constraints, keyword),
        _ => false,
    }
}

/// Returns the constraints of a schema that a type of the runtime checks.
pub(crate) fn constraints_of(schema: &Value) -> Option<Constraints> {
    if ["allOf", "oneOf", "anyOf", "not"].iter().any(|keyword| schema.get(keyword).is_some()) {
        return None;
    }
    let has = |keywords: &[&str]| keywords.iter().any(|keyword| count(schema, keyword).is_some());
    match text(schema, "type") {
        "string" if schema.get("enum").is_some() || schema.get("pattern").is_some() => None,
        "string" => {
            let format = Format::ALL.into_iter().find(|format| format.name() == text(schema, "format"));
            let is_plain = !has_own_type(text(schema, "format")) && has(&["minLength", "maxLength"]);
            (format.is_some() || is_plain).then(|| Constraints::String {
                min_length: count(schema, "minLength"),
                max_length: count(schema, "maxLength"),
                format,
            })
        }
        "array" if has(&["minItems", "maxItems"]) || is_true(schema, "uniqueItems") => Some(Constraints::Array {
            item: schema.get("items").map_or_else(|| Some(ANYTHING.to_owned()), type_of)?,
            min_items: count(schema, "minItems"),
            max_items: count(schema, "maxItems"),
            unique_items: is_true(schema, "uniqueItems"),
        }),
        "object" if has(&["minProperties", "maxProperties"]) && !has_properties(schema) => Some(Constraints::Map {
            item: match schema.get("additionalProperties") {
                None | Some(Value::Bool(true)) => ANYTHING.to_owned(),
                Some(Value::Bool(false)) => return None,
                Some(values) => type_of(values)?,
            },
            min_properties: count(schema, "minProperties"),
            max_properties: count(schema, "maxProperties"),
        }),
        "integer" | "number" => number_constraints(schema).map(Constraints::Number),
        _ => None,
    }
}

fn has_properties(schema: &Value) -> bool {
    let has_some = |length: Option<usize>| length.is_some_and(|length| length > 0);
    has_some(schema.get("properties").and_then(Value::as_object).map(serde_json::Map::len))
        || has_some(schema.get("required").and_then(Value::as_array).map(Vec::len))
}

/// Returns a count of characters, items or properties, if it fits `u32`.
fn count(schema: &Value, keyword: &str) -> Option<u32> {
    let value = schema.get(keyword)?;
    value.as_u64().and_then(|count| u32::try_from(count).ok()).or_else(|| {
        // `3.0` is a valid count
        let float = value.as_f64().filter(|float| float.fract() == 0.0 && (0.0..1e9).contains(float))?;
        float.to_string().parse().ok()
    })
}

/// Returns the Rust type that typify makes of a schema, as written inside the module `types`.
fn type_of(schema: &Value) -> Option<String> {
    let plain = plain_type_of(schema)?;
    Some(if is_true(schema, "nullable") { format!("::std::option::Option<{plain}>") } else { plain })
}

fn plain_type_of(schema: &Value) -> Option<String> {
    if let Some(name) = wrapped_reference(schema) {
        return Some(name.to_owned());
    }
    let composed = ["allOf", "oneOf", "anyOf", "not", "enum", "pattern", "properties"];
    if composed.iter().any(|keyword| schema.get(keyword).is_some()) {
        // a type without a name yet: callers before `inline_schemas` only ask whether there is one
        return is_a_type(schema).then(String::new);
    }
    let plain = match (text(schema, "type"), text(schema, "format")) {
        ("string", "uuid") => "::uuid::Uuid",
        ("string", "date") => "::chrono::naive::NaiveDate",
        ("string", "date-time") => "::chrono::DateTime<::chrono::offset::Utc>",
        ("string", "ip") => "::std::net::IpAddr",
        ("string", "ipv4") => "::std::net::Ipv4Addr",
        ("string", "ipv6") => "::std::net::Ipv6Addr",
        ("string", _) => "::std::string::String",
        ("integer", format) => integer_type(format),
        ("number", "float") => "f32",
        ("number", _) => "f64",
        ("boolean", _) => "bool",
        ("array", _) => {
            let item = schema.get("items").map_or_else(|| Some(ANYTHING.to_owned()), type_of)?;
            return Some(format!("::std::vec::Vec<{item}>"));
        }
        ("object", _) => {
            return match schema.get("additionalProperties") {
                None | Some(Value::Bool(true)) => {
                    Some("::serde_json::Map<::std::string::String, ::serde_json::Value>".to_owned())
                }
                Some(Value::Bool(false)) => None,
                Some(values) => {
                    Some(format!("::std::collections::HashMap<::std::string::String, {}>", type_of(values)?))
                }
            };
        }
        _ => ANYTHING,
    };
    Some(plain.to_owned())
}

/// The reason for constraints of subschemas that are no objects.
const ONLY_THE_TYPE: &str =
    "not enforced: for a subschema of a composition that is no object, only the type is certain to be checked";

/// Returns the coverage of constraints in subschemas, where fewer are supported.
pub(crate) fn coverage_of_subschemas(context: Context, key: &str, value: &Value) -> Option<Coverage> {
    match (context, key) {
        // numbers without a format have the same Rust type
        (Context::InnerSchema | Context::ParameterItems | Context::PartSchema, "format")
            if matches!(text(value, "format"), "int64" | "double") =>
        {
            Some(Err("not documented here; it does not change the Rust type"))
        }
        (Context::PartSchema, "pattern" | "format" | "type" | "uniqueItems" | "multipleOf")
            if matches!(text(value, "type"), "string" | "integer" | "number" | "boolean" | "array") =>
        {
            Some(Err(ONLY_THE_TYPE))
        }
        (Context::PartSchema, key)
            if ["inimum", "aximum"].iter().any(|end| key.contains(end))
                || ["min", "max"].iter().any(|start| key.starts_with(start)) =>
        {
            Some(Err(ONLY_THE_TYPE))
        }
        _ => None,
    }
}

/// Returns the coverage of constraints.
pub(crate) fn coverage(context: Context, key: &str, schema: &Value) -> Option<Coverage> {
    if !context.is_schema() {
        return None;
    }
    let ty = text(schema, "type");
    let has_own_type = ty == "string" && has_own_type(text(schema, "format"));
    let is_beside_pattern = schema.get("pattern").is_some() && schema.get("enum").is_none() && !has_own_type;
    Some(match key {
        key if is_checked(schema, key) => Ok(Context::Supported),
        "minLength" | "maxLength" if ty == "string" && is_beside_pattern => Ok(Context::Supported),
        "minLength" | "maxLength" if ty == "string" => Err("not enforced beside this `format` or `enum`"),
        "minItems" | "maxItems" | "uniqueItems" if ty == "array" => {
            Err("not enforced, since the items have no Rust type of their own")
        }
        "minProperties" | "maxProperties" if ty == "object" => {
            Err("not enforced beside `properties`, or if the values have no Rust type of their own")
        }
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf"
            if matches!(ty, "integer" | "number") =>
        {
            Err("not enforced: no number of the Rust type satisfies it, or it has no effect here")
        }
        "format" if schema.get("enum").is_some() => Err("not enforced beside `enum`, which lists the values"),
        "format" => match (ty, text(schema, "format")) {
            ("integer", format) if format.trim_start_matches('u').starts_with("int") => Ok(Context::Supported),
            ("number", "float" | "double") => Ok(Context::Supported),
            ("string", format) if has_own_type && format != "binary" => Ok(Context::Supported),
            _ => Err("this format is not enforced"),
        },
        _ => return None,
    })
}
