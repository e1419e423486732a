//! Walks a document with what the passes say of its keywords.

use std::collections::BTreeSet;

use openapi::{Method, Status, pointer, queries::text};
use serde_json::{Map, Value};

use super::{
    place::{Fate, Place},
    references::References,
};
use crate::{
    constraints,
    content::{chosen, encoding},
    lower::{self, Lowered},
    model::{self, Encoding},
    normalize,
    pattern_table::Patterns,
    unsupported::UnsupportedKeyword,
};

/// What was found so far in a document.
struct Listed<'d> {
    references: References<'d>,
    patterns: &'d Patterns,
    found: Vec<UnsupportedKeyword>,
}

/// Lists, for every value of the document as it was validated, the keywords that nothing carries, but for the examples
/// that are shown. What no pass knows is listed.
pub(crate) fn list(lowered: &Lowered) -> Vec<UnsupportedKeyword> {
    listed(&lowered.plain, &lowered.shown, &lowered.patterns)
}

fn listed(document: &Value, shown: &BTreeSet<String>, patterns: &Patterns) -> Vec<UnsupportedKeyword> {
    let mut list = Listed { references: References::of(document), patterns, found: Vec::new() };
    list.walk(document, Place::Root, "");
    let mut found = list.found;
    found.retain(|one| {
        !matches!(one.keyword.as_str(), "example" | "examples")
            || !shown.contains(&pointer::join(&one.pointer, &one.keyword))
    });
    found
}

impl<'d> Listed<'d> {
    fn add(&mut self, at: &str, keyword: &str, reason: impl Into<String>, value: &Value) {
        self.found.push(UnsupportedKeyword::new(at, keyword, reason, value));
    }

    fn walk(&mut self, value: &'d Value, place: Place, at: &str) {
        match (place, value) {
            (Place::Whole, _) => {}
            (Place::Map(inner), Value::Object(map)) => {
                for (key, value) in map.iter().filter(|(key, _)| !key.starts_with("x-")) {
                    let below = pointer::join(at, key);
                    if self.references.is_used(at, &below) {
                        self.walk(value, *inner, &below);
                    } else {
                        self.add(at, key, "nothing that becomes code refers to it", value);
                    }
                }
            }
            (Place::List(inner), Value::Array(items)) => {
                for (index, value) in items.iter().enumerate() {
                    self.walk(value, *inner, &format!("{at}/{index}"));
                }
            }
            (Place::PathItem, Value::Object(_)) => {
                // a component's path is that of whoever refers to it
                if at.starts_with("/paths/") {
                    self.parameters(value, at);
                }
                self.keywords(value, place, at);
            }
            (Place::Content | Place::RequestContent, Value::Object(map)) => self.content(map, place, at),
            (_, Value::Object(_)) => self.keywords(value, place, at),
            _ => {}
        }
    }

    /// Of several media types one is carried.
    fn content(&mut self, map: &'d Map<String, Value>, place: Place, at: &str) {
        let chosen = chosen(map).map(|(content_type, _)| content_type);
        for (key, media) in map {
            if Some(key.as_str()) == chosen {
                let place = match encoding(key, media) {
                    Encoding::Text | Encoding::Bytes => Place::UntypedMedia,
                    // forms are only written
                    Encoding::Form | Encoding::Multipart if place == Place::Content => Place::UntypedMedia,
                    _ => Place::Media,
                };
                self.walk(media, place, &pointer::join(at, key));
            } else {
                let reason = match place {
                    Place::RequestContent => {
                        "one content type of a body has a type, JSON before others; callers write this one as bytes, \
                         with `raw_body`"
                    }
                    _ => "one content type of an answer is asked for and read, JSON before others",
                };
                self.add(at, key, reason, media);
            }
        }
    }

