//! Which parts of a document travel with requests and which with responses.

use std::collections::HashMap;

use serde_json::Value;

use super::{
    at::{At, is_true, reference, resolved, target},
    law::Ways,
};

/// The HTTP methods that a path may have.
pub(super) const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// The ways of everything that is referred to, by its pointer.
#[derive(Debug, Default)]
pub(super) struct Reach(HashMap<String, Ways>);

impl Reach {
    pub(super) fn of(document: &Value) -> Self {
        let mut reach = Self::default();
        let root = At::root(document);
        for (key, turned) in [("paths", false), ("webhooks", true)] {
            for (_, item) in root.get(key).iter().flat_map(At::entries) {
                reach.path_item(document, &item, turned);
            }
        }
        reach
    }

    /// The ways of what stands at a pointer.
    pub(super) fn ways(&self, pointer: &str) -> Ways {
        self.0.get(pointer).copied().unwrap_or_default()
    }

    /// Whether anything refers to a pointer.
    pub(super) fn is_named(&self, pointer: &str) -> bool {
        self.0.contains_key(pointer)
    }

    fn path_item<'d>(&mut self, document: &'d Value, item: &At<'d>, turned: bool) {
        let item = resolved(document, item);
        let way = |way: Ways| if turned { way.turned() } else { way };
        let (request, response) = (way(Ways::REQUEST), way(Ways::RESPONSE));
        for (key, value) in item.entries() {
            if key == "parameters" {
                self.walk(document, value.value, request);
            }
            if !METHODS.contains(&key) {
                continue;
            }
            for (key, part) in value.entries() {
                match key {
                    "parameters" | "requestBody" => self.walk(document, part.value, request),
                    "responses" => self.walk(document, part.value, response),
                    // what is called back is not followed into its own callbacks
                    "callbacks" if !turned => {
                        for (_, callback) in part.entries() {
                            for (_, item) in resolved(document, &callback).entries() {
                                self.path_item(document, &item, true);
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn walk(&mut self, document: &Value, value: &Value, ways: Ways) {
        match value {
            Value::Object(map) => {
                if let Some(text) = reference(value) {
                    let Some(at) = target(document, text) else {
                        // it leads nowhere, and is still asked for
                        let known = self.0.entry(text.trim_start_matches('#').to_owned()).or_default();
                        *known = known.and(ways);
                        return;
                    };
                    let known = self.0.entry(at.pointer.clone()).or_default();
                    if known.covers(ways) {
                        return;
                    }
                    *known = known.and(ways);
                    self.walk(document, at.value, ways);
                }
                for (key, inner) in map {
                    match key.as_str() {
                        "example" | "examples" | "default" | "enum" | "const" => {}
                        key if key.starts_with("x-") => {}
                        "properties" => {
                            for property in inner.as_object().into_iter().flat_map(|map| map.values()) {
                                self.walk(document, property, ways_of(document, property, ways));
                            }
                        }
                        _ => self.walk(document, inner, ways),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.walk(document, item, ways)),
            _ => {}
        }
    }
}

/// The ways of a property: read-only ones do not travel with requests, nor write-only ones with responses.
pub(super) fn ways_of(document: &Value, property: &Value, ways: Ways) -> Ways {
    let says = |key: &str| {
        let mut value = property;
        for _ in 0..8 {
            if value.get(key).is_some_and(is_true) {
                return true;
            }
            match reference(value).and_then(|reference| target(document, reference)) {
                Some(at) => value = at.value,
                None => return false,
            }
        }
        false
    };
    match (says("readOnly"), says("writeOnly")) {
        (true, false) => ways.without(Ways::REQUEST),
        (false, true) => ways.without(Ways::RESPONSE),
        _ => ways,
    }
}
