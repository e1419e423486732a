//! Replaces the responses of every operation by bytes for every status. The client decodes them by status.

use serde_json::{Value, json};

use super::{Lowering, reachable};
use crate::model::User;

pub(super) fn run(lowering: &mut Lowering) {
    let Lowering { document, model, .. } = lowering;
    for operation in &model.operations {
        let part =
            |name: &str| document.pointer(&operation.pointer).and_then(|value| value.get(name)).unwrap_or(&Value::Null);
        for name in ["parameters", "requestBody"] {
            reachable(document, part(name), &mut model.in_requests);
        }
        if operation.webhook.is_some() {
            reachable(document, part("responses"), model.users.entry(User::Webhooks).or_default());
            continue;
        }
        reachable(document, part("responses"), &mut model.in_responses);
        let mut users: Vec<_> = operation.tags.iter().cloned().map(User::Tag).collect();
        if users.is_empty() {
            users.push(User::Always);
        }
        for user in users {
            let used = model.users.entry(user).or_default();
            ["parameters", "requestBody", "responses"].iter().for_each(|name| reachable(document, part(name), used));
        }
    }
    for operation in &model.operations {
        if let Some(value) = document.pointer_mut(&operation.pointer) {
            value["responses"] = json!({"default": {"description": "", "content": {"*/*": {}}}});
        }
    }
}
