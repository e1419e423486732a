//! Texts and lists with rules become types of ours that check them.

use serde_json::{Value, json};

use super::Lowering;
use crate::{
    document::{referenced, text},
    model::{Checked, Item},
};

/// Whether a schema has rules that a type of ours checks. Patterns and enums are typify's, and it checks them.
pub(super) fn has_rules(schema: &Value) -> bool {
    match text(schema, "type") {
        "string" if schema.get("enum").is_some() || schema.get("pattern").is_some() => false,
        "string" => match text(schema, "format") {
            "uri" => true,
            "" => ["minLength", "maxLength"].iter().any(|rule| schema.get(rule).is_some()),
            _ => false,
        },
        "array" => ["minItems", "maxItems"].iter().any(|rule| schema.get(rule).is_some()),
        _ => false,
    }
}

pub(super) fn run(lowering: &mut Lowering) {
    for name in lowering.schemas().keys().cloned().collect::<Vec<_>>() {
        let schema = lowering.schemas().get(&name).cloned().unwrap_or_default();
        if !has_rules(&schema) || crate::document::is_true(&schema, "nullable") {
            continue;
        }
        let description = text(&schema, "description").trim().to_owned();
        let number = |keyword: &str| schema.get(keyword).and_then(Value::as_u64);
        let checked = if text(&schema, "type") == "string" {
            Checked::Text {
                min_length: number("minLength"),
                max_length: number("maxLength"),
                uri: text(&schema, "format") == "uri",
                description,
            }
        } else {
            let Some(item) = schema.get("items").and_then(item) else { continue };
            Checked::List { item, min_items: number("minItems"), max_items: number("maxItems"), description }
        };
        // progenitor sees a plain schema of the same shape; the generated code has our type in its place
        let plain = match &checked {
            Checked::List { .. } => json!({"type": "array", "items": schema["items"]}),
            _ => json!({"type": "string"}),
        };
        lowering.schemas().insert(name.clone(), plain);
        lowering.model.checked.insert(name, checked);
    }
}

fn item(schema: &Value) -> Option<Item> {
    if let Some(name) = referenced(schema, "schemas") {
        return Some(Item::Named(name.to_owned()));
    }
    if schema.get("enum").is_some() || crate::document::is_true(schema, "nullable") {
        return None;
    }
    match (text(schema, "type"), text(schema, "format")) {
        ("string", "") => Some(Item::Plain("String")),
        ("integer", "int32") => Some(Item::Plain("i32")),
        ("integer", _) => Some(Item::Plain("i64")),
        ("number", "float") => Some(Item::Plain("f32")),
        ("number", _) => Some(Item::Plain("f64")),
        ("boolean", _) => Some(Item::Plain("bool")),
        _ => None,
    }
}
