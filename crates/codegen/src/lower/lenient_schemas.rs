//! Corrects incomplete and contradictory schemas that have one possible meaning.

use openapi::lenient::lenient_type;
use serde_json::{Map, Value};

use super::{Lowering, each_schema::each_schema};
use crate::{
    coverage::{Context, Coverage},
    naming,
};

pub(super) fn run(lowering: &mut Lowering) {
    each_schema(&mut lowering.document, &mut |schema| {
        remove_boolean_required(schema);
        if let Some(meant) = schema.get("type").and_then(Value::as_str).and_then(lenient_type) {
            schema.insert("type".to_owned(), meant.into());
        }
        remove_misspelt_required(schema);
        add_implied_type(schema);
        remove_format_of_another_type(schema);
        keep_flags_beside_a_reference(schema);
    });
}

/// `required: true` on a property is from older drafts, and has no meaning in OpenAPI 3.0.
fn remove_boolean_required(schema: &mut Map<String, Value>) {
    if schema.get("required").is_some_and(|required| !required.is_array()) {
        schema.remove("required");
    }
}

/// Removes required names that differ from a property only in spelling: typify would make two fields of one name.
fn remove_misspelt_required(schema: &mut Map<String, Value>) {
    let misspelt = misspelt(schema);
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        required.retain(|name| name.as_str().is_none_or(|name| !misspelt.iter().any(|one| one == name)));
        if required.is_empty() {
            schema.remove("required");
        }
    }
}

/// Returns the required names without a property that become the field name of another property.
pub(crate) fn misspelt(schema: &Map<String, Value>) -> Vec<String> {
    let Some(Value::Object(properties)) = schema.get("properties") else { return Vec::new() };
    let written: Vec<String> = properties.keys().map(|name| naming::snake_plain(name)).collect();
    let required = schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let is_misspelt = |name: &&str| !properties.contains_key(*name) && written.contains(&naming::snake_plain(name));
    required.filter(is_misspelt).map(str::to_owned).collect()
}

/// Adds the type to a schema whose other keywords apply to one type only.
fn add_implied_type(schema: &mut Map<String, Value>) {
    if let Some(ty) = implied_type(schema) {
        schema.insert("type".to_owned(), ty.into());
    }
}

/// Returns the type that the keywords of a schema without `type` imply.
pub(crate) fn implied_type(schema: &Map<String, Value>) -> Option<&'static str> {
    // an empty composition accepts every value
    let is_composed = |keyword: &&str| {
        schema.get(*keyword).is_some_and(|value| value.as_array().is_none_or(|parts| !parts.is_empty()))
    };
    let composed = ["$ref", "allOf", "oneOf", "anyOf", "not"].iter().any(is_composed);
    if schema.contains_key("type") || composed {
        return None;
    }
    let has = |keywords: &[&str]| keywords.iter().any(|keyword| schema.contains_key(*keyword));
    let is_string_enum =
        schema.get("enum").and_then(Value::as_array).is_some_and(|values| values.iter().all(Value::is_string));
    let format = schema.get("format").and_then(Value::as_str).unwrap_or_default();
    if has(&["properties", "additionalProperties", "minProperties", "maxProperties"]) {
        Some("object")
    } else if has(&["items", "minItems", "maxItems", "uniqueItems"]) {
        Some("array")
    } else if is_string_enum || has(&["minLength", "maxLength", "pattern"]) {
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

/// Removes a format that does not apply to the type, as in `type: object, format: string`.
fn remove_format_of_another_type(schema: &mut Map<String, Value>) {
    if matches!(schema.get("type").and_then(Value::as_str), Some("object" | "array" | "boolean")) {
        schema.remove("format");
    }
}

/// Moves a reference with `readOnly` or `writeOnly` beside it into `allOf`. OpenAPI 3.0 ignores keywords beside a
/// reference, but these are clearly meant for the property.
fn keep_flags_beside_a_reference(schema: &mut Map<String, Value>) {
    let is_flagged = ["readOnly", "writeOnly"].iter().any(|flag| schema.get(*flag) == Some(&Value::Bool(true)));
    if is_flagged && let Some(reference) = schema.remove("$ref") {
        schema.retain(|keyword, _| matches!(keyword.as_str(), "readOnly" | "writeOnly"));
        schema.insert("allOf".to_owned(), serde_json::json!([{"$ref": reference}]));
    }
}

/// Returns the coverage of `type`, `nullable` and `required`.
pub(crate) fn coverage(context: Context, key: &str, schema: &Value) -> Option<Coverage> {
    if !context.is_schema() {
        return None;
    }
    Some(match key {
        "type" if schema.get("type").and_then(Value::as_str).and_then(lenient_type).is_some() => {
            Err("not an OpenAPI type; the intended one is assumed")
        }
        "type" | "nullable" => Ok(Context::Supported),
        "required" if schema.as_object().is_some_and(|schema| !misspelt(schema).is_empty()) => {
            Err("not enforced for a name that differs from a property only in spelling")
        }
        "required" if schema["required"].is_array() => Ok(Context::Supported),
        "required" => Err("ignored: in OpenAPI 3.0 `required` is an array of property names on the object"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn corrects_lenient_schemas() {
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
