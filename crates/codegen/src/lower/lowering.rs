//! The input and output of lowering.

use std::collections::{BTreeMap, BTreeSet};

use openapi::{
    Problem, free_name,
    queries::{object_at, referenced},
};
use serde_json::{Map, Value};

use crate::{
    merged::MergedSchemas, model::Model, moved::Moved, normalize::Normalized, pattern_table::Patterns,
    unsupported::UnsupportedKeyword,
};

/// The state of lowering.
pub(crate) struct Lowering {
    pub(crate) document: Value,
    pub(crate) model: Model,
    pub(crate) problems: Vec<Problem>,
    /// The document with all keywords, in the form of OpenAPI 3.0.
    pub(crate) plain: Value,
    /// Pointers of the examples that documentation shows, in that document.
    shown: BTreeSet<String>,
    /// Names that no component may have.
    pub(crate) taken: BTreeSet<String>,
    /// Original pointers of schemas that passes moved or copied.
    pub(crate) moved: Moved,
    /// Unsupported keywords that normalization has removed or replaced, with their original pointers.
    pub(crate) ignored: Vec<UnsupportedKeyword>,
    /// Unsupported keywords that passes have found.
    pub(crate) unrepresented: Vec<UnsupportedKeyword>,
    pub(crate) patterns: Patterns,
    pub(crate) merged: MergedSchemas,
}

/// A document that progenitor accepts, and the model of what progenitor ignores.
pub(crate) struct Lowered {
    pub(crate) document: Value,
    pub(crate) model: Model,
    /// The document with all keywords, in the form of OpenAPI 3.0.
    pub(crate) plain: Value,
    /// Pointers of the examples that documentation shows, in that document.
    pub(crate) shown: BTreeSet<String>,
    /// Original pointers of schemas that passes moved or copied.
    pub(crate) moved: Moved,
    /// Unsupported keywords that normalization has removed or replaced, with their original pointers.
    pub(crate) ignored: Vec<UnsupportedKeyword>,
    /// Unsupported keywords that passes have found.
    pub(crate) unrepresented: Vec<UnsupportedKeyword>,
    pub(crate) patterns: Patterns,
    pub(crate) merged: MergedSchemas,
}

impl Lowering {
    pub(super) fn new(normalized: Normalized, taken: BTreeSet<String>) -> Self {
        Self {
            document: normalized.document,
            model: Model::default(),
            problems: Vec::new(),
            plain: normalized.plain,
            shown: normalized.shown,
            taken,
            moved: normalized.moved,
            ignored: normalized.ignored,
            unrepresented: Vec::new(),
            patterns: Patterns::default(),
            merged: MergedSchemas::default(),
        }
    }

    /// Returns the state for a document that is not normalized.
    #[cfg(test)]
    pub(crate) fn of(document: Value) -> Self {
        let normalized = crate::normalize::Normalizing::of(document).done();
        Self::new(normalized, BTreeSet::new())
    }

    /// Converts the pointers of types to the original document.
    pub(super) fn done(mut self) -> Lowered {
        let origins: BTreeMap<_, _> = std::mem::take(&mut self.model.origins);
        let is_composed = |origin: &str| self.merged.composed.contains(origin);
        self.model.composed =
            origins.iter().filter(|(_, origin)| is_composed(origin)).map(|(name, _)| name.clone()).collect();
        self.model.origins = origins.into_iter().map(|(name, origin)| (name, self.moved.original(&origin))).collect();
        Lowered {
            document: self.document,
            model: self.model,
            plain: self.plain,
            shown: self.shown,
            moved: self.moved,
            ignored: self.ignored,
            unrepresented: self.unrepresented,
            patterns: self.patterns,
            merged: self.merged,
        }
    }

    /// Returns the component schemas. Creates the section if it is missing.
    pub(crate) fn schemas(&mut self) -> &mut Map<String, Value> {
        object_at(&mut self.document, &["components", "schemas"])
    }

    /// Returns `name`, with a number if a component has this name or it is taken.
    pub(crate) fn free_name(&mut self, name: &str) -> String {
        let taken = std::mem::take(&mut self.taken);
        let schemas = self.schemas();
        let free = free_name(name, |name| schemas.contains_key(name) || taken.contains(name));
        self.taken = taken;
        free
    }
}

/// Collects the component schemas that are reachable from a value by references.
pub(crate) fn reachable(document: &Value, from: &Value, found: &mut BTreeSet<String>) {
    match from {
        Value::Object(map) => {
            if let Some(name) = referenced(from, "schemas")
                && found.insert(name.to_owned())
                && let Some(schema) = document.pointer("/components/schemas").and_then(|schemas| schemas.get(name))
            {
                reachable(document, schema, found);
            }
            map.values().for_each(|value| reachable(document, value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| reachable(document, value, found)),
        _ => {}
    }
}
