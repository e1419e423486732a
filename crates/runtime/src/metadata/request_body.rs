//! Request bodies of operations.

use super::{content::Content, setters::setters};

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

    setters! {
        /// Sets the content types.
        with_contents(contents: &'static [Content]) => contents;
        /// Sets the description.
        with_description(description: &'static str) => description;
    }
}
