//! What a lint is, what it looks at, and what it finds.

use serde_json::Value;

use crate::published::Published;

/// A rule.
pub struct Rule {
    /// What the overlay names it by.
    pub id: &'static str,
    /// What it looks for.
    pub says: &'static str,
    pub(super) run: fn(&Subject<'_>) -> Vec<Lint>,
}

/// What rules look at.
pub(super) struct Subject<'s> {
    /// Published and transcribed operations together, corrected by the overlay.
    pub(super) document: &'s Value,
    pub(super) published: &'s Published,
}

/// A contradiction: the pointer to it, and what it is.
pub(super) struct Lint {
    pub(super) at: String,
    pub(super) what: String,
}

impl Lint {
    pub(super) fn new(at: impl Into<String>, what: impl Into<String>) -> Self {
        Self { at: at.into(), what: what.into() }
    }
}
