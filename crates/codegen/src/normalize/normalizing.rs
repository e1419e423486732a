//! The input and output of normalization.

use std::collections::BTreeSet;

use openapi::Problem;
use serde_json::Value;

use crate::{moved::Moved, unsupported::UnsupportedKeyword};

/// The state of normalization.
pub(crate) struct Normalizing {
    pub(crate) document: Value,
    pub(crate) problems: Vec<Problem>,
    /// Unsupported keywords that passes have removed or replaced, with their original pointers.
    pub(crate) ignored: Vec<UnsupportedKeyword>,
    /// Original pointers of schemas that became components.
    pub(crate) moved: Moved,
    /// Pointers in `plain` of webhooks and callbacks that became operations.
    pub(crate) received: Moved,
    /// The document with all keywords, in the form of OpenAPI 3.0.
    pub(crate) plain: Value,
    /// Pointers of the examples that documentation shows, in that document.
    pub(crate) shown: BTreeSet<String>,
}

/// A strict OpenAPI 3.0 document.
pub(crate) struct Normalized {
    /// The document, with examples in descriptions and all references but those to schemas inlined.
    pub(crate) document: Value,
    /// Unsupported keywords that passes have removed or replaced, with their original pointers.
    pub(crate) ignored: Vec<UnsupportedKeyword>,
    /// The document with all keywords, in the form of OpenAPI 3.0.
    pub(crate) plain: Value,
    /// Pointers of the examples that documentation shows, in that document.
    pub(crate) shown: BTreeSet<String>,
    /// Original pointers of schemas that became components.
    pub(crate) moved: Moved,
}

impl Normalizing {
    pub(crate) fn of(document: Value) -> Self {
        Self {
            document,
            problems: Vec::new(),
            ignored: Vec::new(),
            moved: Moved::default(),
            received: Moved::default(),
            plain: Value::Null,
            shown: BTreeSet::new(),
        }
    }

    pub(crate) fn done(self) -> Normalized {
        Normalized {
            document: self.document,
            ignored: self.ignored,
            plain: self.plain,
            shown: self.shown,
            moved: self.moved,
        }
    }
}
