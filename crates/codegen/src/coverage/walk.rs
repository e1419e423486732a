//! Walks a document and lists its unsupported keywords.

use std::{borrow::Cow, collections::BTreeSet};

use openapi::{Method, Status, pointer, queries::text};
use serde_json::{Map, Value};

use super::{
    context::{Context, Coverage},
    nesting::open_serialization,
    references::References,
};
use crate::{
    constraints,
    content::{chosen, encoding},
    lower::{self, Lowered},
    merged::MergedSchemas,
    model::{self, Encoding},
    moved::Moved,
    normalize,
    pattern_table::Patterns,
    unsupported::UnsupportedKeyword,
};

/// The unsupported keywords found so far.
struct Listed<'d> {
    references: References<'d>,
    patterns: &'d Patterns,
    merged: &'d MergedSchemas,
    moved: &'d Moved,
    found: Vec<UnsupportedKeyword>,
    /// Pointers and reasons of schemas inside of parameters that are listed.
    open: BTreeSet<(String, &'static str)>,
}

/// Lists the unsupported keywords of the validated document, except the examples that documentation shows. A keyword
/// that no pass declares is listed.
pub(crate) fn list(lowered: &Lowered) -> Vec<UnsupportedKeyword> {
    let mut found = listed(&lowered.plain, &lowered.patterns, &lowered.merged, &lowered.moved);
    found.retain(|one| {
        !matches!(one.keyword.as_str(), "example" | "examples")
            || !lowered.shown.contains(&pointer::join(&one.pointer, &one.keyword))
    });
    found
}

fn listed(document: &Value, patterns: &Patterns, merged: &MergedSchemas, moved: &Moved) -> Vec<UnsupportedKeyword> {
    let (references, found, open) = (References::of(document), Vec::new(), BTreeSet::new());
    let mut list = Listed { references, patterns, merged, moved, found, open };
    list.walk(document, Context::Root, "");
    list.found
}

impl<'d> Listed<'d> {
    fn add(&mut self, at: &str, keyword: &str, reason: impl Into<String>, value: &Value) {
        self.found.push(UnsupportedKeyword::new(at, keyword, reason, value));
    }

    fn walk(&mut self, value: &'d Value, context: Context, at: &str) {
        match (context, value) {
            (Context::Supported, _) => {}
            (Context::Map(inner), Value::Object(map)) => {
                for (key, value) in map.iter().filter(|(key, _)| !key.starts_with("x-")) {
                    let below = pointer::join(at, key);
                    if self.references.is_used(at, &below) {
                        self.walk(value, *inner, &below);
                    } else {
                        self.add(at, key, "not generated, since no operation references this component", value);
                    }
                }
            }
            (Context::Array(inner), Value::Array(items)) => {
                for (index, value) in items.iter().enumerate() {
                    self.walk(value, *inner, &format!("{at}/{index}"));
                }
            }
            (Context::PathItem, Value::Object(_)) => {
                // a path item component is checked where a path references it
                if at.starts_with("/paths/") {
                    self.parameters(value, at);
                }
                self.keywords(value, context, at);
            }
            (Context::Content | Context::RequestContent | Context::ReceivedContent, Value::Object(map)) => {
                self.content(map, context, at);
            }
            (Context::Parameter, Value::Object(_)) => {
                self.open_serialization(value, at);
                self.keywords(value, context, at);
            }
            (_, Value::Object(_)) => self.keywords(value, context, at),
            _ => {}
        }
    }

    fn open_serialization(&mut self, parameter: &'d Value, at: &str) {
        for (inside, reason) in open_serialization(parameter, at, &self.references.resolver) {
            let schema = self.references.document.pointer(&inside).unwrap_or(&Value::Null);
            let keyword =
                ["$ref", "type", "allOf", "items", "properties"].into_iter().find(|key| schema.get(*key).is_some());
            // several parameters may have one schema
            if let Some(keyword) = keyword
                && self.open.insert((inside.clone(), reason))
            {
                self.add(&inside, keyword, reason, &schema[keyword]);
            }
        }
    }

    /// Lists all content types but the one that has a type.
    fn content(&mut self, map: &'d Map<String, Value>, context: Context, at: &str) {
        let chosen = chosen(map).map(|(content_type, _)| content_type);
        for (key, media) in map {
            if Some(key.as_str()) == chosen {
                let context = match encoding(key, media) {
                    Encoding::Text | Encoding::Bytes => Context::UntypedMedia,
                    // forms are supported in requests only
                    Encoding::Form | Encoding::Multipart if context != Context::RequestContent => Context::UntypedMedia,
                    _ => Context::Media,
                };
                self.walk(media, context, &pointer::join(at, key));
            } else {
                let reason = match context {
                    Context::RequestContent => {
                        "only one content type of a request body has a Rust type, preferably JSON; send this one as \
                         bytes with `raw_body`"
                    }
                    Context::ReceivedContent => "only one content type of a payload has a Rust type, preferably JSON",
                    _ => "only one content type of a response is requested and decoded, preferably JSON",
                };
                self.add(at, key, reason, media);
            }
        }
    }

