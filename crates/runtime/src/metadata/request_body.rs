//! Request bodies of operations.

use super::content::Content;

/// The body of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestBody {
    /// `required`: a call without it is refused.
    pub required: bool,
    /// Content types of the document; the one that has a type comes first.
    pub contents: &'static [Content],
    /// The document's description.
    pub description: &'static str,
}

impl RequestBody {
    /// Returns a request body. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(required: bool) -> Self {
        Self { required, contents: &[], description: "" }
    }

    /// Sets the content types. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_contents(self, contents: &'static [Content]) -> Self {
        Self { contents, ..self }
    }

    /// Sets the description. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_description(self, description: &'static str) -> Self {
        Self { description, ..self }
    }
}
