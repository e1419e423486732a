//! Why a request was refused before it was sent.

use std::{convert::Infallible, fmt};

/// A field of a request, and what is wrong with it.
///
/// `Display` reads `name: violates maxLength 64 (65 characters)`. The value itself is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    field: String,
    reason: String,
}

impl Violation {
    /// Returns the violation of a field; `field` as the document names it, `reason` as a phrase that follows it.
    pub fn new(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { field: field.into(), reason: reason.into() }
    }

    /// Returns the field, as the document names it; an item of a list as `redirectUrls[3]`.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// Returns what is wrong, such as `violates maxLength 64 (65 characters)` or `is required`.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.reason)
    }
}

impl std::error::Error for Violation {}

impl From<Infallible> for Violation {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