    /// Lists parameters of a path item and its operations that are not sent, and path template names without a
    /// parameter.
    fn parameters(&mut self, item: &'d Value, at: &str) {
        let path = pointer::segments(at).last().unwrap_or_default();
        let own = std::iter::once((at.to_owned(), item));
        let operations =
            Method::ALL.iter().filter_map(|method| Some((pointer::join(at, method.key()), item.get(method.key())?)));
        for (owner, holder) in own.chain(operations) {
            let given = self.references.parameters(holder);
            for (index, one) in given.iter().enumerate() {
                let below = format!("{owner}/parameters/{index}");
                if let Some(reason) = normalize::dropped_path_parameter(one, &path) {
                    self.add(&below, "name", reason, one);
                } else if let Some(reason) = lower::not_sent(one, &path) {
                    self.add(&below, "name", reason, one);
                }
            }
            if owner != at {
                let all = [self.references.parameters(item), given].concat();
                for reason in normalize::missing_path_parameters(&path, &all) {
                    self.add(&owner, "parameters", reason, &Value::Null);
                }
            }
        }
    }

    fn keywords(&mut self, value: &'d Value, context: Context, at: &str) {
        let merged = self.merged(context, at);
        if context.is_schema()
            && let Some(ty) = merged
                .unwrap_or(value)
                .as_object()
                .and_then(|schema| lower::implied_type(schema).or_else(|| composed_object(schema)))
        {
            let reason =
                format!("`type` is missing; `{ty}` is assumed, since the other keywords apply to that type only");
            self.add(at, "type", reason, &Value::Null);
        }
        self.each_keyword(value, context, at, merged);
    }

    fn each_keyword(&mut self, value: &'d Value, context: Context, at: &str, merged: Option<&'d Value>) {
        for (key, inner) in value.as_object().into_iter().flatten() {
            if merged.is_some() && self.merged.listed.contains(&(self.moved.original(at), key.clone()))
                || key == "nullable" && self.merged.nullable.contains(&self.moved.original(at))
            {
                continue;
            }
            if let ("allOf", Value::Array(parts)) = (key.as_str(), inner) {
                if merged.is_some() {
                    // the keywords of the parts are keywords of the merged schema
                    for (index, part) in parts.iter().enumerate() {
                        self.each_keyword(part, context, &format!("{at}/allOf/{index}"), merged);
                    }
                    continue;
                }
                self.shared_properties(parts, &format!("{at}/allOf"));
            }
            let effective = merged.map(|merged| with_keyword(merged, key, inner));
            let effective = effective.as_deref().unwrap_or(value);
            let coverage =
                self.contextual_coverage(context, key, value, at).unwrap_or_else(|| coverage(context, key, effective));
            if let (Ok(_), "pattern") = (coverage, key.as_str())
                && let Some(reason) = lower::not_enforced(effective, self.patterns)
            {
                self.add(at, key, reason, inner);
                continue;
            }
            match coverage {
                Ok(inner_place) => self.walk(inner, inner_place, &pointer::join(at, key)),
                Err(reason) => self.add(at, key, reason, inner),
            }
        }
    }

    /// Returns what the schema at a pointer was merged to, if it was.
    fn merged(&self, context: Context, at: &str) -> Option<&'d Value> {
        let is_possible = context.is_schema() && !self.merged.schemas.is_empty();
        is_possible.then(|| self.merged.schemas.get(&self.moved.original(at)))?
    }

    /// Returns the coverage of a keyword that depends on other parts of the document.
    fn contextual_coverage(&self, context: Context, key: &str, value: &Value, at: &str) -> Option<Coverage> {
        match (context, key) {
            (_, "discriminator") if !self.references.is_discriminator_used(value, at) => Some(Err(
                "not used: this schema has fewer than two referenced variants, and no schema extends it by `allOf`",
            )),
            (Context::Root, "security") if !self.references.uses_document_security() => {
                Some(Err("not used: every operation has its own `security`"))
            }
            (Context::PathItem, "servers") if every_operation_has_servers(value) => {
                Some(Err("not used: every operation of this path has its own `servers`"))
            }
            (Context::Response, "content") if has_no_body(at) => Some(Err("HTTP defines no body for this response")),
            (Context::Schema, "default" | "deprecated")
                if pointer::parent(at) == Some("/components/schemas") && text(value, "format") == "password" =>
            {
                Some(Err("not documented: a component of `format: password` becomes the runtime's type `Secret`"))
            }
            _ => None,
        }
    }

    /// Lists keywords of properties that several parts of an `allOf` define: typify merges them and may drop some.
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
            let keywords =
                ["description", "title", "default", "nullable", "format", "readOnly", "writeOnly", "deprecated"];
            let is_lost = keywords.contains(&key.as_str()) || key.starts_with("min") || key.starts_with("max");
            if is_lost {
                let reason = "may be lost: several parts of `allOf` define this property, and their definitions are \
                              merged";
                self.add(at, key, reason, value);
            }
        }
        for (name, inner) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            self.lost_in_merging(inner, &pointer::join(&format!("{at}/properties"), name));
        }
    }
}

