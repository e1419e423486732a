//! A lint rule, its input, and its findings.

use serde_json::Value;

use crate::published::Published;

/// A lint rule.
pub struct Rule {
    /// Stable id, by which the overlay suppresses it.
    pub id: &'static str,
    /// What it finds, in one line.
    pub finds: &'static str,
    pub(super) run: fn(&Subject<'_>) -> Vec<Lint>,
}

/// The input of rules.
pub(super) struct Subject<'s> {
    /// The document with the published and the transcribed operations, corrected by the overlay.
    pub(super) document: &'s Value,
    pub(super) published: &'s Published,
}

/// A contradiction: the pointer of the value, and a message without the value's name.
pub(super) struct Lint {
    pub(super) at: String,
    pub(super) what: String,
}

impl Lint {
    pub(super) fn new(at: impl Into<String>, what: impl Into<String>) -> Self {
        Self { at: at.into(), what: what.into() }
    }
}
