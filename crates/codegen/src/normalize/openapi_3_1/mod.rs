//! Converts schemas of OpenAPI 3.1 and 3.2 to 3.0, where 3.0 can express them. Of the others it makes the smallest
//! schema of 3.0 that accepts all of their values.

mod arrays;
mod bounds;
mod maps;
mod notes;
mod nulls;
mod of_3_0;
pub(super) mod types;

use openapi::{
    kind::{Kind, change_each_at},
    pointer,
    queries::has_json_schemas,
};
use serde_json::{Map, Value, json};

use self::{
    bounds::bounds,
    notes::{Notes, SchemaNotes},
    nulls::{each_variant, null_variants},
    types::types,
};
use super::{Normalizing, narrowing_keywords::NARROWING};

/// Keywords of JSON Schema that do not validate. References to their targets are resolved before.
const IGNORED: &[&str] =
    &["$comment", "$id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$vocabulary", "$defs", "definitions"];

/// Dialects that are equivalent to the default one of OpenAPI 3.1.
const DIALECTS: &[&str] = &[
    "https://spec.openapis.org/oas/3.1/dialect/base",
    "https://spec.openapis.org/oas/3.1/dialect/2024-11-10",
    "https://spec.openapis.org/oas/3.2/dialect/2025-09-17",
    "https://json-schema.org/draft/2020-12/schema",
];

const OTHER_DIALECT: &str = "the dialect is not interpreted: its schemas are read as JSON Schema 2020-12";

const OF_3_2: &str = "this keyword of OpenAPI 3.2 is not interpreted";

pub(super) fn run(normalizing: &mut Normalizing) {
    let Normalizing { document, moved, ignored, .. } = normalizing;
    let of_3_1 = has_json_schemas(document);
    let mut notes = Notes::new(moved, ignored);
    // the list of unsupported keywords shows narrowing keywords as they are
    let opaque: Vec<&str> = NARROWING.iter().map(|(keyword, _)| *keyword).collect();
    change_each_at(document, &mut String::new(), Kind::Root, &opaque, &mut |value, kind, at| {
        if kind.is_schema() && of_3_1 {
            schema(value, kind, &mut notes.at(at));
        } else if kind == Kind::Parameter && of_3_1 {
            query_string(value, &mut notes.at(at));
        } else if let Some(keyword) = of_3_2(kind) {
            if let Some(removed) = value.as_object_mut().and_then(|object| object.remove(keyword)) {
                notes.at(at).ignored(keyword, OF_3_2, &removed);
            }
        } else if kind.is_schema() {
            of_3_0::schema(value, &mut notes.at(at));
        }
    });
    if let (Value::Object(document), true) = (document, of_3_1) {
        document.insert("openapi".to_owned(), "3.0.3".into());
        if let Some(dialect) = document.remove("jsonSchemaDialect").filter(|dialect| !is_default(dialect)) {
            notes.at("").ignored("jsonSchemaDialect", OTHER_DIALECT, &dialect);
        }
    }
}

/// Returns the keyword that OpenAPI 3.2 adds to an object whose other keywords are supported.
fn of_3_2(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Discriminator => Some("defaultMapping"),
        Kind::Server => Some("name"),
        _ => None,
    }
}

/// Whether a dialect is equivalent to the default one.
fn is_default(dialect: &Value) -> bool {
    dialect.as_str().is_some_and(|dialect| DIALECTS.contains(&dialect.trim_end_matches('#')))
}

/// Converts a parameter for the entire query of OpenAPI 3.2 to an object of query parameters, if it is encoded as a
/// form. Validation rejects other encodings.
fn query_string(parameter: &mut Value, notes: &mut SchemaNotes<'_, '_>) {
    const FORM: &str = "application/x-www-form-urlencoded";
    let Some(parameter) = parameter.as_object_mut().filter(|map| map.get("in") == Some(&json!("querystring"))) else {
        return;
    };
    let Some(Value::Object(media)) = parameter.get_mut("content").and_then(|content| content.get_mut(FORM)) else {
        return;
    };
    let schema = media.remove("schema").unwrap_or_else(|| json!({"type": "object"}));
    parameter.remove("content");
    parameter.insert("in".to_owned(), "query".into());
    parameter.insert("style".to_owned(), "form".into());
    parameter.insert("explode".to_owned(), true.into());
    parameter.insert("schema".to_owned(), schema);
    notes.moved(&format!("{}/schema", pointer::join("/content", FORM)), "/schema");
}

