//! Operations and everything about them that is not a schema.

use openapi::{Method, Status};

use crate::permissions::Permission;

#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// `operationId` as published.
    pub(crate) id: String,
    /// The name of the Rust method.
    pub(crate) name: String,
    /// The name of the method of progenitor's client.
    pub(crate) transport: String,
    /// The prefix of the names of its types.
    pub(crate) type_name: String,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) pointer: String,
    /// The path in the lowered document.
    pub(crate) lowered_path: String,
    pub(crate) summary: String,
    pub(crate) description: String,
    pub(crate) tags: Vec<String>,
    pub(crate) deprecated: bool,
    /// URL and description of `externalDocs`.
    pub(crate) external_docs: Option<(String, String)>,
    pub(crate) permissions: Vec<Permission>,
    /// Its own servers, or those of its path. Empty if they are those of the document.
    pub(crate) servers: Vec<Server>,
    /// The parameters that are sent. Empty until the pass `parameter_table`.
    pub(crate) parameters: Vec<Parameter>,
    /// The component whose properties `p0`, `p1` … are the schemas of the parameters.
    pub(crate) parameter_types: Option<String>,
    /// The request body. Empty until the pass `requests_as_bytes`.
    pub(crate) body: Option<Body>,
    pub(crate) security: Vec<Vec<Requirement>>,
    pub(crate) responses: Vec<Response>,
    /// What makes it a webhook or callback. Its response is the payload.
    pub(crate) webhook: Option<Webhook>,
}

/// What distinguishes a webhook or callback from an operation.
#[derive(Clone, Debug)]
pub(crate) struct Webhook {
    pub(crate) name: String,
    /// The URL template of a callback.
    pub(crate) expression: Option<String>,
    /// The `operationId`s of the operations that a callback belongs to.
    pub(crate) operations: Vec<String>,
    pub(crate) method: Method,
    /// Whether the payload is required.
    pub(crate) required: bool,
    /// Statuses and descriptions of the responses that the sender expects.
    pub(crate) responses: Vec<(Status, String)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub(crate) content_type: String,
    pub(crate) encoding: Encoding,
    /// The component schema of the body.
    pub(crate) type_name: Option<String>,
    pub(crate) required: bool,
    pub(crate) description: String,
    /// The examples as Markdown.
    pub(crate) example: Option<String>,
    /// The other content types of the body.
    pub(crate) others: Vec<String>,
    /// The serialization of properties that `encoding` defines.
    pub(crate) properties: Vec<Parameter>,
}

/// How a request body is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Json,
    Form,
    Multipart,
    Text,
    Bytes,
}

#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) location: String,
    pub(crate) style: String,
    pub(crate) explode: bool,
    pub(crate) required: bool,
    pub(crate) allow_reserved: bool,
    pub(crate) content_type: Option<String>,
    /// JSON source.
    pub(crate) default: Option<String>,
    pub(crate) deprecated: bool,
    /// Description, default and examples of its schema.
    pub(crate) notes: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Requirement {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) scheme: String,
    pub(crate) bearer_format: Option<String>,
    /// `in` and `name` of an API key.
    pub(crate) location: String,
    pub(crate) header: String,
    pub(crate) scopes: Vec<String>,
}

/// A security scheme of the document.
#[derive(Clone, Debug)]
pub(crate) struct Scheme {
    /// The requirement of this scheme, without scopes.
    pub(crate) requirement: Requirement,
    pub(crate) description: String,
    pub(crate) flows: Vec<Flow>,
    pub(crate) open_id_connect: Option<String>,
}

/// A flow of OAuth 2.0.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    pub(crate) kind: String,
    pub(crate) authorization: Option<String>,
    pub(crate) token: Option<String>,
    pub(crate) refresh: Option<String>,
    /// Names and descriptions.
    pub(crate) scopes: Vec<(String, String)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) status: Status,
    pub(crate) description: String,
    pub(crate) content_type: Option<String>,
    /// How the body is decoded.
    pub(crate) decoding: Decoding,
    /// Name of the component schema of a JSON body.
    pub(crate) body: Option<String>,
    /// The other content types, which are not requested.
    pub(crate) others: Vec<String>,
    pub(crate) headers: Vec<Header>,
    /// The examples as Markdown.
    pub(crate) example: Option<String>,
}

/// A documented header of a response.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    pub(crate) name: String,
    /// Type and format of its schema, or the name of the component that it references.
    pub(crate) schema: String,
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    pub(crate) description: String,
}

/// How the body of a response is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decoding {
    /// There is no body.
    Empty,
    Json,
    Text,
    Bytes,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) description: String,
    /// Name, default, values and description of each variable.
    pub(crate) variables: Vec<(String, String, Vec<String>, String)>,
}

impl Parameter {
    /// Returns the documentation: the description and the notes.
    pub(crate) fn docs(&self) -> String {
        let texts = [&self.description, &self.notes].into_iter().filter(|text| !text.is_empty());
        texts.map(String::as_str).collect::<Vec<_>>().join("\n\n")
    }
}
