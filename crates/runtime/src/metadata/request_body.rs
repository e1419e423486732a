//! Request bodies of operations.

use super::content::Content;

/// The body of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestBody {
    /// Whether a call without it is refused.
    pub required: bool,
    /// The content types of the document, the one that has a type first.
    pub contents: &'static [Content],
    /// The document's description.
    pub description: &'static str,
}

impl RequestBody {
    /// One of an operation. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(required: bool) -> Self {
        Self { required, contents: &[], description: "" }
    }

    /// With its content types. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_contents(self, contents: &'static [Content]) -> Self {
        Self { contents, ..self }
    }

    /// With its description. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn described(self, description: &'static str) -> Self {
        Self { description, ..self }
    }
}
