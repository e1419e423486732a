//! Keywords of OpenAPI 3.1 that 3.0 cannot express.

use openapi::{
    Code, Problem,
    kind::{Kind, each_below, each_value},
};
use serde_json::{Map, Value, json};

/// Dialects that are equivalent to the default one of OpenAPI 3.1.
pub(super) const DIALECTS: &[&str] = &[
    "https://spec.openapis.org/oas/3.1/dialect/base",
    "https://spec.openapis.org/oas/3.1/dialect/2024-11-10",
    "https://json-schema.org/draft/2020-12/schema",
];

/// Returns a problem for every keyword that OpenAPI 3.0 cannot express.
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
                let what = format!("`{keyword}` is not supported: it {what}, which cannot be converted to OpenAPI 3.0");
                let problem = Problem::new(what, fix).of(Code::Unsupported);
                problems.push(problem.pointing_to(format!("{at}/{keyword}")));
            }
        }
    });
    problems
}

fn other_dialect(dialect: &Value, at: String) -> Option<Problem> {
    let known = dialect.as_str().is_some_and(|dialect| DIALECTS.contains(&dialect.trim_end_matches('#')));
    (!known).then(|| {
        let what = format!("the schema dialect {dialect} is not supported");
        Problem::new(what, format!("use the dialect {}", DIALECTS[0])).of(Code::Unsupported).pointing_to(at)
    })
}

/// Returns what a keyword expresses that 3.0 cannot, and a fix.
fn lost(schema: &Map<String, Value>, keyword: &str, value: &Value) -> Option<(&'static str, &'static str)> {
    let is_empty = value.as_object().is_some_and(Map::is_empty);
    // a schema that accepts every value
    let accepts_all = is_empty || *value == Value::Bool(true);
    Some(match keyword {
        "if" if schema.contains_key("then") || schema.contains_key("else") => {
            ("is a conditional schema", "list the cases under `oneOf`, or remove the condition")
        }
        "prefixItems" => {
            ("defines a schema for each position of an array", "use `items`, with `oneOf` if the items differ")
        }
        "contains" if !accepts_all => {
            ("requires an item anywhere in an array", "remove the keyword, and state the constraint in the description")
        }
        "patternProperties" if !is_empty => (
            "defines schemas for properties by patterns of their names",
            "use `additionalProperties`, or list the properties",
        ),
        "propertyNames" if !accepts_all && *value != json!({"type": "string"}) => {
            ("constrains the names of properties", "remove the keyword, and state the constraint in the description")
        }
        "dependentSchemas" | "dependentRequired" if !is_empty => {
            ("makes a constraint depend on a property", "list the cases under `oneOf`, or remove the keyword")
        }
        "unevaluatedProperties" if !accepts_all && !is_additional_properties(schema, value) => (
            "applies to properties that other subschemas do not evaluate",
            "use `additionalProperties` in each subschema, or remove the keyword",
        ),
        "unevaluatedItems" if !accepts_all && !is_plain(schema) => {
            ("applies to items that other subschemas do not evaluate", "use `items`, or remove the keyword")
        }
        "$dynamicRef" | "$recursiveRef" => {
            ("references a schema that depends on the dynamic scope", "reference the schema by `$ref`")
        }
        "$id" if refers_within(&Value::Object(schema.clone())) => (
            "changes the base of the references below it",
            "remove `$id`, and write the references as `#/components/schemas/…`",
        ),
        _ => return None,
    })
}

pub(super) fn is_plain(schema: &Map<String, Value>) -> bool {
    !["$ref", "allOf", "oneOf", "anyOf", "not", "if", "prefixItems", "contains"]
        .iter()
        .any(|keyword| schema.contains_key(*keyword))
}

/// Whether `unevaluatedProperties` is equivalent to `additionalProperties`: the schema has no subschemas that evaluate
/// properties.
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
