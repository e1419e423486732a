//! Removes compositions that typify does not support: `not`, and empty ones.

use openapi::queries::text;
use serde_json::{Map, Value};

use super::{Lowering, each_schema::each_schema};
use crate::coverage::{Context, Coverage};

pub(super) fn run(lowering: &mut Lowering) {
    each_schema(&mut lowering.document, &mut |schema| {
        if !is_excluded_strings(schema) {
            schema.remove("not");
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            if schema.get(keyword).and_then(Value::as_array).is_some_and(Vec::is_empty) {
                schema.remove(keyword);
            }
        }
    });
}

/// Whether `not` is of the one form that typify supports: a string that is none of some values.
pub(crate) fn is_excluded_strings(schema: &Map<String, Value>) -> bool {
    let Some(Value::Object(not)) = schema.get("not") else { return false };
    schema.get("type").is_some_and(|ty| ty == "string")
        && ["enum", "format", "pattern", "minLength", "maxLength"].iter().all(|keyword| !schema.contains_key(*keyword))
        && not.keys().all(|key| key == "enum" || key == "type")
        && not
            .get("enum")
            .and_then(Value::as_array)
            .is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_string))
        && matches!(text(&Value::Object(not.clone()), "type"), "" | "string")
}

/// Returns the coverage of `not`.
pub(crate) fn coverage(context: Context, key: &str, schema: &Value) -> Option<Coverage> {
    if !context.is_schema() || key != "not" {
        return None;
    }
    let is_supported = schema.as_object().is_some_and(is_excluded_strings);
    Some(if is_supported {
        Ok(Context::Supported)
    } else {
        Err("not enforced, except for a `not` that only excludes strings")
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn keeps_excluded_strings_only() {
        let schemas = crate::pipeline::tests::schemas(json!({
            "Not": {"not": {"type": "string"}}, "Strings": {"type": "string", "not": {"enum": ["a"]}},
            "Mixed": {"type": "string", "not": {"enum": ["a", 1]}}, "Empty": {"type": "object", "allOf": [],
                "oneOf": [], "anyOf": []},
        }));
        assert_eq!(schemas["Not"], json!({}));
        assert_eq!(schemas["Strings"], json!({"type": "string", "not": {"type": "string", "enum": ["a"]}}));
        assert_eq!(schemas["Mixed"], json!({"type": "string"}));
        assert_eq!(schemas["Empty"], json!({"type": "object"}));
    }
}
