//! Removes the parts of the document that progenitor does not use.

use openapi::{Operation, operations};
use serde_json::{Map, Value};

use super::Lowering;

pub(super) fn run(lowering: &mut Lowering) {
    let document = &mut lowering.document;
    keep(document.as_object_mut(), &["openapi", "info", "paths", "components"]);
    keep(object(document, "/info"), &["title", "version"]);
    keep(object(document, "/components"), &["schemas"]);
    for Operation { pointer: at, .. } in operations(document) {
        let Some(operation) = object(document, &at) else { continue };
        operation.retain(|keyword, _| {
            matches!(
                keyword.as_str(),
                "tags" | "summary" | "description" | "operationId" | "requestBody" | "responses" | "deprecated"
            )
        });
    }
}

fn object<'a>(document: &'a mut Value, at: &str) -> Option<&'a mut Map<String, Value>> {
    document.pointer_mut(at)?.as_object_mut()
}

fn keep(object: Option<&mut Map<String, Value>>, keywords: &[&str]) {
    if let Some(object) = object {
        object.retain(|keyword, _| keywords.contains(&keyword.as_str()));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn keeps_what_progenitor_uses() {
        let document = json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1", "contact": 7, "license": {}},
            "externalDocs": {}, "webhooks": {}, "servers": [{"url": "/"}],
            "paths": {"/a": {"servers": [{"url": "/"}], "get": {"operationId": "a", "callbacks": {}, "externalDocs": {},
                "responses": {}}}},
            "components": {"links": {"l": 1}, "examples": {"e": []}}});
        let lowering = crate::pipeline::tests::lower(&document);
        let left = lowering.document;
        assert_eq!(left["info"], json!({"title": "t", "version": "0"}));
        assert_eq!(left["components"], json!({"schemas": {}}));
        let kept = |at: &str| left.pointer(at).unwrap().as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(kept(""), ["components", "info", "openapi", "paths"]);
        assert_eq!(kept("/paths/~1a"), ["get"]);
        assert_eq!(kept("/paths/~1a/get"), ["operationId", "responses"]);
    }
}
