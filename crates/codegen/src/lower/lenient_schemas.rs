//! Schemas that say less or more than they should are given the one meaning that they can have.

use openapi::lenient::lenient_type;
use serde_json::{Map, Value};

use super::{Lowering, each_schema::each_schema};
use crate::{
    coverage::{Fate, Place},
    naming,
};

pub(super) fn run(lowering: &mut Lowering) {
    each_schema(&mut lowering.document, &mut |schema| {
        required_is_a_list(schema);
        if let Some(meant) = schema.get("type").and_then(Value::as_str).and_then(lenient_type) {
            schema.insert("type".to_owned(), meant.into());
        }
        required_of_what_is_there(schema);
        type_of_what_is_there(schema);
        format_of_its_type(schema);
        flag_beside_a_reference(schema);
    });
}

/// `required: true` on a property is a form of older drafts; in OpenAPI 3.0 it means nothing.
fn required_is_a_list(schema: &mut Map<String, Value>) {
    if schema.get("required").is_some_and(|required| !required.is_array()) {
        schema.remove("required");
    }
}

/// A required name that differs from a property in its writing only: typify would make two fields of one name.
fn required_of_what_is_there(schema: &mut Map<String, Value>) {
    let misspelt = misspelt(schema);
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        required.retain(|name| name.as_str().is_none_or(|name| !misspelt.iter().any(|one| one == name)));
        if required.is_empty() {
            schema.remove("required");
        }
    }
}

/// The required names that no property has, but for another writing of it.
pub(crate) fn misspelt(schema: &Map<String, Value>) -> Vec<String> {
    let Some(Value::Object(properties)) = schema.get("properties") else { return Vec::new() };
    let written: Vec<String> = properties.keys().map(|name| naming::snake_plain(name)).collect();
    let required = schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let is_misspelt = |name: &&str| !properties.contains_key(*name) && written.contains(&naming::snake_plain(name));
    required.filter(is_misspelt).map(str::to_owned).collect()
}

/// A schema without a type whose other keywords only make sense for one.
fn type_of_what_is_there(schema: &mut Map<String, Value>) {
    if let Some(ty) = implied_type(schema) {
        schema.insert("type".to_owned(), ty.into());
    }
}

/// The type that a schema without one is taken for.
pub(crate) fn implied_type(schema: &Map<String, Value>) -> Option<&'static str> {
    let composed = ["$ref", "allOf", "oneOf", "anyOf", "not"].iter().any(|keyword| schema.contains_key(*keyword));
    if schema.contains_key("type") || composed {
        return None;
    }
    let has = |keywords: &[&str]| keywords.iter().any(|keyword| schema.contains_key(*keyword));
    let texts = schema.get("enum").and_then(Value::as_array).is_some_and(|values| values.iter().all(Value::is_string));
    let format = schema.get("format").and_then(Value::as_str).unwrap_or_default();
    if has(&["properties", "additionalProperties", "minProperties", "maxProperties"]) {
        Some("object")
    } else if has(&["items", "minItems", "maxItems", "uniqueItems"]) {
        Some("array")
    } else if texts || has(&["minLength", "maxLength", "pattern"]) {
        Some("string")
    } else {
        let is_number = has(&["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]);
        match format {
            "int32" | "int64" => Some("integer"),
            "float" | "double" => Some("number"),
            _ if is_number => Some("number"),
            "" => None,
            _ => Some("string"),
        }
    }
}

/// `type: object, format: string` and the like: the format speaks of another type.
fn format_of_its_type(schema: &mut Map<String, Value>) {
    if matches!(schema.get("type").and_then(Value::as_str), Some("object" | "array" | "boolean")) {
        schema.remove("format");
    }
}

/// OpenAPI 3.0 ignores what stands beside a reference, yet who writes `readOnly` there means the property.
fn flag_beside_a_reference(schema: &mut Map<String, Value>) {
    let is_flagged = ["readOnly", "writeOnly"].iter().any(|flag| schema.get(*flag) == Some(&Value::Bool(true)));
    if is_flagged && let Some(reference) = schema.remove("$ref") {
        schema.retain(|keyword, _| matches!(keyword.as_str(), "readOnly" | "writeOnly"));
        schema.insert("allOf".to_owned(), serde_json::json!([{"$ref": reference}]));
    }
}

/// Support for `type`, `nullable` and `required`.
pub(crate) fn fate(place: Place, key: &str, schema: &Value) -> Option<Fate> {
    if !place.is_schema() {
        return None;
    }
    Some(match key {
        "type" if schema.get("type").and_then(Value::as_str).and_then(lenient_type).is_some() => {
            Err("not a type of OpenAPI; taken for the one that it must mean")
        }
        "type" | "nullable" => Ok(Place::Whole),
        "required" if schema.as_object().is_some_and(|schema| !misspelt(schema).is_empty()) => {
            Err("a name differs from a property's in its writing only, and is not required")
        }
        "required" if schema["required"].is_array() => Ok(Place::Whole),
        "required" => Err("a property's `required` means nothing in OpenAPI 3.0; its owner lists what is required"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn gives_loose_schemas_the_meaning_that_they_can_have() {
        let schemas = crate::pipeline::tests::schemas(json!({
            "Typeless": {"properties": {"when": {"format": "date-time"}, "list": {"items": {"type": "int"}}}},
            "Wrong": {"type": "object", "format": "string", "properties": {"a": {"type": "string", "required": true}}},
            "Case": {"type": "object", "required": ["ID", "gone"], "properties": {"id": {"type": "float"}}},
        }));
        assert_eq!(
            schemas["Typeless"],
            json!({"type": "object", "properties": {
            "when": {"type": "string", "format": "date-time"},
            "list": {"type": "array", "items": {"type": "integer"}}}})
        );
        assert_eq!(schemas["Wrong"], json!({"type": "object", "properties": {"a": {"type": "string"}}}));
        assert_eq!(
            schemas["Case"],
            json!({"type": "object", "required": ["gone"], "properties": {"id": {"type": "number"}}})
        );
    }
}
