//! OpenAPI 3.1 is said in the words of 3.0, as far as those can say it.

mod refused;

use openapi::{
    kind::{Kind, change_each},
    queries::text,
};
use serde_json::{Map, Value, json};

use refused::{is_plain, refused};

use super::Normalizing;

/// Keywords of JSON Schema that judge nothing, or name a place that no reference here can lead to.
const SILENT: &[&str] =
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
        // these may be flags in 3.0 too
        Value::Bool(_) if kind == Kind::SchemaOrFlag => {}
        Value::Bool(true) => *value = json!({}),
        Value::Bool(false) => *value = json!({"not": {}}),
        Value::Object(schema) => {
            silent(schema);
            left_over(schema);
            // a branch may become one with its schema, so what it says is put into words of 3.0 after that
            null_branches(schema);
            constant(schema);
            bounds(schema);
            content(schema);
            beside_a_reference(schema);
            types(schema);
        }
        _ => {}
    }
}

/// What has no effect here goes.
fn silent(schema: &mut Map<String, Value>) {
    schema.remove("nullable");
    schema.retain(|keyword, _| !SILENT.contains(&keyword.as_str()));
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

fn left_over(schema: &mut Map<String, Value>) {
    let plain = is_plain(schema);
    for (keyword, same) in [("unevaluatedProperties", "additionalProperties"), ("unevaluatedItems", "items")] {
        let Some(value) = schema.remove(keyword) else { continue };
        let is_open = value == Value::Bool(true) || value == json!({});
        // beside `items` nothing is left over
        if !is_open && plain && !schema.contains_key(same) {
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

/// An exclusive bound is a number of its own; the tighter of two is the one that counts.
fn bounds(schema: &mut Map<String, Value>) {
    for (exclusive, inclusive, tighter) in [
        ("exclusiveMinimum", "minimum", std::cmp::Ordering::Less),
        ("exclusiveMaximum", "maximum", std::cmp::Ordering::Greater),
    ] {
        let Some(bound) = schema.get(exclusive).filter(|bound| bound.is_number()).cloned() else { continue };
        let other = schema.get(inclusive).and_then(Value::as_f64);
        let counts = match (other, bound.as_f64()) {
            (Some(other), Some(bound)) => other == bound || other.partial_cmp(&bound) == Some(tighter),
            _ => true,
        };
        if counts {
            schema.insert(inclusive.to_owned(), bound);
            schema.insert(exclusive.to_owned(), true.into());
        } else {
            schema.remove(exclusive);
        }
    }
}

/// Bytes within JSON are base64; bytes outside of it are what they are. Other encodings stay, and are listed.
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

/// What stands beside a reference counts as much as what it refers to.
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

/// A branch that is null makes the others nullable.
fn null_branches(schema: &mut Map<String, Value>) {
    for keyword in ["oneOf", "anyOf"] {
        let Some(Value::Array(branches)) = schema.get_mut(keyword) else { continue };
        let before = branches.len();
        branches.retain(|branch| !is_null(branch));
        if branches.len() == before {
            continue;
        }
        let rest = std::mem::take(branches);
        schema.remove(keyword);
        match <[Value; 1]>::try_from(rest) {
            Ok([Value::Object(branch)]) if is_one_with(schema, &branch) => {
                for (key, value) in branch {
                    schema.entry(key).or_insert(value);
                }
                // its own types may be several
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
            Ok([branch]) => {
                let at = if schema.contains_key("allOf") { keyword } else { "allOf" };
                schema.insert(at.to_owned(), json!([branch]));
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

/// A type beside the branches that does not allow null rules out the null branch.
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

/// Whether a branch can be said together with the schema that it stands in, which has annotations only.
fn is_one_with(schema: &Map<String, Value>, branch: &Map<String, Value>) -> bool {
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
        && !["$ref", "allOf", "oneOf", "anyOf", "not"].iter().any(|keyword| branch.contains_key(*keyword))
        && branch.contains_key("type")
}

fn is_null(branch: &Value) -> bool {
    branch.get("type").is_some_and(|ty| *ty == json!("null") || *ty == json!(["null"]))
        || branch.get("enum") == Some(&json!([null]))
        || branch.as_object().is_some_and(|branch| branch.get("const") == Some(&Value::Null))
}

/// Several types are one of several schemas; null among them makes it nullable.
fn types(schema: &mut Map<String, Value>) {
    let mut types: Vec<String> = match schema.get("type") {
        Some(Value::Array(types)) if types.iter().all(Value::is_string) => {
            types.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        Some(Value::String(ty)) if ty == "null" => vec![ty.clone()],
        None => {
            null_among_values(schema, true);
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
    null_among_values(schema, with_null);
    // a reference beside it says whether null is allowed
    let refers = schema.get("allOf").and_then(Value::as_array).is_some_and(|parts| !parts.is_empty());
    if with_null && !schema.contains_key("enum") && !refers {
        schema.insert("nullable".to_owned(), true.into());
    }
    match types.as_slice() {
        [] if with_null => {
            // no value but null
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
            let branches: Vec<Value> = several.iter().filter_map(|ty| branch_of(schema, ty)).collect();
            schema.retain(|keyword, _| keyword != "enum" && applies_to(keyword).is_none());
            // beside branches of its own these are one more condition
            let (at, value) = match branches.as_slice() {
                branches if !schema.contains_key("oneOf") => ("oneOf", json!(branches)),
                branches if !schema.contains_key("anyOf") => ("anyOf", json!(branches)),
                branches => ("allOf", json!([{"oneOf": branches}])),
            };
            match schema.get_mut(at) {
                Some(Value::Array(parts)) => parts.push(json!({"oneOf": branches})),
                _ => drop(schema.insert(at.to_owned(), value)),
            }
        }
    }
}

/// `null` in an enumeration is said by `nullable`, if the type allows it.
fn null_among_values(schema: &mut Map<String, Value>, allowed: bool) {
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

/// The part of a schema that speaks of one type.
fn branch_of(schema: &Map<String, Value>, ty: &str) -> Option<Value> {
    let mut branch = Map::new();
    branch.insert("type".to_owned(), ty.into());
    for (keyword, value) in schema {
        if applies_to(keyword).is_some_and(|types| types.contains(&ty)) && !is_format_of_another(keyword, value, ty) {
            branch.insert(keyword.clone(), value.clone());
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
        branch.insert("enum".to_owned(), json!(values));
    }
    Some(Value::Object(branch))
}

fn is_format_of_another(keyword: &str, value: &Value, ty: &str) -> bool {
    let numeric = matches!(value.as_str(), Some("int32" | "int64" | "float" | "double"));
    keyword == "format" && numeric != matches!(ty, "integer" | "number")
}

/// The types that a keyword says something about, or `None` if it is about all of them.
fn applies_to(keyword: &str) -> Option<&'static [&'static str]> {
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