    /// Parameters of a path item and its operations that are not sent, and names in the path without a parameter.
    fn parameters(&mut self, item: &'d Value, at: &str) {
        let path = pointer::segments(at).last().unwrap_or_default();
        let own = std::iter::once((at.to_owned(), item));
        let operations =
            Method::ALL.iter().filter_map(|method| Some((pointer::join(at, method.key()), item.get(method.key())?)));
        for (place, holder) in own.chain(operations) {
            let given = self.references.parameters(holder);
            for (index, one) in given.iter().enumerate() {
                let below = format!("{place}/parameters/{index}");
                if let Some(reason) = normalize::has_no_name(one, &path) {
                    self.add(&below, "name", reason, one);
                } else if let Some(reason) = lower::not_sent(one, &path) {
                    self.add(&below, "name", reason, one);
                }
            }
            if place != at {
                let all = [self.references.parameters(item), given].concat();
                for reason in normalize::without_parameter(&path, &all) {
                    self.add(&place, "parameters", reason, &Value::Null);
                }
            }
        }
    }

    fn keywords(&mut self, value: &'d Value, place: Place, at: &str) {
        if place.is_schema()
            && let Some(ty) =
                value.as_object().and_then(|schema| lower::implied_type(schema).or_else(|| composed_object(schema)))
        {
            let reason =
                format!("left out, though the other keywords only say something of one type; taken for `{ty}`");
            self.add(at, "type", reason, &Value::Null);
        }
        for (key, inner) in value.as_object().into_iter().flatten() {
            if let ("allOf", Value::Array(parts)) = (key.as_str(), inner) {
                self.shared_properties(parts, &format!("{at}/allOf"));
            }
            let fate = self.of_its_place(place, key, value, at).unwrap_or_else(|| fate(place, key, value));
            if let (Ok(_), "pattern") = (fate, key.as_str())
                && let Some(reason) = lower::not_enforced(value, self.patterns)
            {
                self.add(at, key, reason, inner);
                continue;
            }
            match fate {
                Ok(inner_place) => self.walk(inner, inner_place, &pointer::join(at, key)),
                Err(reason) => self.add(at, key, reason, inner),
            }
        }
    }

    /// Support for a keyword that depends on other parts of the document.
    fn of_its_place(&self, place: Place, key: &str, value: &Value, at: &str) -> Option<Fate> {
        match (place, key) {
            (_, "discriminator") if !self.references.tells_apart(value, at) => Some(Err(
                "it tells nothing apart: no union has several named branches here, and nothing is composed of this",
            )),
            (Place::Root, "security") if !self.references.is_anybody_secured_by_the_document() => {
                Some(Err("no operation goes by it: each says by itself what it asks for"))
            }
            (Place::Response, "content") if has_no_body(at) => Some(Err("HTTP has no body in such an answer")),
            (Place::Schema, "default" | "deprecated")
                if pointer::parent(at) == Some("/components/schemas") && text(value, "format") == "password" =>
            {
                Some(Err("a secret that is a component is the runtime's type, which has nothing to say it"))
            }
            _ => None,
        }
    }

    /// What several parts of a composition say of one property is put together; their words and bounds may be lost.
    fn shared_properties(&mut self, parts: &[Value], at: &str) {
        let properties = |part: &Value| part.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
        for (index, part) in parts.iter().enumerate() {
            let others = || parts.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, part)| part);
            for (name, schema) in properties(part) {
                if others().any(|other| properties(other).contains_key(&name)) {
                    self.lost_in_merging(&schema, &pointer::join(&format!("{at}/{index}/properties"), &name));
                }
            }
        }
    }

    fn lost_in_merging(&mut self, schema: &Value, at: &str) {
        for (key, value) in schema.as_object().into_iter().flatten() {
            let words =
                ["description", "title", "default", "nullable", "format", "readOnly", "writeOnly", "deprecated"];
            let is_lost = words.contains(&key.as_str()) || key.starts_with("min") || key.starts_with("max");
            if is_lost {
                let reason = "what several parts of a composition say of one property is put together, and this is \
                              not certain to be kept";
                self.add(at, key, reason, value);
            }
        }
        for (name, inner) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            self.lost_in_merging(inner, &pointer::join(&format!("{at}/properties"), name));
        }
    }
}

