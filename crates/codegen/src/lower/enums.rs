//! Removes duplicate values of enums, and enums whose values cannot be Rust variants: values of other types, or values
//! that map to one variant name.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::lenient_schemas::implied_type;
use super::{Lowering, each_schema::each_schema};
use crate::{
    coverage::{Context, Coverage},
    naming,
};

pub(super) fn run(lowering: &mut Lowering) {
    each_schema(&mut lowering.document, &mut simplify);
}

fn simplify(schema: &mut Map<String, Value>) {
    let Some(Value::Array(values)) = schema.get("enum") else { return };
    let mut seen = BTreeSet::new();
    let mut kept: Vec<Value> = values.iter().filter(|value| seen.insert(value.to_string())).cloned().collect();
    // null in `enum` is redundant: `nullable` determines whether the type accepts it
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

/// Returns the coverage of `enum`, and of `nullable` beside it.
pub(crate) fn coverage(context: Context, key: &str, schema: &Value) -> Option<Coverage> {
    let values = schema.get("enum").and_then(Value::as_array).filter(|_| context.is_schema())?;
    match key {
        "nullable" if schema["nullable"] == true && !values.contains(&Value::Null) => {
            Some(Err("null is accepted, although `enum` does not list it"))
        }
        "enum" => {
            let strings: Vec<_> = values.iter().filter(|value| !value.is_null()).cloned().collect();
            let mut typed = schema.as_object().cloned().unwrap_or_default();
            if let Some(implied) = implied_type(&typed) {
                typed.insert("type".to_owned(), implied.into());
            }
            let why =
                "not enforced: the values cannot be variants of a Rust enum, so every value of the type is accepted";
            Some(if is_representable(&typed, &strings) { Ok(Context::Supported) } else { Err(why) })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn keeps_enums_whose_values_can_be_variants() {
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
