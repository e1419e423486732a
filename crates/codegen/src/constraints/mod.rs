//! Which schemas become types of their own, and which of their constraints a type of the runtime checks.

mod number;

use openapi::queries::{is_true, referenced, text};
use runtime::Format;
use serde_json::Value;

use crate::{
    coverage::{Fate, Place},
    model::Rules,
};
use number::{integer_type, number_rules};

const ANYTHING: &str = "::serde_json::Value";

/// Whether a schema has rules that a type of ours checks. Patterns and enums are typify's, and it checks them.
pub(crate) fn has_rules(schema: &Value) -> bool {
    rules(schema).is_some()
}

/// Whether a schema becomes a type of its own.
pub(crate) fn is_a_type(schema: &Value) -> bool {
    let keywords = ["properties", "enum", "pattern", "allOf", "oneOf", "anyOf"];
    keywords.iter().any(|keyword| schema.get(keyword).is_some()) || has_rules(schema)
}

/// Whether a schema is a type, or has one inside.
pub(crate) fn may_hold_a_type(schema: &Value) -> bool {
    is_a_type(schema) || ["items", "additionalProperties"].iter().any(|keyword| schema.get(keyword).is_some())
}

/// Whether a text of this format is no text in Rust, or one that does not show itself.
pub(crate) fn has_own_type(format: &str) -> bool {
    matches!(format, "uuid" | "date" | "date-time" | "ip" | "ipv4" | "ipv6" | "password" | "binary")
}

/// Whether a type of ours checks this keyword of a schema, or whether it can be left out since the type says the same.
pub(crate) fn is_checked(schema: &Value, keyword: &str) -> bool {
    let Some(rules) = rules(schema) else { return false };
    match (keyword, rules) {
        ("minLength" | "maxLength", Rules::Text { .. }) => count(schema, keyword).is_some(),
        ("format", Rules::Text { format, .. }) => format.is_some(),
        ("minItems" | "maxItems", Rules::List { .. }) => count(schema, keyword).is_some(),
        ("uniqueItems", Rules::List { .. }) => true,
        ("minProperties" | "maxProperties", Rules::Map { .. }) => count(schema, keyword).is_some(),
        (_, Rules::Number(rules)) => number::is_checked(schema, &rules, keyword),
        _ => false,
    }
}

/// The rules of a schema that a type of ours checks.
pub(crate) fn rules(schema: &Value) -> Option<Rules> {
    if ["allOf", "oneOf", "anyOf", "not"].iter().any(|keyword| schema.get(keyword).is_some()) {
        return None;
    }
    let has = |keywords: &[&str]| keywords.iter().any(|keyword| count(schema, keyword).is_some());
    match text(schema, "type") {
        "string" if schema.get("enum").is_some() || schema.get("pattern").is_some() => None,
        "string" => {
            let format = Format::ALL.into_iter().find(|format| format.name() == text(schema, "format"));
            let is_plain = !has_own_type(text(schema, "format")) && has(&["minLength", "maxLength"]);
            (format.is_some() || is_plain).then(|| Rules::Text {
                min_length: count(schema, "minLength"),
                max_length: count(schema, "maxLength"),
                format,
            })
        }
        "array" if has(&["minItems", "maxItems"]) || is_true(schema, "uniqueItems") => Some(Rules::List {
            item: schema.get("items").map_or_else(|| Some(ANYTHING.to_owned()), type_of)?,
            min_items: count(schema, "minItems"),
            max_items: count(schema, "maxItems"),
            unique_items: is_true(schema, "uniqueItems"),
        }),
        "object" if has(&["minProperties", "maxProperties"]) && !has_properties(schema) => Some(Rules::Map {
            item: match schema.get("additionalProperties") {
                None | Some(Value::Bool(true)) => ANYTHING.to_owned(),
                Some(Value::Bool(false)) => return None,
                Some(values) => type_of(values)?,
            },
            min_properties: count(schema, "minProperties"),
            max_properties: count(schema, "maxProperties"),
        }),
        "integer" | "number" => number_rules(schema).map(Rules::Number),
        _ => None,
    }
}

