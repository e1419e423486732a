//! What the generator knows of a document beyond its types: operations, their names, security and responses.

use std::collections::{BTreeMap, BTreeSet};

use blynk_document::pointer;
use blynk_runtime::Format;
use serde_json::Value;

use crate::{
    document::{is_true, operations, referenced, text},
    lower::{chosen, encoding, told_of},
    naming,
    permissions::{Permission, permissions},
    status::Status,
};

/// The operations of a document, and the types that our own passes write.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) operations: Vec<Operation>,
    pub(crate) servers: Vec<Server>,
    pub(crate) schemes: Vec<Scheme>,
    pub(crate) tags: Vec<(String, String)>,
    /// Types that check a rule of the document, by their name.
    pub(crate) checked: BTreeMap<String, Checked>,
    /// Unions that are enums of ours, by their name.
    pub(crate) unions: BTreeMap<String, Union>,
    /// Unions whose last branch stands for values that no other is named by.
    pub(crate) fallbacks: BTreeSet<String>,
    /// Where in the document each type's schema stands, by the type's name.
    pub(crate) origins: BTreeMap<String, String>,
    /// Descriptions of properties, by component schema and property.
    pub(crate) property_docs: BTreeMap<(String, String), String>,
    /// Components that are another for requests, by the name that requests know them by.
    pub(crate) request_views: BTreeMap<String, String>,
    /// Names of component schemas that requests and responses reach.
    pub(crate) in_requests: BTreeSet<String>,
    pub(crate) in_responses: BTreeSet<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// `operationId` as published.
    pub(crate) id: String,
    /// The Rust method.
    pub(crate) name: String,
    /// What its types' names begin with.
    pub(crate) type_name: String,
    pub(crate) method: String,
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
    /// What is told of examples.
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
    /// What is told of examples.
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

/// A type that checks a rule of the document.
#[derive(Clone, Debug)]
pub(crate) enum Checked {
    Ruled { rules: Rules, description: String },
    Secret,
    File,
}

/// The rules that a type checks.
#[derive(Clone, Debug)]
pub(crate) enum Rules {
    Text { min_length: Option<u32>, max_length: Option<u32>, format: Option<Format> },
    Number(NumberRules),
    List { item: String, min_items: Option<u32>, max_items: Option<u32>, unique_items: bool },
    Map { item: String, min_properties: Option<u32>, max_properties: Option<u32> },
}

/// The rules of a number, in literals of its type.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct NumberRules {
    /// A type of Rust's own.
    pub(crate) ty: &'static str,
    /// The rules in words, as the document writes them.
    pub(crate) told: Vec<String>,
    pub(crate) minimum: Option<String>,
    pub(crate) maximum: Option<String>,
    pub(crate) exclusive_minimum: bool,
    pub(crate) exclusive_maximum: bool,
    pub(crate) multiple_of: Option<String>,
}

/// A union of objects, and perhaps other values.
#[derive(Clone, Debug)]
pub(crate) struct Union {
    /// The property that names the branch.
    pub(crate) tag: Option<String>,
    pub(crate) variants: Vec<Variant>,
    /// Whether the last branch stands for values that no other is named by.
    pub(crate) falls_back: bool,
}

/// One branch of a union.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    /// Values of the discriminator that name it.
    pub(crate) tags: Vec<String>,
    /// Properties that it names.
    pub(crate) known: Vec<String>,
}

impl Parameter {
    /// What is told of it for people: its description, and what its schema says.
    pub(crate) fn docs(&self) -> String {
        let texts = [&self.description, &self.notes].into_iter().filter(|text| !text.is_empty());
        texts.map(String::as_str).collect::<Vec<_>>().join("\n\n")
    }
}

/// Methods that clients have by themselves: no operation gets one of these names.
const OWN_METHODS: [&str; 5] = ["builder", "call_operation", "clone", "server", "transport"];

