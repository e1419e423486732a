//! Enums whose values cannot all be variants: repeated ones once, and those of several types or of one name as what
//! they are.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::lenient_schemas::implied_type;
use super::{Lowering, each_schema::each_schema};
use crate::{
    coverage::{Fate, Place},
    naming,
};

pub(super) fn run(lowering: &mut Lowering) {
    each_schema(&mut lowering.document, &mut simplify);
}

fn simplify(schema: &mut Map<String, Value>) {
    let Some(Value::Array(values)) = schema.get("enum") else { return };
    let mut seen = BTreeSet::new();
    let mut kept: Vec<Value> = values.iter().filter(|value| seen.insert(value.to_string())).cloned().collect();
    // null among the values says again what `nullable` says, or nothing: the type has no null
    kept.retain(|value| !value.is_null());
    if is_representable(schema, &kept) {
        schema.insert("enum".to_owned(), Value::Array(kept));
    } else {
        schema.remove("enum");
    }
}

/// Whether the values can be the variants of one Rust enum.
pub(crate) fn is_representable(schema: &Map<String, Value>, values: &[Value]) -> bool {
    let mut names = BTreeSet::new();
    !values.is_empty()
        && schema.get("type").and_then(Value::as_str) == Some("string")
        && values.iter().all(|value| value.as_str().is_some_and(|text| names.insert(naming::variant(text))))
}

/// Support for `enum`, and for `nullable` beside it.
pub(crate) fn fate(place: Place, key: &str, schema: &Value) -> Option<Fate> {
    let values = schema.get("enum").and_then(Value::as_array).filter(|_| place.is_schema())?;
    match key {
        "nullable" if schema["nullable"] == true && !values.contains(&Value::Null) => {
            Some(Err("null is taken, though the enum does not list it"))
        }
        "enum" => {
            let texts: Vec<_> = values.iter().filter(|value| !value.is_null()).cloned().collect();
            let mut typed = schema.as_object().cloned().unwrap_or_default();
            if let Some(implied) = implied_type(&typed) {
                typed.insert("type".to_owned(), implied.into());
            }
            let why = "these values cannot be the variants of one enum, so any value of the type is taken";
            Some(if is_representable(&typed, &texts) { Ok(Place::Whole) } else { Err(why) })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn keeps_values_that_can_be_variants_and_takes_others_for_their_type() {
        let schemas = crate::pipeline::tests::schemas(json!({
            "Twice": {"type": "string", "enum": ["a", "b", "a"]},
            "Signs": {"type": "string", "enum": ["<", ">"]},
            "Case": {"type": "string", "enum": ["asc", "ASC"]},
            "Numbers": {"type": "integer", "enum": [1, 2]},
            "Words": {"type": "integer", "enum": ["1 = left"]},
            "Null": {"type": "string", "enum": [null, "a"], "default": null},
        }));
        assert_eq!(schemas["Twice"]["enum"], json!(["a", "b"]));
        assert_eq!(schemas["Null"]["enum"], json!(["a"]));
        for name in ["Signs", "Case", "Numbers", "Words"] {
            assert!(schemas[name].get("enum").is_none(), "{name}");
        }
    }
}
