//! What OpenAPI 3.1 says and 3.0 has no words for.

use openapi::{
    Problem,
    kind::{Kind, each_below, each_value},
};
use serde_json::{Map, Value, json};

/// Dialects that mean what OpenAPI 3.1 says by itself.
pub(super) const DIALECTS: &[&str] = &[
    "https://spec.openapis.org/oas/3.1/dialect/base",
    "https://spec.openapis.org/oas/3.1/dialect/2024-11-10",
    "https://json-schema.org/draft/2020-12/schema",
];

/// Every place that says something for which OpenAPI 3.0 has no words.
pub(super) fn refused(document: &Value) -> Vec<Problem> {
    let mut problems = Vec::new();
    let dialect = document.get("jsonSchemaDialect").map(|dialect| (dialect, "/jsonSchemaDialect".to_owned()));
    problems.extend(dialect.and_then(|(dialect, at)| other_dialect(dialect, at)));
    each_value(document, &mut |value, kind, at| {
        let Some(schema) = value.as_object().filter(|_| kind.is_schema()) else { return };
        if let Some(dialect) = schema.get("$schema") {
            problems.extend(other_dialect(dialect, format!("{at}/$schema")));
        }
        for (keyword, value) in schema {
            if let Some((what, fix)) = lost(schema, keyword, value) {
                let what = format!("`{keyword}` {what}, which OpenAPI 3.0 cannot say");
                problems.push(Problem::new(what, fix).pointing_to(format!("{at}/{keyword}")));
            }
        }
    });
    problems
}

fn other_dialect(dialect: &Value, at: String) -> Option<Problem> {
    let known = dialect.as_str().is_some_and(|dialect| DIALECTS.contains(&dialect.trim_end_matches('#')));
    (!known).then(|| {
        let what = format!("schemas in the dialect {dialect} are not supported; those of OpenAPI 3.1 are");
        Problem::new(what, format!("write them in the dialect {}", DIALECTS[0])).pointing_to(at)
    })
}

/// What would be lost with a keyword, and what to do about it.
fn lost(schema: &Map<String, Value>, keyword: &str, value: &Value) -> Option<(&'static str, &'static str)> {
    let is_empty = value.as_object().is_some_and(Map::is_empty);
    // a schema that anything fits
    let is_open = is_empty || *value == Value::Bool(true);
    Some(match keyword {
        "if" if schema.contains_key("then") || schema.contains_key("else") => {
            ("makes one rule depend on another", "list the cases under `oneOf`, or remove the condition")
        }
        "prefixItems" => (
            "gives each place of a list a schema of its own",
            "describe the list by `items`, with `oneOf` if its values differ",
        ),
        "contains" if !is_open => ("asks for a value somewhere in a list", "remove it, and say it in the description"),
        "patternProperties" if !is_empty => (
            "gives properties schemas by patterns of their names",
            "use `additionalProperties`, or name the properties",
        ),
        "propertyNames" if !is_open && *value != json!({"type": "string"}) => {
            ("rules the names of properties", "remove it, and say it in the description")
        }
        "dependentSchemas" | "dependentRequired" if !is_empty => {
            ("makes one property depend on another", "list the cases under `oneOf`, or remove it")
        }
        "unevaluatedProperties" if !is_open && !is_additional_properties(schema, value) => {
            ("speaks of what other schemas leave over", "use `additionalProperties` in each part, or remove it")
        }
        "unevaluatedItems" if !is_open && !is_plain(schema) => {
            ("speaks of what other schemas leave over", "use `items`, or remove it")
        }
        "$dynamicRef" | "$recursiveRef" => {
            ("refers to a schema that depends on the way to it", "refer to the schema itself by `$ref`")
        }
        "$id" if refers_within(&Value::Object(schema.clone())) => (
            "changes what the references below it mean",
            "remove it, and write the references as `#/components/schemas/…`",
        ),
        _ => return None,
    })
}

pub(super) fn is_plain(schema: &Map<String, Value>) -> bool {
    !["$ref", "allOf", "oneOf", "anyOf", "not", "if", "prefixItems", "contains"]
        .iter()
        .any(|keyword| schema.contains_key(*keyword))
}

/// Beside nothing that is composed, what is not evaluated is what is additional.
fn is_additional_properties(schema: &Map<String, Value>, value: &Value) -> bool {
    is_plain(schema) && (schema.get("additionalProperties").is_none_or(|other| other == value))
}

fn refers_within(value: &Value) -> bool {
    let mut refers = false;
    each_below(value, Kind::Schema, &mut String::new(), &mut |value, kind, _| {
        refers |= openapi::kind::reference(value, kind).is_some();
    });
    refers
}
