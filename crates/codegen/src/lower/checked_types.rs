//! Replaces enums, and strings, numbers, arrays and maps that have constraints, by types that this crate writes.

use std::collections::BTreeSet;

use heck::ToUpperCamelCase as _;
use openapi::queries::{is_true, text};
use serde_json::{Map, Value, json};

use super::{
    Lowering,
    each_schema::each_schema,
    enums::{Listed, NAMES},
};
use crate::{
    constraints::constraints_of,
    model::{Checked, Constraints, Enum, EnumValue},
    value_names::value_names,
};

pub(super) fn run(lowering: &mut Lowering) {
    for name in lowering.schemas().keys().cloned().collect::<Vec<_>>() {
        let schema = lowering.schemas().get(&name).cloned().unwrap_or_default();
        if is_true(&schema, "nullable") {
            continue;
        }
        let description = text(&schema, "description").trim().to_owned();
        // progenitor gets an unconstrained schema of the same type, and replaces its type by ours
        let (plain, checked) = if let Some(found) = schema.as_object().and_then(|schema| enum_of(schema, &description))
        {
            (found.kind.json_type().map_or_else(|| json!({}), |ty| json!({"type": ty})), Checked::Enum(found))
        } else if let Some(constraints) = constraints_of(&schema) {
            (plain(&schema, &constraints), Checked::Constrained { constraints, description })
        } else {
            continue;
        };
        lowering.schemas().insert(name.clone(), plain);
        lowering.model.checked.insert(name, checked);
    }
    each_schema(&mut lowering.document, &mut |schema| {
        // an enum in a part of a composition is no component, and typify supports strings with distinct names only
        schema.remove(NAMES);
        if schema.get("enum").and_then(Value::as_array).is_some_and(|values| !is_supported_by_typify(values)) {
            schema.remove("enum");
        }
    });
}

fn is_supported_by_typify(values: &[Value]) -> bool {
    let mut names = BTreeSet::new();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | ':');
    values.iter().all(|value| {
        value.as_str().is_some_and(|text| {
            text.contains(|c: char| c.is_ascii_alphanumeric())
                && text.chars().all(is_plain)
                && names.insert(text.to_upper_camel_case())
        })
    })
}

fn enum_of(schema: &Map<String, Value>, description: &str) -> Option<Enum> {
    const COMPOSITIONS: [&str; 4] = ["allOf", "oneOf", "anyOf", "not"];
    if !schema.contains_key("enum") || COMPOSITIONS.iter().any(|keyword| schema.contains_key(*keyword)) {
        return None;
    }
    let Listed { values, kind, mut names, .. } = Listed::of(schema).ok()?;
    let given = names.iter().filter(|(_, (name, _))| !name.is_empty());
    let variants = value_names(&values, &given.map(|(value, (name, _))| (value.clone(), name.clone())).collect());
    let described = |(value, name): (Value, String)| EnumValue {
        description: names.remove(&value.to_string()).unwrap_or_default().1,
        value,
        name,
    };
    let values = values.into_iter().zip(variants).map(described).collect();
    Some(Enum { kind, values, description: description.to_owned() })
}

/// Returns a schema of the same type without constraints.
fn plain(schema: &Value, constraints: &Constraints) -> Value {
    match constraints {
        Constraints::String { .. } => json!({"type": "string"}),
        Constraints::Number(_) => json!({"type": schema["type"]}),
        Constraints::Array { .. } => {
            json!({"type": "array", "items": schema.get("items").cloned().unwrap_or_else(|| json!({}))})
        }
        Constraints::Map { .. } => {
            let values = schema.get("additionalProperties").cloned().unwrap_or(Value::Bool(true));
            json!({"type": "object", "additionalProperties": values})
        }
    }
}
