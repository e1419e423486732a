//! Replaces the responses of every operation by bytes for every status. The client decodes them by status.

use serde_json::{Value, json};

use super::{Lowering, reachable};

pub(super) fn run(lowering: &mut Lowering) {
    let Lowering { document, model, .. } = lowering;
    for operation in &model.operations {
        let part =
            |name: &str| document.pointer(&operation.pointer).and_then(|value| value.get(name)).unwrap_or(&Value::Null);
        for name in ["parameters", "requestBody"] {
            reachable(document, part(name), &mut model.in_requests);
        }
        let responses = if operation.webhook.is_some() { &mut model.in_webhooks } else { &mut model.in_responses };
        reachable(document, part("responses"), responses);
    }
    for operation in &model.operations {
        if let Some(value) = document.pointer_mut(&operation.pointer) {
            value["responses"] = json!({"default": {"description": "", "content": {"*/*": {}}}});
        }
    }
}
