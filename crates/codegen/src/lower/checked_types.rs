//! Texts, numbers, lists and maps with rules become types of ours that check them.

use openapi::queries::{is_true, text};
use serde_json::{Value, json};

use super::Lowering;
use crate::{
    constraints::rules,
    model::{Checked, Rules},
};

pub(super) fn run(lowering: &mut Lowering) {
    for name in lowering.schemas().keys().cloned().collect::<Vec<_>>() {
        let schema = lowering.schemas().get(&name).cloned().unwrap_or_default();
        let Some(rules) = rules(&schema).filter(|_| !is_true(&schema, "nullable")) else { continue };
        // progenitor sees a plain schema of the same shape; the generated code has our type in its place
        let plain = match &rules {
            Rules::Text { .. } => json!({"type": "string"}),
            Rules::Number(_) => json!({"type": schema["type"]}),
            Rules::List { .. } => {
                json!({"type": "array", "items": schema.get("items").cloned().unwrap_or_else(|| json!({}))})
            }
            Rules::Map { .. } => {
                let values = schema.get("additionalProperties").cloned().unwrap_or(Value::Bool(true));
                json!({"type": "object", "additionalProperties": values})
            }
        };
        let description = text(&schema, "description").trim().to_owned();
        lowering.schemas().insert(name.clone(), plain);
        lowering.model.checked.insert(name, Checked::Ruled { rules, description });
    }
}
