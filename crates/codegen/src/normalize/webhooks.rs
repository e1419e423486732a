//! Turns webhooks and callbacks into operations whose response is the payload: a receiver reads it as a client reads a
//! response. The pass `webhooks` of lowering takes these operations out of the document again.

use std::collections::BTreeMap;

use openapi::{
    Method,
    limits::MOST_REFERENCES,
    operations, pointer,
    queries::{is_true, text},
    references::Resolver,
};
use serde_json::{Map, Value, json};

use super::Normalizing;

/// The key of an operation that is a webhook or callback. It is no OpenAPI keyword.
pub(crate) const WEBHOOK: &str = "webhook or callback";

pub(super) fn run(normalizing: &mut Normalizing) {
    for at in operations(&normalizing.document).into_iter().map(|operation| operation.pointer) {
        if let Some(Value::Object(operation)) = normalizing.document.pointer_mut(&at) {
            // a key of this name in the document has no meaning
            operation.remove(WEBHOOK);
        }
    }
    let document = &normalizing.document;
    let mut search = Search { resolver: Resolver::new(document), found: Vec::new(), items: BTreeMap::new() };
    for (name, item) in entries(document.get("webhooks")) {
        search.item(name, None, None, item, &pointer::join("/webhooks", name));
    }
    for (path, item) in entries(document.get("paths")) {
        let (item, _) = search.target(item, "");
        for (method, operation) in methods(item) {
            let owner = pointer::join(&pointer::join("/paths", path), method.key());
            search.callbacks(operation, &owner);
        }
    }
    let found = std::mem::take(&mut search.found);
    let operations: Vec<_> = found.iter().map(|one| search.operation(one)).collect();
    if let Value::Object(document) = &mut normalizing.document {
        document.remove("webhooks");
    }
    for (number, (one, operation)) in found.iter().zip(operations).enumerate() {
        // after all paths, which begin with a slash
        let path = format!("~{number:06}");
        let at = format!("{}/post", pointer::join("/paths", &path));
        let content = format!("{at}/responses/200/content");
        for (moved, original) in [(content, format!("{}/requestBody/content", one.at)), (at, one.at.clone())] {
            normalizing.moved.insert(moved.clone(), normalizing.moved.original(&original));
            normalizing.received.insert(moved, original);
        }
        openapi::queries::object_at(&mut normalizing.document, &["paths"]).insert(path, json!({"post": operation}));
    }
}

/// A webhook or callback.
struct Found {
    name: String,
    /// The URL template of a callback.
    expression: Option<String>,
    /// Pointers of the operations that a callback belongs to.
    owners: Vec<String>,
    method: Method,
    operation: Value,
    /// Parameters of its path item.
    shared: Vec<Value>,
    at: String,
}

struct Search<'d> {
    resolver: Resolver<'d>,
    found: Vec<Found>,
    /// The range in `found` of each path item, because references may form a cycle.
    items: BTreeMap<String, std::ops::Range<usize>>,
}

impl<'d> Search<'d> {
    /// Adds the callbacks of an operation.
    fn callbacks(&mut self, operation: &'d Value, owner: &str) {
        for (name, callback) in entries(operation.get("callbacks")) {
            let at = pointer::join(&format!("{owner}/callbacks"), name);
            let (callback, at) = self.target(callback, &at);
            // a shared callback has one name, however its operations name it
            let shared = at.strip_prefix("/components/callbacks").and_then(|at| pointer::segments(at).last());
            let name = shared.as_deref().unwrap_or(name);
            for (expression, item) in entries(Some(callback)) {
                self.item(name, Some(expression), Some(owner), item, &pointer::join(&at, expression));
            }
        }
    }

    /// Adds the operations of a path item, and their callbacks.
    fn item(&mut self, name: &str, expression: Option<&str>, owner: Option<&str>, item: &'d Value, at: &str) {
        let (item, at) = self.target(item, at);
        if let Some(known) = self.items.get(&at).cloned() {
            for one in self.found.get_mut(known).into_iter().flatten() {
                one.owners
                    .extend(owner.filter(|owner| !one.owners.iter().any(|known| known == owner)).map(str::to_owned));
            }
            return;
        }
        let from = self.found.len();
        for (method, operation) in methods(item) {
            self.found.push(Found {
                name: name.to_owned(),
                expression: expression.map(str::to_owned),
                owners: owner.map(str::to_owned).into_iter().collect(),
                method,
                operation: operation.clone(),
                shared: list(item, "parameters").to_vec(),
                at: pointer::join(&at, method.key()),
            });
        }
        self.items.insert(at.clone(), from..self.found.len());
        for (method, operation) in methods(item) {
            self.callbacks(operation, &pointer::join(&at, method.key()));
        }
    }

    /// Returns the target of a chain of references, and its pointer.
    fn target(&self, value: &'d Value, at: &str) -> (&'d Value, String) {
        let (mut value, mut at) = (value, at.to_owned());
        for _ in 0..MOST_REFERENCES {
            let reference = value.get("$ref").and_then(Value::as_str);
            let Some(target) = reference.and_then(|reference| self.resolver.resolve(reference)) else { break };
            (value, at) = (target.value, target.pointer);
        }
        (value, at)
    }