fn schema(value: &mut Value, kind: Kind, notes: &mut SchemaNotes<'_, '_>) {
    match value {
        // booleans are valid here in 3.0 too
        Value::Bool(_) if kind == Kind::SchemaOrFlag => {}
        Value::Bool(true) => *value = json!({}),
        Value::Bool(false) => *value = json!({"not": {}}),
        Value::Object(schema) => {
            remove_ignored(schema, notes);
            // first of the conversions, since a variant that is merged into its schema has to be converted too
            each_variant(schema, |variant, location| remove_ignored(variant, &mut notes.part(location)));
            null_variants(schema, notes);
            arrays::items_of_older_drafts(schema, notes);
            unevaluated(schema, notes);
            constant(schema, notes);
            bounds(schema, notes);
            content(schema);
            arrays::positions(schema, notes);
            maps::patterns(schema, notes);
            beside_a_reference(schema, notes);
            types(schema, notes);
        }
        _ => {}
    }
}

/// Removes keywords without an effect.
fn remove_ignored(schema: &mut Map<String, Value>, notes: &mut SchemaNotes<'_, '_>) {
    if let Some(nullable) = schema.remove("nullable") {
        notes.ignored("nullable", "ignored: since OpenAPI 3.1 it is no keyword; `type` includes \"null\"", &nullable);
    }
    if let Some(dialect) = schema.remove("$schema").filter(|dialect| !is_default(dialect)) {
        notes.ignored("$schema", OTHER_DIALECT, &dialect);
    }
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

/// Converts `unevaluatedProperties` and `unevaluatedItems` where no other subschema evaluates properties or items.
fn unevaluated(schema: &mut Map<String, Value>, notes: &mut SchemaNotes<'_, '_>) {
    let has_subschemas = ["$ref", "allOf", "oneOf", "anyOf", "not", "if", "dependentSchemas"]
        .iter()
        .any(|keyword| schema.contains_key(*keyword));
    for (keyword, same, other) in [
        ("unevaluatedProperties", "additionalProperties", None),
        // items that match `contains` are evaluated
        ("unevaluatedItems", "items", Some("contains")),
    ] {
        let Some(value) = schema.get(keyword) else { continue };
        let accepts_all = *value == Value::Bool(true) || *value == json!({});
        let is_plain = !has_subschemas && other.is_none_or(|other| !schema.contains_key(other));
        if accepts_all || schema.contains_key(same) {
            // beside the other keyword nothing is unevaluated
            schema.remove(keyword);
        } else if is_plain && let Some(value) = schema.remove(keyword) {
            schema.insert(same.to_owned(), value);
            notes.moved(&format!("/{keyword}"), &format!("/{same}"));
        }
    }
}

fn constant(schema: &mut Map<String, Value>, notes: &mut SchemaNotes<'_, '_>) {
    let Some(value) = schema.remove("const") else { return };
    if let (None, Some(ty)) = (schema.get("type"), type_of(&value)) {
        schema.insert("type".to_owned(), ty.into());
    }
    schema.insert("enum".to_owned(), json!([value]));
    notes.moved("/const", "/enum");
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
fn beside_a_reference(schema: &mut Map<String, Value>, notes: &mut SchemaNotes<'_, '_>) {
    if schema.len() < 2 || !schema.get("$ref").is_some_and(Value::is_string) {
        return;
    }
    let Some(reference) = schema.remove("$ref") else { return };
    let reference = json!({"$ref": reference});
    match schema.get_mut("allOf") {
        Some(Value::Array(parts)) => {
            (0..parts.len()).rev().for_each(|at| notes.moved(&format!("/allOf/{at}"), &format!("/allOf/{}", at + 1)));
            parts.insert(0, reference);
        }
        _ => drop(schema.insert("allOf".to_owned(), json!([reference]))),
    }
    notes.moved("/$ref", "/allOf/0/$ref");
}

#[cfg(test)]
mod tests;
