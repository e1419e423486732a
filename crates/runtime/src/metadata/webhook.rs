//! Webhooks and callbacks: requests that the API sends.

use super::{request_body::RequestBody, response::DocumentedResponse, response::Header, setters::setters};

/// A webhook or callback of the document: a request that the API sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Webhook {
    /// Name of the webhook or callback.
    pub name: &'static str,
    /// `operationId`, if it differs from the name.
    pub id: Option<&'static str>,
    /// HTTP method in upper case.
    pub method: &'static str,
    /// URL of a callback, as a template of values of the call, such as `{$request.body#/callbackUrl}`; `None` for a
    /// webhook.
    pub expression: Option<&'static str>,
    /// `operationId`s of the operations that a callback belongs to. Empty for a webhook.
    pub operations: &'static [&'static str],
    /// `summary`; empty if the document has none.
    pub summary: &'static str,
    /// `description`; empty if the document has none.
    pub description: &'static str,
    /// Names of its `tags`.
    pub tags: &'static [&'static str],
    /// Whether the document marks it as `deprecated`.
    pub deprecated: bool,
    /// Header parameters, such as a signature.
    pub headers: &'static [Header],
    /// The payload; `None` if the document has none.
    pub body: Option<RequestBody>,
    /// Responses that the API expects, without their contents.
    pub responses: &'static [DocumentedResponse],
}

impl Webhook {
    /// Returns a webhook without a payload. Used by generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, id: Option<&'static str>, method: &'static str) -> Self {
        Self {
            name,
            id,
            method,
            expression: None,
            operations: &[],
            summary: "",
            description: "",
            tags: &[],
            deprecated: false,
            headers: &[],
            body: None,
            responses: &[],
        }
    }

    /// Makes it a callback of operations. Used by generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn of_operations(self, expression: &'static str, operations: &'static [&'static str]) -> Self {
        Self { expression: Some(expression), operations, ..self }
    }

    setters! {
        /// Sets the summary.
        with_summary(summary: &'static str) => summary;
        /// Sets the description.
        with_description(description: &'static str) => description;
        /// Sets the tags.
        with_tags(tags: &'static [&'static str]) => tags;
        /// Sets `deprecated`.
        deprecated() => deprecated: true;
        /// Sets the header parameters.
        with_headers(headers: &'static [Header]) => headers;
        /// Sets the payload.
        with_body(body: RequestBody) => body: Some(body);
        /// Sets the responses.
        with_responses(responses: &'static [DocumentedResponse]) => responses;
    }
}
