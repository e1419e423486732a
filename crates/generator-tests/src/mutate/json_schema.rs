//! Mutation operators of keywords that OpenAPI 3.1 takes from JSON Schema.

use openapi::pointer::{self, join};
use serde_json::{Map, Value, json};

use super::mutant::Mutants;

/// Mutates the keywords of one schema, whose only type beside `null` is `ty`.
pub(super) fn mutate(mutants: &mut Mutants<'_>, map: &Map<String, Value>, ty: &str, at: &str) {
    null(mutants, map, at);
    bounds(mutants, map, ty, at);
    for (keyword, value) in map {
        if KEYWORDS.contains(&keyword.as_str()) {
            mutants.remove("keyword of 3.1: removed", &join(at, keyword));
        } else if keyword == "const" {
            let other = if value == "another" { json!("one more") } else { json!("another") };
            mutants.set("const: changed", &format!("{at}/const"), other);
        }
    }
    let name = map.get("properties").and_then(Value::as_object).and_then(|properties| properties.keys().next());
    let name = name.map_or("a", String::as_str);
    let text = json!({"type": "string", "maxLength": 3});
    let added: Vec<(&str, Value)> = match ty {
        "object" => vec![
            ("propertyNames", json!({"pattern": "^[a-z]+$"})),
            ("patternProperties", json!({"^zz-": text})),
            ("dependentRequired", json!({name: ["another"]})),
            ("dependentSchemas", json!({name: {"minProperties": 2}})),
            ("unevaluatedProperties", json!({"type": "integer"})),
        ],
        "array" => vec![
            ("prefixItems", json!([{"type": "null"}, text])),
            ("contains", text),
            ("unevaluatedItems", json!({"type": "integer", "minimum": 7})),
        ],
        "string" => vec![("contentEncoding", json!("base32")), ("contentMediaType", json!("text/html"))],
        _ => Vec::new(),
    };
    for (keyword, value) in added.into_iter().filter(|(keyword, _)| !map.contains_key(*keyword)) {
        // beside these no property and no item is unevaluated
        let has_no_effect = match keyword {
            "unevaluatedProperties" => map.contains_key("additionalProperties"),
            "unevaluatedItems" => map.contains_key("items"),
            _ => false,
        };
        if !has_no_effect {
            mutants.set("keyword of 3.1: added", &join(at, keyword), value);
        }
    }
    if ty == "object" && !map.contains_key("if") && !map.contains_key("then") {
        let mut conditional = map.clone();
        conditional.insert("if".to_owned(), json!({"required": [name]}));
        conditional.insert("then".to_owned(), json!({"minProperties": 2}));
        mutants.set("keyword of 3.1: added", at, conditional);
    }
}

/// Keywords with an effect that their removal changes.
const KEYWORDS: &[&str] =
    &["contentEncoding", "dependentRequired", "dependentSchemas", "patternProperties", "prefixItems", "propertyNames"];

/// Adds `null` to the types of a schema, or removes it.
fn null(mutants: &mut Mutants<'_>, map: &Map<String, Value>, at: &str) {
    let Some(types) = map.get("type") else { return };
    let names: Vec<&str> = match types {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    // null violates an enum or constant without it
    let is_restricted = map.contains_key("enum") || map.contains_key("const");
    // another variant of the union may be null
    let variants = pointer::parent(at).filter(|list| list.ends_with("/oneOf") || list.ends_with("/anyOf"));
    let mut variants = variants.and_then(|list| mutants.document.pointer(list)?.as_array()).into_iter().flatten();
    if variants.any(|variant| variant.get("type").is_some_and(|ty| ty == "null")) {
        return;
    }
    let place = format!("{at}/type");
    let others: Vec<&str> = names.iter().copied().filter(|name| *name != "null").collect();
    if others.len() == names.len() && !is_restricted {
        mutants.set("null: added", &place, [names, vec!["null"]].concat());
    } else if others.len() < names.len() && !others.is_empty() {
        mutants.set("null: removed", &place, others);
    }
}

/// Changes exclusive bounds, which are numbers.
fn bounds(mutants: &mut Mutants<'_>, map: &Map<String, Value>, ty: &str, at: &str) {
    if !matches!(ty, "integer" | "number") {
        return;
    }
    for (inclusive, exclusive, tighter) in [("minimum", "exclusiveMinimum", 1), ("maximum", "exclusiveMaximum", -1)] {
        let place = join(at, exclusive);
        let inner = map.get(inclusive).and_then(Value::as_i64);
        match map.get(exclusive).map(Value::as_i64) {
            Some(Some(bound)) => {
                mutants.remove("exclusive bound: removed", &place);
                mutants.set("exclusive bound: moved", &place, bound.saturating_add(tighter));
            }
            Some(None) => mutants.remove("exclusive bound: removed", &place),
            None => {
                let bound = inner.map_or(json!(5), |bound| json!(bound));
                mutants.set("exclusive bound: added", &place, bound);
            }
        }
    }
}
