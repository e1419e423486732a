//! A document with data derived from it.

use openapi::references::Resolver;
use serde_json::Value;

use super::{
    fingerprint::Fingerprints,
    reach::{Reach, property_directions},
    view::View,
};
use crate::{
    at::At,
    reference::{resolved, target},
    variance::Directions,
};

/// A document with data derived from it.
pub(super) struct Indexed<'d> {
    document: &'d Value,
    resolver: Resolver<'d>,
    reach: Reach,
    fingerprints: Fingerprints,
}

impl<'d> Indexed<'d> {
    pub(super) fn new(document: &'d Value) -> Self {
        let resolver = Resolver::new(document);
        let reach = Reach::of(&At::root(document), &resolver);
        Self { document, resolver, reach, fingerprints: Fingerprints::default() }
    }

    pub(super) fn root(&self) -> At<'d> {
        At::root(self.document)
    }

    /// The target of a reference.
    pub(super) fn target(&self, reference: &str) -> Option<At<'d>> {
        target(&self.resolver, reference)
    }

    /// The value with references resolved.
    pub(super) fn resolved(&self, at: &At<'d>) -> At<'d> {
        resolved(&self.resolver, at)
    }

    pub(super) fn view(&self, at: &At<'d>) -> View<'d> {
        View::of(&self.resolver, at)
    }

    pub(super) fn fingerprint(&mut self, at: &At<'d>) -> u64 {
        self.fingerprints.of(&self.resolver, at)
    }

    /// The directions of a component.
    pub(super) fn directions(&self, component: &At<'d>) -> Directions {
        self.reach.directions(&component.pointer)
    }

    /// Whether a reference has this target.
    pub(super) fn is_referenced(&self, pointer: &str) -> bool {
        self.reach.is_referenced(pointer)
    }

    /// The directions of a property of an object with these directions.
    pub(super) fn property_directions(&self, property: &At<'d>, directions: Directions) -> Directions {
        property_directions(&self.resolver, property.value, directions)
    }

    /// Whether a schema has a default.
    pub(super) fn has_default(&self, schema: &At<'d>) -> bool {
        schema.value.get("default").is_some() || self.resolved(schema).value.get("default").is_some()
    }
}
