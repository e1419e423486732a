//! Documented responses of operations.

use super::content::Content;

/// One documented response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Response {
    /// The status as the document's key: `201`, `4XX` or `default`.
    pub status: &'static str,
    /// The content types of the body, the one that is read first. Empty where the document lists no body.
    pub contents: &'static [Content],
    /// The document's description.
    pub description: &'static str,
    /// Documented headers.
    pub headers: &'static [Header],
}

impl Response {
    /// One without a body. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(status: &'static str, description: &'static str) -> Self {
        Self { status, contents: &[], description, headers: &[] }
    }

    /// With its content types. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_contents(self, contents: &'static [Content]) -> Self {
        Self { contents, ..self }
    }

    /// With its headers. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_headers(self, headers: &'static [Header]) -> Self {
        Self { headers, ..self }
    }
}

/// A documented header of a response. Callers get its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Header {
    /// Its name.
    pub name: &'static str,
    /// The schema's type in the document, with its format, such as `integer` or `string date-time`, or the name of the
    /// component schema that it refers to. Empty where there is none.
    pub schema: &'static str,
    /// Whether every such response has it.
    pub required: bool,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// The document's description.
    pub description: &'static str,
}

impl Header {
    /// One of a response. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, schema: &'static str, description: &'static str) -> Self {
        Self { name, schema, required: false, deprecated: false, description }
    }

    /// One that every such response has. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// One that the document calls deprecated. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn deprecated(self) -> Self {
        Self { deprecated: true, ..self }
    }
}
