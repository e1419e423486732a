//! What the document says of an operation beyond its types: rows of the generated operation table.

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
    /// Tags.
    pub tags: &'static [&'static str],
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// Security alternatives: one of them must be met whole. Empty: none is asked for.
    pub security: &'static [&'static [Requirement]],
    /// Parameters.
    pub parameters: &'static [Parameter],
    /// Documented responses.
    pub responses: &'static [Response],
}

impl Operation {
    /// A row of the table. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(id: &'static str, name: &'static str, method: &'static str, path: &'static str) -> Self {
        Self { id, name, method, path, tags: &[], deprecated: false, security: &[], parameters: &[], responses: &[] }
    }

    /// This row with its tags. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn tagged(self, tags: &'static [&'static str], deprecated: bool) -> Self {
        Self { tags, deprecated, ..self }
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

    /// This row with its responses. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn answered(self, responses: &'static [Response]) -> Self {
        Self { responses, ..self }
    }

    /// Whether the document lists this status, by itself or in a range.
    pub(super) fn documents(&self, status: u16) -> bool {
        let (exact, range) = (status.to_string(), format!("{}XX", status / 100));
        self.responses.iter().any(|response| response.status == exact || response.status == range)
    }

    /// The content types that responses may have, for the `Accept` header.
    pub(super) fn accept(&self) -> String {
        let mut types: Vec<&str> = Vec::new();
        for content_type in self.responses.iter().filter_map(|response| response.content_type) {
            if !types.contains(&content_type) {
                types.push(content_type);
            }
        }
        if types.is_empty() { "*/*".to_owned() } else { types.join(", ") }
    }
}

/// One scheme that a security alternative asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// Its name in `components.securitySchemes`.
    pub name: &'static str,
    /// What kind of scheme it is.
    pub scheme: Scheme,
    /// Scopes asked for.
    pub scopes: &'static [&'static str],
}

/// A security scheme of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecurityScheme {
    /// Its name in `components.securitySchemes`.
    pub name: &'static str,
    /// What kind of scheme it is.
    pub scheme: Scheme,
    /// The document's description.
    pub description: &'static str,
}

/// Kinds of security schemes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scheme {
    /// `type: http, scheme: basic`.
    Basic,
    /// `type: http, scheme: bearer`, with the document's `bearerFormat`, a hint that nothing may rely on.
    Bearer {
        /// `bearerFormat`.
        format: Option<&'static str>,
    },
    /// `type: apiKey`.
    ApiKey {
        /// `in`.
        location: Location,
        /// Name of the header, cookie or query parameter.
        name: &'static str,
    },
    /// Another scheme, which this client cannot satisfy.
    Other {
        /// The scheme's `type`, and after `http` its `scheme`.
        kind: &'static str,
    },
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
}

impl Parameter {
    /// An optional one without further marks. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, location: Location, style: Style) -> Self {
        Self { name, location, style, explode: false, required: false, allow_reserved: false, content_type: None }
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
}

/// Where a parameter goes: `in` of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// A part of the path.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
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

/// One documented response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status as the document's key: `201`, `4XX` or `default`.
    pub status: &'static str,
    /// Content type of the body, `None` where the document lists no body.
    pub content_type: Option<&'static str>,
    /// Rust type of the body.
    pub body: Option<&'static str>,
    /// The document's description.
    pub description: &'static str,
    /// Documented headers.
    pub headers: &'static [Header],
}

/// A documented header of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its name.
    pub name: &'static str,
    /// Whether every such response has it.
    pub required: bool,
    /// The document's description.
    pub description: &'static str,
}

/// A server of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Server {
    /// URL template.
    pub url: &'static str,
    /// The document's description.
    pub description: &'static str,
    /// Variables of the template.
    pub variables: &'static [Variable],
}

impl Server {
    /// The URL with every variable at its default.
    #[must_use]
    pub fn default_url(&self) -> String {
        self.variables
            .iter()
            .fold(self.url.to_owned(), |url, variable| url.replace(&format!("{{{}}}", variable.name), variable.default))
    }
}

/// A variable of a server's URL template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Name between the braces.
    pub name: &'static str,
    /// Default value.
    pub default: &'static str,
    /// Allowed values; empty means any.
    pub values: &'static [&'static str],
    /// The document's description.
    pub description: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_a_server_with_its_defaults() {
        let variables = &[Variable { name: "host", default: "blynk.cloud", values: &[], description: "" }];
        let server = Server { url: "https://{host}/x", description: "", variables };
        assert_eq!(server.default_url(), "https://blynk.cloud/x");
    }

    #[test]
    fn accepts_each_documented_content_type_once() {
        const JSON: Response = Response {
            status: "200",
            content_type: Some("application/json"),
            body: None,
            description: "",
            headers: &[],
        };
        const EMPTY: Response = Response { content_type: None, ..JSON };
        assert_eq!(Operation::new("a", "a", "GET", "/").answered(&[JSON, EMPTY, JSON]).accept(), "application/json");
        assert_eq!(Operation::new("a", "a", "GET", "/").answered(&[EMPTY]).accept(), "*/*");
    }
}
