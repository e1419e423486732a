//! Keywords of OpenAPI 3.0 with values of 3.1, in documents of 3.0.

use serde_json::{Map, Value, json};

use super::{
    arrays,
    bounds::bounds,
    notes::SchemaNotes,
    nulls::{each_variant, null_variants},
    types::types,
};

const OF_3_1: &str = "not valid in OpenAPI 3.0; it is read as in 3.1";

/// Converts values that 3.0 does not allow, and lists them.
pub(super) fn schema(value: &mut Value, notes: &mut SchemaNotes<'_, '_>) {
    let Value::Object(schema) = value else { return };
    for keyword in ["exclusiveMinimum", "exclusiveMaximum"] {
        list_if(schema, keyword, Value::is_number, notes);
    }
    bounds(schema, notes);
    if schema.get("items").is_some_and(Value::is_array) {
        arrays::items_of_older_drafts(schema, notes);
        arrays::positions(schema, notes);
    }
    let is_of_3_1 = |ty: &Value| ty.is_array() || ty == "null";
    let mut converts = list_if(schema, "type", is_of_3_1, notes);
    each_variant(schema, |variant, location| {
        // an enum of null alone is valid
        let is_null = variant.get("type").is_some_and(|ty| *ty == json!("null") || *ty == json!(["null"]));
        converts |= is_null && list_if(variant, "type", is_of_3_1, &mut notes.part(location));
    });
    if converts {
        null_variants(schema, notes);
        types(schema, notes);
    }
}

/// Lists a keyword if its value meets a condition, and returns whether it does.
fn list_if(
    schema: &Map<String, Value>,
    keyword: &str,
    condition: impl Fn(&Value) -> bool,
    notes: &mut SchemaNotes<'_, '_>,
) -> bool {
    let value = schema.get(keyword).filter(|value| condition(value));
    if let Some(value) = value {
        notes.ignored(keyword, OF_3_1, value);
    }
    value.is_some()
}
