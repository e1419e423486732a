//! The input and output of normalization.

use std::collections::BTreeSet;

use openapi::Problem;
use serde_json::Value;

use crate::moved::Moved;

/// The state of normalization.
pub(crate) struct Normalizing {
    pub(crate) document: Value,
    pub(crate) problems: Vec<Problem>,
    /// Original pointers of schemas that became components.
    pub(crate) moved: Moved,
    /// The validated document.
    pub(crate) plain: Value,
    /// Pointers of the examples that documentation shows, in the validated document.
    pub(crate) shown: BTreeSet<String>,
}

/// A strict OpenAPI 3.0 document.
pub(crate) struct Normalized {
    /// The document, with examples in descriptions and all references but those to schemas inlined.
    pub(crate) document: Value,
    /// The validated document: equivalent to the original one, and strict.
    pub(crate) plain: Value,
    /// Pointers of the examples that documentation shows, in the validated document.
    pub(crate) shown: BTreeSet<String>,
    /// Original pointers of schemas that became components.
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
