//! What the document says of an operation beyond its types: rows of the generated operation table.

use super::{Location, Requirement, Server};

/// One operation of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// `operationId` as published.
    pub id: &'static str,
    /// The Rust method that calls it.
    pub name: &'static str,
    /// HTTP method in capitals.
    pub method: &'static str,
    /// Path template below the server's address.
    pub path: &'static str,
    /// The document's summary.
    pub summary: &'static str,
    /// Tags.
    pub tags: &'static [&'static str],
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// Address of further documentation.
    pub external_docs: Option<&'static str>,
    /// Permissions that its description asks for in so many words. Empty: none is stated in a form that is recognised.
    pub permissions: &'static [Permission],
    /// Security alternatives: one of them must be met whole. Empty: none is asked for.
    pub security: &'static [&'static [Requirement]],
    /// Parameters.
    pub parameters: &'static [Parameter],
    /// The request body.
    pub body: Option<RequestBody>,
    /// Documented responses.
    pub responses: &'static [Response],
    /// Servers of its own or of its path, in the place of the document's. Calls go to the client's server all the same.
    pub servers: &'static [Server],
}

impl Operation {
    /// A row of the table. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(id: &'static str, name: &'static str, method: &'static str, path: &'static str) -> Self {
        Self {
            id,
            name,
            method,
            path,
            summary: "",
            tags: &[],
            deprecated: false,
            external_docs: None,
            permissions: &[],
            security: &[],
            parameters: &[],
            body: None,
            responses: &[],
            servers: &[],
        }
    }

    /// This row with its summary. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn summed_up(self, summary: &'static str) -> Self {
        Self { summary, ..self }
    }

    /// This row with its tags. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn tagged(self, tags: &'static [&'static str]) -> Self {
        Self { tags, ..self }
    }

    /// This row of a deprecated operation. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn deprecated(self) -> Self {
        Self { deprecated: true, ..self }
    }

    /// This row with the address of further documentation. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn documented_at(self, url: &'static str) -> Self {
        Self { external_docs: Some(url), ..self }
    }

    /// This row with its permissions. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn permitted_by(self, permissions: &'static [Permission]) -> Self {
        Self { permissions, ..self }
    }

    /// This row with its security alternatives. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn secured(self, security: &'static [&'static [Requirement]]) -> Self {
        Self { security, ..self }
    }

    /// This row with its parameters. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_parameters(self, parameters: &'static [Parameter]) -> Self {
        Self { parameters, ..self }
    }

    /// This row with its request body. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_body(self, body: RequestBody) -> Self {
        Self { body: Some(body), ..self }
    }

    /// This row with its responses. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn answered(self, responses: &'static [Response]) -> Self {
        Self { responses, ..self }
    }

    /// This row with servers of its own. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_servers(self, servers: &'static [Server]) -> Self {
        Self { servers, ..self }
    }

    /// Whether a call only reads: its method is one that RFC 9110 (9.2.1) calls safe, so that calling again does no harm.
    #[must_use]
    pub const fn reads_only(&self) -> bool {
        matches!(self.method.as_bytes(), b"GET" | b"HEAD" | b"OPTIONS" | b"TRACE")
    }

    /// Whether the document lists this status, by itself or in a range.
    pub(super) fn documents(&self, status: u16) -> bool {
        let (exact, range) = (status.to_string(), format!("{}XX", status / 100));
        self.responses.iter().any(|response| response.status == exact || response.status == range)
    }

    /// The content types that responses are read in, for the `Accept` header.
    pub(super) fn accept(&self) -> String {
        let mut types: Vec<&str> = Vec::new();
        let contents = self.responses.iter().flat_map(|response| response.contents);
        for content in contents.filter(|content| content.ty.is_some()) {
            if !types.contains(&content.content_type) {
                types.push(content.content_type);
            }
        }
        if types.is_empty() { "*/*".to_owned() } else { types.join(", ") }
    }
}

