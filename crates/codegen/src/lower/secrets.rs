//! Replaces strings of `format: password` by the runtime's secret type.

use openapi::queries::{is_true, replace_described, schema_reference, text};
use serde_json::Value;

use super::Lowering;
use crate::model::Checked;

pub(super) fn run(lowering: &mut Lowering) {
    let name = lowering.free_name("Secret");
    let mut found = false;
    for section in ["components", "paths"] {
        if let Some(value) = lowering.document.get_mut(section) {
            replace(value, &name, &mut found);
        }
    }
    if found {
        lowering.schemas().insert(name.clone(), serde_json::json!({"type": "string"}));
        lowering.model.checked.insert(name, Checked::Secret);
    }
}

fn replace(value: &mut Value, name: &str, found: &mut bool) {
    if text(value, "type") == "string" && text(value, "format") == "password" {
        *found = true;
        let mut reference = schema_reference(name);
        // the only form in which progenitor honors `nullable` beside a reference
        if is_true(value, "nullable") {
            reference = serde_json::json!({"allOf": [reference], "nullable": true});
        }
        replace_described(value, reference);
        return;
    }
    match value {
        Value::Object(map) => map.values_mut().for_each(|value| replace(value, name, found)),
        Value::Array(items) => items.iter_mut().for_each(|value| replace(value, name, found)),
        _ => {}
    }
}
