//! Operations: the rows of the operation table in generated code.

use super::{
    parameter::Parameter, permission::Permission, request_body::RequestBody, response::DocumentedResponse,
    security::Requirement, server::Server, setters::setters,
};

/// An operation of the document: method, path, parameters, body, responses and security.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// `operationId`, or a name derived from method and path if the document has none.
    pub id: &'static str,
    /// Name of the client's method that calls it.
    pub name: &'static str,
    /// HTTP method in upper case.
    pub method: &'static str,
    /// Path template, relative to the server's base URL.
    pub path: &'static str,
    /// `summary`; empty if the document has none.
    pub summary: &'static str,
    /// Names of its `tags`; empty if the document has none.
    pub tags: &'static [&'static str],
    /// Whether the document marks it as `deprecated`.
    pub deprecated: bool,
    /// URL of further documentation: `externalDocs.url`.
    pub external_docs: Option<&'static str>,
    /// Required permissions that its description lists. Empty if the description lists none in a known form.
    pub permissions: &'static [Permission],
    /// Security alternatives. A call needs credentials for all requirements of one alternative. Empty if the operation
    /// needs no credentials.
    pub security: &'static [&'static [Requirement]],
    /// Parameters of the operation and of its path.
    pub parameters: &'static [Parameter],
    /// The request body; `None` if the document has none.
    pub body: Option<RequestBody>,
    /// Documented responses, in document order.
    pub responses: &'static [DocumentedResponse],
    /// `servers` of the operation or its path, if they differ from the document's. Calls go to the first, unless the
    /// client's address has the same origin as another.
    pub servers: &'static [Server],
    /// `servers` of the document, if the operation has its own. The client's address stands for one of them.
    pub document_servers: &'static [Server],
}

impl Operation {
    /// Returns an operation. Used by generated code.
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
            document_servers: &[],
        }
    }

    setters! {
        /// Sets the summary.
        with_summary(summary: &'static str) => summary;
        /// Sets the tags.
        with_tags(tags: &'static [&'static str]) => tags;
        /// Sets `deprecated`.
        deprecated() => deprecated: true;
        /// Sets `externalDocs.url`.
        with_external_docs(url: &'static str) => external_docs: Some(url);
        /// Sets the permissions.
        with_permissions(permissions: &'static [Permission]) => permissions;
        /// Sets the security alternatives.
        with_security(security: &'static [&'static [Requirement]]) => security;
        /// Sets the parameters.
        with_parameters(parameters: &'static [Parameter]) => parameters;
        /// Sets the request body.
        with_body(body: RequestBody) => body: Some(body);
        /// Sets the responses.
        with_responses(responses: &'static [DocumentedResponse]) => responses;
        /// Sets the servers.
        with_servers(servers: &'static [Server]) => servers;
        /// Sets the servers of the document.
        with_document_servers(servers: &'static [Server]) => document_servers: servers;
    }

    /// Returns whether the HTTP method is safe (RFC 9110, 9.2.1): GET, HEAD, OPTIONS or TRACE. Such a call changes
    /// nothing on the server and can be repeated.
    #[must_use]
    pub const fn reads_only(&self) -> bool {
        matches!(self.method.as_bytes(), b"GET" | b"HEAD" | b"OPTIONS" | b"TRACE")
    }

    /// Returns whether the document lists this status, exactly or as a range.
    pub(crate) fn is_documented(&self, status: u16) -> bool {
        self.responses.iter().any(|response| Self::lists(response.status, status))
    }

    /// Returns whether a status of a document, such as `404` or `4XX`, is this one or includes it.
    pub(crate) fn lists(documented: &str, status: u16) -> bool {
        match documented.strip_suffix("XX") {
            Some(class) => class.parse() == Ok(status / 100),
            None => documented.parse() == Ok(status),
        }
    }

    /// Returns the content types that responses are decoded from, for the `Accept` header.
    pub(crate) fn accept(&self) -> String {
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

#[cfg(test)]
mod tests {
    use super::{super::content::Content, *};

    #[test]
    fn accept_lists_each_supported_content_type_once() {
        const JSON: DocumentedResponse = DocumentedResponse::new("200", "")
            .with_contents(&[Content::new("application/json", Some("Thing")), Content::new("application/xml", None)]);
        const EMPTY: DocumentedResponse = DocumentedResponse::new("204", "");
        assert_eq!(
            Operation::new("a", "a", "GET", "/").with_responses(&[JSON, EMPTY, JSON]).accept(),
            "application/json"
        );
        assert_eq!(Operation::new("a", "a", "GET", "/").with_responses(&[EMPTY]).accept(), "*/*");
    }

    #[test]
    fn safe_methods_are_read_only() {
        let reading = ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "POST", "PATCH", "DELETE"]
            .into_iter()
            .filter(|method| Operation::new("a", "a", method, "/").reads_only());
        assert_eq!(reading.collect::<Vec<_>>(), ["GET", "HEAD", "OPTIONS", "TRACE"]);
    }
}
