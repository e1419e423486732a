//! Replaces strings, numbers, arrays and maps that have constraints by constrained types of the runtime.

use openapi::queries::{is_true, text};
use serde_json::{Value, json};

use super::Lowering;
use crate::{
    constraints::constraints_of,
    model::{Checked, Constraints},
};

pub(super) fn run(lowering: &mut Lowering) {
    for name in lowering.schemas().keys().cloned().collect::<Vec<_>>() {
        let schema = lowering.schemas().get(&name).cloned().unwrap_or_default();
        let Some(constraints) = constraints_of(&schema).filter(|_| !is_true(&schema, "nullable")) else { continue };
        // progenitor gets an unconstrained schema of the same type, and replaces its type by the constrained one
        let plain = match &constraints {
            Constraints::String { .. } => json!({"type": "string"}),
            Constraints::Number(_) => json!({"type": schema["type"]}),
            Constraints::Array { .. } => {
                json!({"type": "array", "items": schema.get("items").cloned().unwrap_or_else(|| json!({}))})
            }
            Constraints::Map { .. } => {
                let values = schema.get("additionalProperties").cloned().unwrap_or(Value::Bool(true));
                json!({"type": "object", "additionalProperties": values})
            }
        };
        let description = text(&schema, "description").trim().to_owned();
        lowering.schemas().insert(name.clone(), plain);
        lowering.model.checked.insert(name, Checked::Constrained { constraints, description });
    }
}
