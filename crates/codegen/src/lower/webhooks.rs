//! Takes webhooks and callbacks out of the operations: the client does not send them. Their payloads are read as
//! responses.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Lowering, reachable};
use crate::model::User;

pub(super) fn run(lowering: &mut Lowering) {
    let model = &mut lowering.model;
    let (webhooks, operations): (Vec<_>, Vec<_>) =
        std::mem::take(&mut model.operations).into_iter().partition(|operation| operation.webhook.is_some());
    (model.webhooks, model.operations) = (webhooks, operations);
    if let Some(paths) = lowering.document.get_mut("paths").and_then(Value::as_object_mut) {
        for operation in &model.webhooks {
            paths.remove(&operation.path);
        }
    }
    // components that nothing uses have types too
    let used: BTreeSet<String> = model.users.values().flatten().cloned().collect();
    let always = model.users.entry(User::Always).or_default();
    let schemas = lowering.document.pointer("/components/schemas").and_then(Value::as_object);
    for (name, schema) in schemas.into_iter().flatten() {
        if !used.contains(name) && always.insert(name.clone()) {
            reachable(&lowering.document, schema, always);
        }
    }
    model.in_responses.extend(model.users.get(&User::Webhooks).into_iter().flatten().cloned());
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{features::Features, settings::Settings};

    #[test]
    fn separates_types_that_only_webhooks_use() {
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let content = |name: &str| json!({"application/json": {"schema": reference(name)}});
        let object = |name: &str| json!({"type": "object", "properties": {"a": reference(name)}});
        let document = json!({"openapi": "3.1.0", "info": {"title": "t", "version": "1"},
            "paths": {"/a": {"get": {"responses": {"200": {"description": "", "content": content("Shared")}}}}},
            "webhooks": {"event": {"post": {"requestBody": {"content": content("Event")}, "responses": {}}}},
            "components": {"schemas": {"Event": {"type": "object", "properties": {"a": reference("Shared"),
                "b": reference("Inner"), "c": reference("Kept")}}, "Inner": object("Shared"),
                "Shared": {"type": "string", "enum": ["x"]}, "Unused": object("Kept"),
                "Kept": {"type": "object", "properties": {"x": {"type": "string"}}}}}});
        let lowered = crate::pipeline::tests::lower(&document);
        let model = lowered.model;
        let features = Features::of(&model, &Settings::package());
        assert_eq!(features.types.keys().collect::<Vec<_>>(), ["Event", "Inner"]);
        assert_eq!(model.in_responses.iter().collect::<Vec<_>>(), ["Event", "Inner", "Kept", "Shared"]);
        assert_eq!((model.operations.len(), model.webhooks.len()), (1, 1));
        assert_eq!(lowered.document["paths"].as_object().unwrap().len(), 1);
    }
}