/// Support for a keyword, by the first pass that knows it.
fn fate(place: Place, key: &str, value: &Value) -> Fate {
    model::fate(place, key, value)
        .or_else(|| lower::fate(place, key, value))
        .or_else(|| constraints::fate(place, key, value))
        .or_else(|| structure(place, key, value))
        .or_else(|| key.starts_with("x-").then_some(Err("an extension, whose meaning is not known")))
        .or_else(|| normalize::fate(key))
        .unwrap_or(Err("this generator does not carry it"))
}

/// Support for keywords that hold schemas.
fn structure(place: Place, key: &str, schema: &Value) -> Option<Fate> {
    const OF_ANOTHER_TYPE: Fate = Err("says nothing of a value of this type");
    if !place.is_schema() {
        return None;
    }
    let ty = text(schema, "type");
    Some(match key {
        "properties" | "additionalProperties" if !matches!(ty, "" | "object") => OF_ANOTHER_TYPE,
        "items" if !matches!(ty, "" | "array") => OF_ANOTHER_TYPE,
        "properties" => Ok(Place::Map(&Place::Property)),
        "items" | "additionalProperties" => Ok(Place::InnerSchema),
        "allOf" | "oneOf" | "anyOf" => Ok(Place::List(&Place::PartSchema)),
        "discriminator" => Ok(Place::Whole),
        _ => return None,
    })
}

/// An object by its properties that does not say so, beside a composition.
fn composed_object(schema: &Map<String, Value>) -> Option<&'static str> {
    (schema.contains_key("properties") && !schema.contains_key("type")).then_some("object")
}

/// Whether the response at a pointer is one to HEAD, or of a status that HTTP gives no body.
fn has_no_body(at: &str) -> bool {
    let segments: Vec<_> = pointer::segments(at).collect();
    match segments.as_slice() {
        [paths, .., method, _, status] if paths == "paths" => {
            Method::of_key(method) == Some(Method::Head) || Status::parse(status).is_some_and(Status::is_bodyless)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lists_security_that_no_operation_goes_by() {
        let listed = |operation: Value| {
            let document = json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "security": [],
                "paths": {"/a": {"$ref": "#/components/pathItems/A"}},
                    "components": {"pathItems": {"A": {"get": operation}}}});
            listed(&document, &BTreeSet::new(), &Patterns::default())
                .iter()
                .any(|one| (one.pointer.as_str(), one.keyword.as_str()) == ("", "security"))
        };
        assert!(!listed(json!({"responses": {}})));
        assert!(listed(json!({"responses": {}, "security": [{}]})));
    }

    #[test]
    fn lists_what_no_rule_carries_and_nothing_else() {
        let document = json!({
            "openapi": "3.0.3", "info": {"title": "t", "version": "1", "license": {}},
            "paths": {"/a": {"get": {"operationId": "a", "callbacks": {}, "parameters": [
                {"name": "q", "in": "query", "style": "label", "explode": false, "schema": {"type": "integer",
                    "minimum": 1, "multipleOf": 2.5, "default": 2}}],
                "responses": {"200": {"content": {"text/plain": {}, "application/json": {}}}}}}},
            "components": {"schemas": {"T": {"type": "object",
                "properties": {"minimum": {"type": "string", "maxLength": 3}}}}},
        });
        let found: Vec<_> = listed(&document, &BTreeSet::new(), &Patterns::default())
            .into_iter()
            .map(|one| format!("{} {}", one.pointer, one.keyword))
            .collect();
        assert_eq!(
            found,
            [
                "/info license",
                "/paths/~1a/get callbacks",
                "/paths/~1a/get/parameters/0 style",
                "/paths/~1a/get/parameters/0/schema multipleOf",
                "/paths/~1a/get/responses/200/content text/plain",
            ]
        );
    }
}