fn has_properties(schema: &Value) -> bool {
    let has_some = |list: Option<usize>| list.is_some_and(|length| length > 0);
    has_some(schema.get("properties").and_then(Value::as_object).map(serde_json::Map::len))
        || has_some(schema.get("required").and_then(Value::as_array).map(Vec::len))
}

/// A count of characters, items or properties, unless it is more than any machine has.
fn count(schema: &Value, keyword: &str) -> Option<u32> {
    let value = schema.get(keyword)?;
    value.as_u64().and_then(|count| u32::try_from(count).ok()).or_else(|| {
        // 3.0 is as good as 3
        let float = value.as_f64().filter(|float| float.fract() == 0.0 && (0.0..1e9).contains(float))?;
        float.to_string().parse().ok()
    })
}

/// The Rust type that typify makes of a schema, as it is written inside the module `types`.
fn type_of(schema: &Value) -> Option<String> {
    let plain = plain_type_of(schema)?;
    Some(if is_true(schema, "nullable") { format!("::std::option::Option<{plain}>") } else { plain })
}

fn plain_type_of(schema: &Value) -> Option<String> {
    let part =
        schema.get("allOf").and_then(Value::as_array).filter(|parts| parts.len() == 1).and_then(|all| all.first());
    if let Some(name) = referenced(schema, "schemas").or_else(|| referenced(part?, "schemas")) {
        return Some(name.to_owned());
    }
    let composed = ["allOf", "oneOf", "anyOf", "not", "enum", "pattern", "properties"];
    if composed.iter().any(|keyword| schema.get(keyword).is_some()) {
        // a type of its own, which has a name by now; before that any name will do
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

/// Why the constraints of a part of a composition are not checked.
const ONLY_THE_KIND: &str =
    "of a part of a composition that is no object only the kind of value is certain to be checked";

/// Support for constraints where they say less than elsewhere.
pub(crate) fn fate_of_parts(place: Place, key: &str, value: &Value) -> Option<Fate> {
    match (place, key) {
        // formats that say no more than the type that stands for numbers without one
        (Place::InnerSchema | Place::PartSchema, "format") if matches!(text(value, "format"), "int64" | "double") => {
            Some(Err("the type is the same without this format, and has no documentation here"))
        }
        (Place::PartSchema, "pattern" | "format" | "type" | "uniqueItems" | "multipleOf")
            if matches!(text(value, "type"), "string" | "integer" | "number" | "boolean" | "array") =>
        {
            Some(Err(ONLY_THE_KIND))
        }
        (Place::PartSchema, key)
            if ["inimum", "aximum"].iter().any(|end| key.contains(end))
                || ["min", "max"].iter().any(|start| key.starts_with(start)) =>
        {
            Some(Err(ONLY_THE_KIND))
        }
        _ => None,
    }
}

/// Support for constraints.
pub(crate) fn fate(place: Place, key: &str, schema: &Value) -> Option<Fate> {
    if !place.is_schema() {
        return None;
    }
    let ty = text(schema, "type");
    let has_own_type = ty == "string" && has_own_type(text(schema, "format"));
    let is_beside_pattern = schema.get("pattern").is_some() && schema.get("enum").is_none() && !has_own_type;
    Some(match key {
        key if is_checked(schema, key) => Ok(Place::Whole),
        "minLength" | "maxLength" if ty == "string" && is_beside_pattern => Ok(Place::Whole),
        "minLength" | "maxLength" if ty == "string" => Err("not checked beside this format or enum"),
        "minItems" | "maxItems" | "uniqueItems" if ty == "array" => {
            Err("not checked, since what the list holds has no type of its own")
        }
        "minProperties" | "maxProperties" if ty == "object" => {
            Err("not checked beside properties, or where what the map holds has no type of its own")
        }
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf"
            if matches!(ty, "integer" | "number") =>
        {
            Err("no number of the type keeps this, or it says nothing here")
        }
        "format" if schema.get("enum").is_some() => Err("not checked beside an enum, whose values are known"),
        "format" => match (ty, text(schema, "format")) {
            ("integer", format) if format.trim_start_matches('u').starts_with("int") => Ok(Place::Whole),
            ("number", "float" | "double") => Ok(Place::Whole),
            ("string", format) if has_own_type && format != "binary" => Ok(Place::Whole),
            _ => Err("this format is not checked"),
        },
        _ => return None,
    })
}
