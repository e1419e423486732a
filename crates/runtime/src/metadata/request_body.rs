//! Request bodies of operations.

use super::{content::Content, setters::setters};

/// The request body of an operation, with its content types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestBody {
    /// Whether it is `required`. A call without a body fails before it is sent.
    pub required: bool,
    /// Documented content types. The first is the one that builders encode.
    pub contents: &'static [Content],
    /// `description`; empty if the document has none.
    pub description: &'static str,
}

impl RequestBody {
    /// Returns a request body. Used by generated code.
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
