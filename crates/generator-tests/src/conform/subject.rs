//! The compiled types to compare.

/// A compiled type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its name.
    pub name: String,
    /// JSON Pointer of its schema in the document.
    pub pointer: String,
    /// Whether requests have values of it.
    pub in_requests: bool,
    /// Whether responses have values of it.
    pub in_responses: bool,
}
