//! Compositions that typify cannot take: `not`, and those of nothing.

use openapi::queries::text;
use serde_json::{Map, Value};

use super::{Lowering, each_schema::each_schema};
use crate::coverage::{Fate, Place};

pub(super) fn run(lowering: &mut Lowering) {
    each_schema(&mut lowering.document, &mut |schema| {
        if !is_excluded_texts(schema) {
            schema.remove("not");
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            if schema.get(keyword).and_then(Value::as_array).is_some_and(Vec::is_empty) {
                schema.remove(keyword);
            }
        }
    });
}

/// The one `not` that typify knows: a text that is none of some.
pub(crate) fn is_excluded_texts(schema: &Map<String, Value>) -> bool {
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

/// Support for `not`.
pub(crate) fn fate(place: Place, key: &str, schema: &Value) -> Option<Fate> {
    if !place.is_schema() || key != "not" {
        return None;
    }
    let is_kept = schema.as_object().is_some_and(is_excluded_texts);
    Some(if is_kept { Ok(Place::Whole) } else { Err("what a value must not be is not checked") })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn only_excluded_texts_stay() {
        let schemas = crate::pipeline::tests::schemas(json!({
            "Not": {"not": {"type": "string"}}, "Texts": {"type": "string", "not": {"enum": ["a"]}},
            "Mixed": {"type": "string", "not": {"enum": ["a", 1]}}, "Empty": {"type": "object", "allOf": [],
                "oneOf": [], "anyOf": []},
        }));
        assert_eq!(schemas["Not"], json!({}));
        assert_eq!(schemas["Texts"], json!({"type": "string", "not": {"type": "string", "enum": ["a"]}}));
        assert_eq!(schemas["Mixed"], json!({"type": "string"}));
        assert_eq!(schemas["Empty"], json!({"type": "object"}));
    }
}
