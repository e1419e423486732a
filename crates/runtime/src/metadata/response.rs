//! Documented responses of operations.

use super::{content::Content, setters::setters};

/// A documented response of an operation: status, content types and headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DocumentedResponse {
    /// Status as written in the document: `201`, `4XX` or `default`.
    pub status: &'static str,
    /// Content types of the body. The first is the one that is decoded. Empty if the response has no body.
    pub contents: &'static [Content],
    /// `description`; empty if the document has none.
    pub description: &'static str,
    /// Documented headers.
    pub headers: &'static [Header],
}

impl DocumentedResponse {
    /// Returns a response without a body. Used by generated code.
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
    /// Name of the header.
    pub name: &'static str,
    /// `type` and `format` of its schema, such as `integer` or `string date-time`, or the name of the component schema
    /// that it references. Empty if the document has none.
    pub schema: &'static str,
    /// Whether every such response has the header: the document's `required`.
    pub required: bool,
    /// Whether the document marks it as `deprecated`.
    pub deprecated: bool,
    /// `description`; empty if the document has none.
    pub description: &'static str,
}

impl Header {
    /// Returns an optional header. Used by generated code.
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
