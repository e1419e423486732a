//! Queries on a document that depend on references.

use std::collections::BTreeSet;

use openapi::{
    Method,
    references::{Resolver, collect_targets},
};
use serde_json::{Map, Value};

/// A document and its references.
pub(super) struct References<'d> {
    pub(super) document: &'d Value,
    pub(super) resolver: Resolver<'d>,
    /// Pointers of reference targets that become code.
    used: BTreeSet<String>,
}

impl<'d> References<'d> {
    pub(super) fn of(document: &'d Value) -> Self {
        Self { document, resolver: Resolver::new(document), used: used(document) }
    }

    /// Whether the value at a pointer becomes code. A component does not if no reference targets it.
    pub(super) fn is_used(&self, section: &str, at: &str) -> bool {
        let is_shared = section.strip_prefix("/components/").is_some_and(|kind| SHARED.contains(&kind));
        !is_shared || self.used.contains(at)
    }

    /// Returns the parameters of a path item or operation, with references resolved.
    pub(super) fn parameters(&self, holder: &'d Value) -> Vec<Value> {
        let given = holder.get("parameters").and_then(Value::as_array).into_iter().flatten();
        given.map(|one| self.resolver.value(one).clone()).collect()
    }

    /// Whether a discriminator selects among variants of a union, or among schemas that extend a base by `allOf`.
    pub(super) fn is_discriminator_used(&self, schema: &Value, at: &str) -> bool {
        let mut unions =
            ["oneOf", "anyOf"].into_iter().filter_map(|keyword| schema.get(keyword)?.as_array()).peekable();
        if unions.peek().is_some() {
            return unions.flatten().filter(|variant| variant.get("$ref").is_some()).count() > 1;
        }
        let schemas = self.document.pointer("/components/schemas").and_then(Value::as_object);
        let is_of = |part: &Value| {
            let reference = part.get("$ref").and_then(Value::as_str);
            reference.and_then(|reference| self.resolver.resolve(reference)).is_some_and(|target| target.pointer == at)
        };
        let mut parts =
            schemas.into_iter().flatten().filter_map(|(_, schema)| schema.get("allOf")?.as_array()).flatten();
        parts.any(is_of)
    }

    /// Whether an operation has no `security`, so that the one of the document applies.
    pub(super) fn uses_document_security(&self) -> bool {
        let mut items = self.document.get("paths").and_then(Value::as_object).into_iter().flat_map(Map::values);
        items.any(|item| {
            let reference = item.get("$ref").and_then(Value::as_str);
            let item =
                reference.and_then(|reference| self.resolver.resolve(reference)).map_or(item, |target| target.value);
            Method::ALL
                .iter()
                .filter_map(|method| item.get(method.key()))
                .any(|operation| operation.get("security").is_none())
        })
    }
}

/// Sections whose components become code only if a reference targets them.
const SHARED: [&str; 6] = ["parameters", "responses", "requestBodies", "headers", "callbacks", "mediaTypes"];

/// Returns the pointers of all reference targets that are reachable from values that become code.
fn used(document: &Value) -> BTreeSet<String> {
    let mut outside = document.clone();
    if let Some(Value::Object(components)) = outside.get_mut("components") {
        components.retain(|kind, _| !SHARED.contains(&kind.as_str()));
    }
    let mut used = BTreeSet::new();
    collect_targets(&outside, &Resolver::new(document), &mut used);
    used
}