/// A permission that the caller must have, as an operation's description states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Permission {
    /// Its name.
    pub name: &'static str,
    /// When it is asked for, in the description's words. `None`: always.
    pub when: Option<&'static str>,
}

impl Permission {
    /// One of an operation. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, when: Option<&'static str>) -> Self {
        Self { name, when }
    }
}

/// One parameter of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parameter {
    /// Name in the document.
    pub name: &'static str,
    /// Where it goes.
    pub location: Location,
    /// How its value is written, unless it has a content type.
    pub style: Style,
    /// Whether each item of a list or object stands for itself.
    pub explode: bool,
    /// Whether a call without it is refused.
    pub required: bool,
    /// Whether reserved characters stand unencoded in a query.
    pub allow_reserved: bool,
    /// The content type that its value is written in.
    pub content_type: Option<&'static str>,
    /// Rust type of its value.
    pub ty: &'static str,
    /// What the server takes where it is not sent, as JSON.
    pub default: Option<&'static str>,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// The document's description.
    pub description: &'static str,
}

impl Parameter {
    /// An optional one without further marks. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, location: Location, style: Style) -> Self {
        Self {
            name,
            location,
            style,
            explode: false,
            required: false,
            allow_reserved: false,
            content_type: None,
            ty: "",
            default: None,
            deprecated: false,
            description: "",
        }
    }

    /// Written with each item for itself. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn exploded(self) -> Self {
        Self { explode: true, ..self }
    }

    /// One that must be there. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// With reserved characters unencoded. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn allowing_reserved(self) -> Self {
        Self { allow_reserved: true, ..self }
    }

    /// Written in a content type. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_content(self, content_type: &'static str) -> Self {
        Self { content_type: Some(content_type), ..self }
    }

    /// With the Rust type of its value. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn of_type(self, ty: &'static str) -> Self {
        Self { ty, ..self }
    }

    /// With what the server takes where it is not sent. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_default(self, json: &'static str) -> Self {
        Self { default: Some(json), ..self }
    }

    /// One that the document calls deprecated. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn deprecated(self) -> Self {
        Self { deprecated: true, ..self }
    }

    /// With its description. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn described(self, description: &'static str) -> Self {
        Self { description, ..self }
    }
}

/// `style` of a parameter, as OpenAPI 3.0 defines them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `;color=blue`
    Matrix,
    /// `.blue`
    Label,
    /// `blue,black`
    Simple,
    /// `color=blue`
    Form,
    /// `color=blue%20black`
    SpaceDelimited,
    /// `color=blue%7Cblack`
    PipeDelimited,
    /// `color%5BR%5D=100`
    DeepObject,
}

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

/// One content type of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Content {
    /// The content type, as it is sent or asked for.
    pub content_type: &'static str,
    /// Rust type that the body is written from or read as. `None`: this client does not ask for it.
    pub ty: Option<&'static str>,
}

impl Content {
    /// One of a body. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(content_type: &'static str, ty: Option<&'static str>) -> Self {
        Self { content_type, ty }
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_each_content_type_that_is_read_once() {
        const JSON: Response = Response::new("200", "")
            .with_contents(&[Content::new("application/json", Some("Thing")), Content::new("application/xml", None)]);
        const EMPTY: Response = Response::new("204", "");
        assert_eq!(Operation::new("a", "a", "GET", "/").answered(&[JSON, EMPTY, JSON]).accept(), "application/json");
        assert_eq!(Operation::new("a", "a", "GET", "/").answered(&[EMPTY]).accept(), "*/*");
    }

    #[test]
    fn only_safe_methods_read_only() {
        let reading = ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "POST", "PATCH", "DELETE"]
            .into_iter()
            .filter(|method| Operation::new("a", "a", method, "/").reads_only());
        assert_eq!(reading.collect::<Vec<_>>(), ["GET", "HEAD", "OPTIONS", "TRACE"]);
    }
}