    /// Returns the operation whose response is the payload, and whose response headers are the header parameters.
    fn operation(&self, found: &Found) -> Value {
        let Found { name, expression, owners, method, operation, shared, .. } = found;
        let resolved = |value: &Value| match value.get("$ref").and_then(Value::as_str) {
            Some(reference) => {
                self.resolver.resolve(reference).map_or(Value::Null, |target| self.target(target.value, "").0.clone())
            }
            None => value.clone(),
        };
        let body = operation.get("requestBody").map(resolved).unwrap_or_default();
        let mut headers = Map::new();
        for parameter in shared.iter().chain(list(operation, "parameters")).map(resolved) {
            if text(&parameter, "in") == "header" {
                headers.insert(text(&parameter, "name").to_owned(), header(parameter));
            }
        }
        let responses: Map<String, Value> = entries(operation.get("responses"))
            .map(|(status, response)| {
                (status.clone(), resolved(response).get("description").cloned().unwrap_or_default())
            })
            .collect();
        let mut payload = json!({"description": text(&body, "description"), "headers": headers});
        if let Some(content) = body.get("content") {
            payload["content"] = content.clone();
        }
        let mut received = Map::new();
        for keyword in ["operationId", "summary", "description", "tags", "deprecated"] {
            received.extend(operation.get(keyword).map(|value| (keyword.to_owned(), value.clone())));
        }
        received.insert("responses".to_owned(), json!({"200": payload}));
        received.insert(
            WEBHOOK.to_owned(),
            json!({"name": name, "expression": expression, "owners": owners, "method": method.key(),
                "required": is_true(&body, "required"), "responses": responses}),
        );
        Value::Object(received)
    }
}

/// Returns a header parameter as a header of a response.
fn header(mut parameter: Value) -> Value {
    if let Value::Object(map) = &mut parameter {
        map.retain(|keyword, _| {
            matches!(keyword.as_str(), "description" | "required" | "deprecated" | "schema" | "content")
        });
    }
    parameter
}

fn entries(map: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    map.and_then(Value::as_object).into_iter().flatten().filter(|(key, _)| !key.starts_with("x-"))
}

fn methods(item: &Value) -> impl Iterator<Item = (Method, &Value)> {
    Method::ALL.into_iter().filter_map(|method| Some((method, item.get(method.key()).filter(|one| one.is_object())?)))
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns name, owners and pointer of each webhook and callback.
    fn found(document: &Value) -> Vec<(String, Vec<String>, String)> {
        let mut normalizing = Normalizing::of(document.clone());
        run(&mut normalizing);
        let paths = normalizing.document["paths"].as_object().unwrap();
        let received = paths.iter().filter_map(|(path, item)| Some((path, item["post"].get(WEBHOOK)?)));
        let owners =
            |webhook: &Value| list(webhook, "owners").iter().map(|one| one.as_str().unwrap().to_owned()).collect();
        received
            .map(|(path, webhook)| {
                let at = normalizing.moved.original(&format!("{}/post", pointer::join("/paths", path)));
                (text(webhook, "name").to_owned(), owners(webhook), at)
            })
            .collect()
    }

    #[test]
    fn callbacks_to_their_own_path_item_are_found_once() {
        let item = json!({"post": {"callbacks": {"c": {"{$url}": {"$ref": "#/components/pathItems/A"}}}}});
        let document = json!({"paths": {"/a": {"$ref": "#/components/pathItems/A"},
            "/b": {"put": {"callbacks": {"d": {"$ref": "#/components/callbacks/D"}}}},
            "/c": {"put": {"callbacks": {"e": {"$ref": "#/components/callbacks/D"}}}}},
            "components": {"pathItems": {"A": item}, "callbacks": {"D": {"{$url}": {"get": {}}}}}});
        let one = |name: &str, owners: &[&str], at: &str| {
            (name.to_owned(), owners.iter().map(ToString::to_string).collect(), at.to_owned())
        };
        assert_eq!(
            found(&document),
            [
                one("c", &["/paths/~1a/post", "/components/pathItems/A/post"], "/components/pathItems/A/post"),
                one("D", &["/paths/~1b/put", "/paths/~1c/put"], "/components/callbacks/D/{$url}/get"),
            ]
        );
    }

    #[test]
    fn reads_no_more_than_there_is() {
        for document in [
            json!({}),
            json!({"webhooks": {}}),
            json!({"webhooks": {"a": {"$ref": "#/webhooks/a"}, "b": {"$ref": "#/nowhere"}, "x-c": {"post": {}}}}),
            json!({"paths": {"/a": {"post": {"webhook or callback": {}, "callbacks": {"c": {"$ref": "#/nowhere"}}}}}}),
        ] {
            let mut normalizing = Normalizing::of(document.clone());
            run(&mut normalizing);
            let paths = normalizing.document.get("paths").and_then(Value::as_object);
            assert!(
                paths.is_none_or(|paths| paths.values().all(|item| item["post"].get(WEBHOOK).is_none())),
                "{document}"
            );
        }
    }
}
