//! The directions in which the parts of a document are sent.

use std::collections::HashMap;

use openapi::{is_method, references::Resolver};
use serde_json::Value;

use crate::{
    at::{At, is_extension, is_true},
    reference::{reference, resolved, target},
    variance::{Caller, Directions, REQUEST, RESPONSE},
};

/// The directions of every target of a reference, by its pointer.
#[derive(Debug, Default)]
pub(super) struct Reach(HashMap<String, Directions>);

impl Reach {
    pub(super) fn of<'d>(root: &At<'d>, resolver: &Resolver<'d>) -> Self {
        let mut reach = Self::default();
        for (key, caller) in [("paths", Caller::Client), ("webhooks", Caller::Server)] {
            for (_, item) in root.get(key).iter().flat_map(At::entries) {
                reach.path_item(resolver, &item, caller);
            }
        }
        reach
    }

    /// The directions of the value at a pointer.
    pub(super) fn directions(&self, pointer: &str) -> Directions {
        self.0.get(pointer).copied().unwrap_or_default()
    }

    /// Whether a reference has this target, which may be missing.
    pub(super) fn is_referenced(&self, pointer: &str) -> bool {
        self.0.contains_key(pointer)
    }

    fn path_item<'d>(&mut self, resolver: &Resolver<'d>, item: &At<'d>, caller: Caller) {
        let item = resolved(resolver, item);
        let (request, response) = (caller.directions(REQUEST), caller.directions(RESPONSE));
        for (key, value) in item.entries() {
            if key == "parameters" {
                self.add(resolver, value.value, request);
            }
            if !is_method(key) {
                continue;
            }
            for (key, part) in value.entries() {
                match key {
                    "parameters" | "requestBody" => self.add(resolver, part.value, request),
                    "responses" => self.add(resolver, part.value, response),
                    // callbacks of callbacks are not followed
                    "callbacks" if caller == Caller::Client => {
                        for (_, callback) in part.entries() {
                            for (_, item) in resolved(resolver, &callback).entries() {
                                self.path_item(resolver, &item, Caller::Server);
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn add(&mut self, resolver: &Resolver<'_>, value: &Value, directions: Directions) {
        match value {
            Value::Object(map) => {
                if let Some(text) = reference(value) {
                    let Some(at) = target(resolver, text) else {
                        self.extend(text.trim_start_matches('#'), directions);
                        return;
                    };
                    if self.extend(&at.pointer, directions) {
                        return;
                    }
                    self.add(resolver, at.value, directions);
                }
                for (key, inner) in map {
                    match key.as_str() {
                        "example" | "examples" | "default" | "enum" | "const" => {}
                        key if is_extension(key) => {}
                        "properties" => {
                            for property in inner.as_object().into_iter().flat_map(|map| map.values()) {
                                self.add(resolver, property, property_directions(resolver, property, directions));
                            }
                        }
                        _ => self.add(resolver, inner, directions),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.add(resolver, item, directions)),
            _ => {}
        }
    }

    /// Adds directions to those of a pointer. Returns whether it had them before.
    fn extend(&mut self, pointer: &str, directions: Directions) -> bool {
        let Some(known) = self.0.get_mut(pointer) else {
            self.0.insert(pointer.to_owned(), directions);
            return directions.is_empty();
        };
        let is_known = known.is_superset(directions);
        *known |= directions;
        is_known
    }
}

/// The directions of a property: read-only ones are not sent in requests, write-only ones not in responses.
pub(super) fn property_directions(resolver: &Resolver<'_>, property: &Value, directions: Directions) -> Directions {
    let has = |key: &str| {
        let mut value = property;
        for _ in 0..8 {
            if value.get(key).is_some_and(is_true) {
                return true;
            }
            match reference(value).and_then(|reference| target(resolver, reference)) {
                Some(at) => value = at.value,
                None => return false,
            }
        }
        false
    };
    match (has("readOnly"), has("writeOnly")) {
        (true, false) => directions - REQUEST,
        (false, true) => directions - RESPONSE,
        _ => directions,
    }
}