impl Model {
    /// Names of the types that are aliases of the runtime's.
    pub(crate) fn aliases(&self) -> impl Iterator<Item = &String> {
        let is_alias = |checked: &Checked| matches!(checked, Checked::Ruled { .. });
        self.checked.iter().filter(move |(_, checked)| is_alias(checked)).map(|(name, _)| name)
    }

    /// Reads the parts of a document that progenitor does not carry. References of operations must be resolved.
    pub(crate) fn read(document: &Value) -> Self {
        let info = document.get("info").cloned().unwrap_or_default();
        let schemes = document.pointer("/components/securitySchemes").cloned().unwrap_or_default();
        let mut names: BTreeSet<String> = OWN_METHODS.iter().map(ToString::to_string).collect();
        let mut model = Self {
            title: text(&info, "title").to_owned(),
            version: text(&info, "version").to_owned(),
            servers: list(document, "servers").iter().map(server).collect(),
            tags: list(document, "tags")
                .iter()
                .map(|tag| (text(tag, "name").to_owned(), text(tag, "description").to_owned()))
                .collect(),
            schemes: schemes.as_object().into_iter().flatten().map(|(name, value)| scheme(name, value)).collect(),
            ..Self::default()
        };
        for (path, method, at) in operations(document) {
            let value = document.pointer(&at).unwrap_or(&Value::Null);
            let id = match text(value, "operationId") {
                "" => format!("{method} {path}"),
                id => id.to_owned(),
            };
            // an id of signs alone names nothing
            let named = if naming::has_words(&id) { id.clone() } else { format!("{method} {path}") };
            let mut name = naming::snake(&named);
            let mut type_name = naming::pascal(&named);
            let plain = (name.clone(), type_name.clone());
            for number in 2.. {
                if names.insert(name.clone()) {
                    break;
                }
                (name, type_name) = (format!("{}_{number}", plain.0), format!("{}{number}", plain.1));
            }
            let security = value.get("security").or_else(|| document.get("security"));
            model.operations.push(Operation {
                id,
                name,
                type_name,
                method: method.to_ascii_uppercase(),
                lowered_path: path.clone(),
                path,
                summary: text(value, "summary").trim().to_owned(),
                description: text(value, "description").trim().to_owned(),
                tags: list(value, "tags").iter().filter_map(Value::as_str).map(str::to_owned).collect(),
                deprecated: is_true(value, "deprecated"),
                external_docs: value
                    .get("externalDocs")
                    .map(|docs| (text(docs, "url").to_owned(), text(docs, "description").trim().to_owned()))
                    .filter(|(url, _)| !url.is_empty()),
                permissions: permissions(text(value, "description")),
                servers: own_servers(document, value, &at),
                parameters: Vec::new(),
                parameter_types: None,
                body: None,
                security: security.map(|security| requirements(security, &schemes)).unwrap_or_default(),
                responses: value
                    .get("responses")
                    .and_then(Value::as_object)
                    .into_iter()
                    .flatten()
                    .filter_map(|(status, value)| Some(response(Status::parse(status)?, value, &method)))
                    .collect(),
                pointer: at,
            });
        }
        model
    }
}

