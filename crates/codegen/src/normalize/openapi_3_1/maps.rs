//! Objects whose properties have schemas by patterns of their names.

use serde_json::{Map, Value, json};

use super::{arrays::Union, notes::SchemaNotes};

/// Patterns that match every name.
const MATCH_ALL: &[&str] = &["", "^", "$", ".*", "^.*", ".*$", "^.*$"];

/// Makes the values of further properties a union of the schemas of all patterns, or any value where other names are
/// allowed. `patternProperties` stays, and is listed, unless the union is equivalent.
pub(super) fn patterns(schema: &mut Map<String, Value>, notes: &mut SchemaNotes<'_, '_>) {
    let Some(Value::Object(patterns)) = schema.get("patternProperties") else { return };
    if patterns.is_empty() {
        schema.remove("patternProperties");
        return;
    }
    let mut union = Union::default();
    for (pattern, values) in patterns {
        union.add(values, openapi::pointer::join("/patternProperties", pattern));
    }
    let matches_all = patterns.keys().any(|pattern| MATCH_ALL.contains(&pattern.as_str()));
    let is_exact = matches_all && patterns.len() == 1 && !schema.contains_key("properties");
    if !matches_all {
        union.add(schema.get("additionalProperties").unwrap_or(&Value::Bool(true)), "/additionalProperties".to_owned());
    }
    if matches_all && let Some(values) = schema.get("additionalProperties") {
        notes.ignored("additionalProperties", "no effect: a pattern matches every property name", values);
    }
    let values = union.schema("/patternProperties", "/additionalProperties", notes);
    let values = if values == json!({}) { Value::Bool(true) } else { values };
    schema.insert("additionalProperties".to_owned(), values);
    if is_exact {
        schema.remove("patternProperties");
    }
}
