//! Enum values that the document does not list: kept in responses, rejected in requests.

use std::fmt;

/// An enum value in a response that the document does not list.
///
/// Enums of responses have a variant `Unknown` with it, so that a new value on the server does not fail the call. It
/// cannot be constructed, only received. It is sent only if no request of the document has the enum. `T` is the type of
/// the values that the document lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unknown<T = String>(pub(super) T);

impl<T> Unknown<T> {
    /// Returns the value as the server sent it.
    #[must_use]
    pub fn get(&self) -> &T {
        &self.0
    }
}

impl Unknown {
    /// Returns the value as the server sent it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T: fmt::Display> fmt::Display for Unknown<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
