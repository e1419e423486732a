//! Invalid values of a request, which is not sent.

use std::{convert::Infallible, fmt};

/// A field of a request with a missing or invalid value.
///
/// `Display` writes field, keyword and limit, such as `name: violates maxLength 64 (65 characters)`, but not the value,
/// which may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    field: String,
    reason: String,
}

impl Violation {
    /// Returns a violation. `field` is the JSON name, `reason` a phrase such as `is required`.
    pub fn new(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { field: field.into(), reason: reason.into() }
    }

    /// Returns the JSON name of the field; `redirectUrls[3]` for an item of an array.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// Returns what is wrong with it, such as `violates maxLength 64 (65 characters)` or `is required`.
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