/// The servers of an operation, or else of its path.
fn own_servers(document: &Value, operation: &Value, at: &str) -> Vec<Server> {
    let item = pointer::parent(at).and_then(|item| document.pointer(item)).unwrap_or(&Value::Null);
    let own = if operation.get("servers").is_some() { operation } else { item };
    list(own, "servers").iter().map(server).collect()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn requirements(security: &Value, schemes: &Value) -> Vec<Vec<Requirement>> {
    let alternatives = security.as_array().map_or(&[][..], Vec::as_slice);
    let one = |(name, scopes): (&String, &Value)| requirement(name, schemes.get(name).unwrap_or(&Value::Null), scopes);
    alternatives.iter().map(|alternative| alternative.as_object().into_iter().flatten().map(one).collect()).collect()
}

fn requirement(name: &str, scheme: &Value, scopes: &Value) -> Requirement {
    Requirement {
        name: name.to_owned(),
        kind: text(scheme, "type").to_owned(),
        scheme: text(scheme, "scheme").to_ascii_lowercase(),
        bearer_format: scheme.get("bearerFormat").and_then(Value::as_str).map(str::to_owned),
        location: match text(scheme, "in") {
            location @ ("query" | "cookie") => location.to_owned(),
            _ => "header".to_owned(),
        },
        header: text(scheme, "name").to_owned(),
        scopes: scopes.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect(),
    }
}

fn scheme(name: &str, value: &Value) -> Scheme {
    let given = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let kind = text(value, "type");
    let flows = value.get("flows").and_then(Value::as_object).filter(|_| kind == "oauth2");
    let flows = flows.into_iter().flatten().filter(|(kind, _)| !kind.starts_with("x-"));
    let scopes = |flow: &Value| {
        let scopes = flow.get("scopes").and_then(Value::as_object).into_iter().flatten();
        scopes.map(|(name, words)| (name.clone(), words.as_str().unwrap_or_default().to_owned())).collect()
    };
    Scheme {
        asked: requirement(name, value, &Value::Null),
        description: text(value, "description").to_owned(),
        flows: flows
            .map(|(kind, flow)| Flow {
                kind: kind.clone(),
                authorization: given(flow, "authorizationUrl"),
                token: given(flow, "tokenUrl"),
                refresh: given(flow, "refreshUrl"),
                scopes: scopes(flow),
            })
            .collect(),
        open_id_connect: given(value, "openIdConnectUrl").filter(|_| kind == "openIdConnect"),
    }
}

fn response(status: Status, value: &Value, method: &str) -> Response {
    // HTTP has no bodies there, whatever a document says
    let bodyless = method == "head" || status.is_bodyless();
    let contents = value.get("content").and_then(Value::as_object).filter(|_| !bodyless);
    let content = contents.and_then(chosen);
    let chosen = content.map(|(content_type, _)| content_type);
    let headers = value.get("headers").and_then(Value::as_object).into_iter().flatten();
    Response {
        status,
        description: text(value, "description").trim().to_owned(),
        content_type: content.map(|(content_type, _)| content_type.to_owned()),
        decoding: match content.map(|(content_type, media)| encoding(content_type, media)) {
            None => Decoding::Empty,
            Some(Encoding::Json) => Decoding::Json,
            Some(Encoding::Text) => Decoding::Text,
            Some(Encoding::Form | Encoding::Multipart | Encoding::Bytes) => Decoding::Bytes,
        },
        body: None,
        example: content.and_then(|(_, media)| told_of(media, &format!("Answer {status}. "))),
        others: contents
            .into_iter()
            .flatten()
            .map(|(content_type, _)| content_type.clone())
            .filter(|content_type| Some(content_type.as_str()) != chosen)
            .collect(),
        headers: headers
            .map(|(name, header)| Header {
                name: name.clone(),
                schema: header_schema(header.get("schema").unwrap_or(&Value::Null)),
                required: is_true(header, "required"),
                deprecated: is_true(header, "deprecated"),
                description: text(header, "description").trim().to_owned(),
            })
            .collect(),
    }
}

fn header_schema(schema: &Value) -> String {
    match referenced(schema, "schemas") {
        Some(name) => name.to_owned(),
        None => format!("{} {}", text(schema, "type"), text(schema, "format")).trim().to_owned(),
    }
}

fn server(value: &Value) -> Server {
    let variables = value.get("variables").and_then(Value::as_object).into_iter().flatten();
    Server {
        url: text(value, "url").to_owned(),
        description: text(value, "description").to_owned(),
        variables: variables
            .map(|(name, variable)| {
                let values = list(variable, "enum").iter().filter_map(Value::as_str).map(str::to_owned).collect();
                (name.clone(), text(variable, "default").to_owned(), values, text(variable, "description").to_owned())
            })
            .collect(),
    }
}
