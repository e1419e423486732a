//! Documented responses of operations.

use super::{content::Content, setters::setters};

/// One documented response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DocumentedResponse {
    /// The status as the document's key: `201`, `4XX` or `default`.
    pub status: &'static str,
    /// Content types of the body; the one that is decoded comes first. Empty: no body.
    pub contents: &'static [Content],
    /// The document's description.
    pub description: &'static str,
    /// Documented headers.
    pub headers: &'static [Header],
}

impl DocumentedResponse {
    /// Returns a response without a body. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(status: &'static str, description: &'static str) -> Self {
        Self { status, contents: &[], description, headers: &[] }
    }

    setters! {
        /// Sets the content types.
        with_contents(contents: &'static [Content]) => contents;
        /// Sets the headers.
        with_headers(headers: &'static [Header]) => headers;
    }
}

/// A documented header of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Header {
    /// Its name.
    pub name: &'static str,
    /// The schema's type in the document, with its format, such as `integer` or `string date-time`, or the name of the
    /// component schema that it refers to. Empty where there is none.
    pub schema: &'static str,
    /// `required`: every such response has it.
    pub required: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// The document's description.
    pub description: &'static str,
}

impl Header {
    /// Returns an optional header. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, schema: &'static str, description: &'static str) -> Self {
        Self { name, schema, required: false, deprecated: false, description }
    }

    setters! {
        /// Sets `required`.
        required() => required: true;
        /// Sets `deprecated`.
        deprecated() => deprecated: true;
    }
}
