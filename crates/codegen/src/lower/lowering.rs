//! The input and output of lowering.

use std::collections::{BTreeMap, BTreeSet};

use openapi::{
    Problem, free_name,
    queries::{object_at, referenced},
};
use serde_json::{Map, Value};

use crate::{
    model::Model, moved::Moved, normalize::Normalized, pattern_table::Patterns, unsupported::UnsupportedKeyword,
};

/// A document on its way to progenitor, and what is known about it beside.
pub(crate) struct Lowering {
    pub(crate) document: Value,
    pub(crate) model: Model,
    pub(crate) problems: Vec<Problem>,
    /// The document as it was validated.
    pub(crate) plain: Value,
    /// Pointers of the examples that documentation shows, in that document.
    shown: BTreeSet<String>,
    /// Names that no component may have.
    pub(crate) taken: BTreeSet<String>,
    /// Schemas that became components, or other ones.
    pub(crate) moved: Moved,
    /// What a pass found that generated code will not carry.
    pub(crate) unrepresented: Vec<UnsupportedKeyword>,
    pub(crate) patterns: Patterns,
}

/// A document that progenitor takes, and what generated code needs to know beside it.
pub(crate) struct Lowered {
    pub(crate) document: Value,
    pub(crate) model: Model,
    /// The document as it was validated.
    pub(crate) plain: Value,
    /// Pointers of the examples that documentation shows, in that document.
    pub(crate) shown: BTreeSet<String>,
    /// Schemas that became components, or other ones.
    pub(crate) moved: Moved,
    /// What passes found that generated code does not carry.
    pub(crate) unrepresented: Vec<UnsupportedKeyword>,
    pub(crate) patterns: Patterns,
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
            unrepresented: Vec::new(),
            patterns: Patterns::default(),
        }
    }

    /// A document that nobody has normalized.
    #[cfg(test)]
    pub(crate) fn of(document: Value) -> Self {
        let normalized = Normalized { document, plain: Value::Null, shown: BTreeSet::new(), moved: Moved::default() };
        Self::new(normalized, BTreeSet::new())
    }

    /// The same with the places of types as they are in the document as it was given.
    pub(super) fn done(mut self) -> Lowered {
        let origins: BTreeMap<_, _> = std::mem::take(&mut self.model.origins);
        self.model.origins = origins.into_iter().map(|(name, origin)| (name, self.moved.original(&origin))).collect();
        Lowered {
            document: self.document,
            model: self.model,
            plain: self.plain,
            shown: self.shown,
            moved: self.moved,
            unrepresented: self.unrepresented,
            patterns: self.patterns,
        }
    }

    /// The component schemas, made if they are not there.
    pub(crate) fn schemas(&mut self) -> &mut Map<String, Value> {
        object_at(&mut self.document, &["components", "schemas"])
    }

    /// `name`, or with a number if a component schema of that name is there or may not be.
    pub(crate) fn free_name(&mut self, name: &str) -> String {
        let taken = std::mem::take(&mut self.taken);
        let schemas = self.schemas();
        let free = free_name(name, |name| schemas.contains_key(name) || taken.contains(name));
        self.taken = taken;
        free
    }
}

/// All component schemas that a value refers to, directly or through others.
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
