//! The input and output of normalization.

use std::collections::BTreeSet;

use openapi::Problem;
use serde_json::Value;

use crate::moved::Moved;

/// A document on its way through the passes.
pub(crate) struct Normalizing {
    pub(crate) document: Value,
    pub(crate) problems: Vec<Problem>,
    /// Schemas that became components.
    pub(crate) moved: Moved,
    /// The document once it was validated.
    pub(crate) plain: Value,
    /// Pointers of the examples that documentation shows, in that document.
    pub(crate) shown: BTreeSet<String>,
}

/// A document of OpenAPI 3.0, strictly written.
pub(crate) struct Normalized {
    /// The document, with examples in descriptions, and everything but schemas where it is used.
    pub(crate) document: Value,
    /// The document before that: as it was given, but for how it is written.
    pub(crate) plain: Value,
    /// Pointers of the examples that documentation shows, in the document as it was given.
    pub(crate) shown: BTreeSet<String>,
    /// Schemas that became components.
    pub(crate) moved: Moved,
}

impl Normalizing {
    pub(crate) fn of(document: Value) -> Self {
        Self { document, problems: Vec::new(), moved: Moved::default(), plain: Value::Null, shown: BTreeSet::new() }
    }

    pub(super) fn done(self) -> Normalized {
        Normalized { document: self.document, plain: self.plain, shown: self.shown, moved: self.moved }
    }
}
