//! Operations, and what the document says of them beside types.

use openapi::{Method, Status};

use crate::permissions::Permission;

#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// `operationId` as published.
    pub(crate) id: String,
    /// The Rust method.
    pub(crate) name: String,
    /// What its types' names begin with.
    pub(crate) type_name: String,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) pointer: String,
    /// The path that progenitor sees.
    pub(crate) lowered_path: String,
    pub(crate) summary: String,
    pub(crate) description: String,
    pub(crate) tags: Vec<String>,
    pub(crate) deprecated: bool,
    /// `externalDocs`: its address and description.
    pub(crate) external_docs: Option<(String, String)>,
    pub(crate) permissions: Vec<Permission>,
    /// Its own servers, or those of its path.
    pub(crate) servers: Vec<Server>,
    /// The parameters that are sent, once lowering has read them.
    pub(crate) parameters: Vec<Parameter>,
    /// The component schema whose properties `p0`, `p1` … are their schemas.
    pub(crate) parameter_types: Option<String>,
    /// The request body, once lowering has chosen its form.
    pub(crate) body: Option<Body>,
    pub(crate) security: Vec<Vec<Requirement>>,
    pub(crate) responses: Vec<Response>,
}

#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub(crate) content_type: String,
    pub(crate) encoding: Encoding,
    /// The component schema of the body.
    pub(crate) type_name: Option<String>,
    pub(crate) required: bool,
    pub(crate) description: String,
    /// Examples, as documentation.
    pub(crate) example: Option<String>,
    /// The other content types of the document.
    pub(crate) others: Vec<String>,
    /// The forms of single properties that the document gives, in `encoding`.
    pub(crate) properties: Vec<Parameter>,
}

/// How a request body is written.
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
    /// As JSON.
    pub(crate) default: Option<String>,
    pub(crate) deprecated: bool,
    /// What is said of its schema, where that has no type of its own.
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
    /// What asks for it, without scopes.
    pub(crate) asked: Requirement,
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
    /// How the body is read.
    pub(crate) decoding: Decoding,
    /// Name of the component schema of a JSON body.
    pub(crate) body: Option<String>,
    /// The other content types, which are not asked for.
    pub(crate) others: Vec<String>,
    pub(crate) headers: Vec<Header>,
    /// Examples, as documentation.
    pub(crate) example: Option<String>,
}

/// A documented header of a response.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    pub(crate) name: String,
    /// Type and format of its schema, or the component that it refers to.
    pub(crate) schema: String,
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    pub(crate) description: String,
}

/// How the body of a response is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decoding {
    /// There is none.
    Empty,
    Json,
    Text,
    Bytes,
}

#[derive(Clone, Debug)]
pub(crate) struct Server {
    pub(crate) url: String,
    pub(crate) description: String,
    pub(crate) variables: Vec<(String, String, Vec<String>, String)>,
}

impl Parameter {
    /// Documentation: its description, and what its schema says.
    pub(crate) fn docs(&self) -> String {
        let texts = [&self.description, &self.notes].into_iter().filter(|text| !text.is_empty());
        texts.map(String::as_str).collect::<Vec<_>>().join("\n\n")
    }
}
