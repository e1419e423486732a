//! What of a document something refers to, and what counts only where something else says so.

use std::collections::BTreeSet;

use openapi::{
    Method,
    references::{Resolver, collect_targets},
};
use serde_json::{Map, Value};

/// A document and what refers to what in it.
pub(super) struct References<'d> {
    pub(super) document: &'d Value,
    pub(super) resolver: Resolver<'d>,
    /// Pointers of what something refers to that becomes code.
    used: BTreeSet<String>,
}

impl<'d> References<'d> {
    pub(super) fn of(document: &'d Value) -> Self {
        Self { document, resolver: Resolver::new(document), used: used(document) }
    }

    /// Whether something at a pointer becomes code: it does not where it is a component that nothing refers to.
    pub(super) fn is_used(&self, section: &str, at: &str) -> bool {
        let is_shared = section.strip_prefix("/components/").is_some_and(|kind| SHARED.contains(&kind));
        !is_shared || self.used.contains(at)
    }

    /// The parameters of a path item or operation, each as what it refers to.
    pub(super) fn parameters(&self, holder: &'d Value) -> Vec<Value> {
        let given = holder.get("parameters").and_then(Value::as_array).into_iter().flatten();
        given.map(|one| self.resolver.value(one).clone()).collect()
    }

    /// Whether a discriminator selects variants of a union, or the schemas that extend a base by `allOf`.
    pub(super) fn tells_apart(&self, schema: &Value, at: &str) -> bool {
        let mut unions =
            ["oneOf", "anyOf"].into_iter().filter_map(|keyword| schema.get(keyword)?.as_array()).peekable();
        if unions.peek().is_some() {
            return unions.flatten().filter(|branch| branch.get("$ref").is_some()).count() > 1;
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

    /// Whether an operation says nothing of security, so that what the document says counts.
    pub(super) fn is_anybody_secured_by_the_document(&self) -> bool {
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

/// Components that only become code where something refers to them.
const SHARED: [&str; 4] = ["parameters", "responses", "requestBodies", "headers"];

/// Pointers of all that is referred to, from what becomes code by itself or is referred to from there.
fn used(document: &Value) -> BTreeSet<String> {
    let mut outside = document.clone();
    if let Some(Value::Object(components)) = outside.get_mut("components") {
        components.retain(|kind, _| !SHARED.contains(&kind.as_str()));
    }
    let mut used = BTreeSet::new();
    collect_targets(&outside, &Resolver::new(document), &mut used);
    used
}
