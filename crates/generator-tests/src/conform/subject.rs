//! A compiled type, as far as it is compared with its schema.

/// A compiled type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its name.
    pub name: String,
    /// JSON Pointer of its schema in the document.
    pub pointer: String,
    /// Whether requests carry it.
    pub in_requests: bool,
    /// Whether responses carry it.
    pub in_responses: bool,
}