/// Returns a merged schema with a keyword of one of its parts.
fn with_keyword<'v>(merged: &'v Value, key: &str, value: &Value) -> Cow<'v, Value> {
    // patterns are matched one by one
    if merged.get(key).is_some() && key != "pattern" {
        return Cow::Borrowed(merged);
    }
    let mut schema = merged.clone();
    if let Value::Object(schema) = &mut schema {
        schema.insert(key.to_owned(), value.clone());
    }
    Cow::Owned(schema)
}

/// Returns the coverage of a keyword by the first pass that declares it.
fn coverage(context: Context, key: &str, value: &Value) -> Coverage {
    model::coverage(context, key, value)
        .or_else(|| lower::coverage(context, key, value))
        .or_else(|| constraints::coverage(context, key, value))
        .or_else(|| structure(context, key, value))
        .or_else(|| key.starts_with("x-").then_some(Err("extensions are not interpreted")))
        .or_else(|| normalize::coverage(context, key))
        .unwrap_or(Err("the generator does not support this keyword"))
}

/// Returns the coverage of keywords that contain schemas.
fn structure(context: Context, key: &str, schema: &Value) -> Option<Coverage> {
    const OF_ANOTHER_TYPE: Coverage = Err("does not apply to values of this type");
    if !context.is_schema() {
        return None;
    }
    let ty = text(schema, "type");
    Some(match key {
        "properties" | "additionalProperties" if !matches!(ty, "" | "object") => OF_ANOTHER_TYPE,
        "items" if !matches!(ty, "" | "array") => OF_ANOTHER_TYPE,
        "properties" => Ok(Context::Map(&Context::Property)),
        "items" | "additionalProperties" => Ok(Context::InnerSchema),
        "allOf" | "oneOf" | "anyOf" => Ok(Context::Array(&Context::PartSchema)),
        "discriminator" => Ok(Context::Supported),
        _ => return None,
    })
}

/// Returns `object` for a composition with properties and without a type.
fn composed_object(schema: &Map<String, Value>) -> Option<&'static str> {
    (schema.contains_key("properties") && !schema.contains_key("type")).then_some("object")
}

/// Whether all operations of a path item have their own servers.
fn every_operation_has_servers(item: &Value) -> bool {
    let mut operations = Method::ALL.iter().filter_map(|method| item.get(method.key()));
    operations.all(|operation| operation.get("servers").and_then(Value::as_array).is_some_and(|own| !own.is_empty()))
}

/// Whether the response at a pointer is a response to HEAD, or has a status without a body.
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
    fn lists_security_that_no_operation_uses() {
        let listed = |operation: Value| {
            let document = json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "security": [],
                "paths": {"/a": {"$ref": "#/components/pathItems/A"}},
                    "components": {"pathItems": {"A": {"get": operation}}}});
            listed(&document, &Patterns::default(), &MergedSchemas::default(), &Moved::default())
                .iter()
                .any(|one| (one.pointer.as_str(), one.keyword.as_str()) == ("", "security"))
        };
        assert!(!listed(json!({"responses": {}})));
        assert!(listed(json!({"responses": {}, "security": [{}]})));
    }

    #[test]
    fn lists_exactly_the_unsupported_keywords() {
        let document = json!({
            "openapi": "3.0.3", "info": {"title": "t", "version": "1", "license": {}},
            "paths": {"/a": {"get": {"operationId": "a", "parameters": [
                {"name": "q", "in": "query", "style": "label", "explode": false, "schema": {"type": "integer",
                    "minimum": 1, "multipleOf": 2.5, "default": 2}}],
                "responses": {"200": {"content": {"text/plain": {}, "application/json": {}}}}}}},
            "components": {"schemas": {"T": {"type": "object",
                "properties": {"minimum": {"type": "string", "maxLength": 3}}}}},
        });
        let found: Vec<_> = listed(&document, &Patterns::default(), &MergedSchemas::default(), &Moved::default())
            .into_iter()
            .map(|one| format!("{} {}", one.pointer, one.keyword))
            .collect();
        assert_eq!(
            found,
            [
                "/info license",
                "/paths/~1a/get/parameters/0 style",
                "/paths/~1a/get/parameters/0/schema multipleOf",
                "/paths/~1a/get/responses/200/content text/plain",
            ]
        );
    }
}
