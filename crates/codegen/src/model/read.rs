//! Reads the parts of a document that progenitor ignores.

use openapi::{
    Method, Operation as OperationAt, Status, operations, pointer,
    queries::{is_true, referenced, text},
};
use serde_json::Value;

use super::{
    Decoding, Encoding, Flow, Header, Model, Operation, Requirement, Response, Scheme, Server, Webhook,
    operation_names::OperationNames,
};
use crate::{
    content::{chosen, encoding},
    coverage::{Context, Coverage},
    naming,
    normalize::{WEBHOOK, examples_text},
    permissions::permissions,
};

/// Reads the parts of a document that progenitor ignores. References of operations must already be resolved.
pub(crate) fn read(document: &Value) -> Model {
    let info = document.get("info").cloned().unwrap_or_default();
    let schemes = document.pointer("/components/securitySchemes").cloned().unwrap_or_default();
    let mut model = Model {
        title: text(&info, "title").to_owned(),
        version: text(&info, "version").to_owned(),
        servers: list(document, "servers").iter().map(server).collect(),
        tags: list(document, "tags")
            .iter()
            .map(|tag| (text(tag, "name").to_owned(), text(tag, "description").to_owned()))
            .collect(),
        schemes: schemes.as_object().into_iter().flatten().map(|(name, value)| scheme(name, value)).collect(),
        ..Model::default()
    };
    let mut names = OperationNames::default();
    // functions of webhooks are in a module of their own, beside `decode`
    let mut webhook_names = OperationNames::default();
    webhook_names.free("decode", &[]);
    for OperationAt { path, method, pointer: at, .. } in operations(document) {
        let value = document.pointer(&at).unwrap_or(&Value::Null);
        let webhook = value.get(WEBHOOK).map(|value| webhook(value, &model.operations));
        let names = if webhook.is_some() { &mut webhook_names } else { &mut names };
        let id = match (text(value, "operationId"), &webhook) {
            ("", None) => format!("{} {path}", method.key()),
            ("", Some(webhook)) => webhook.name.clone(),
            (id, _) => id.to_owned(),
        };
        // an id without letters and digits cannot be a name
        let named = if naming::has_words(&id) { id.clone() } else { format!("{} {path}", method.key()) };
        let responses: Vec<Response> = value
            .get("responses")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .filter_map(|(status, value)| Some(response(Status::parse(status)?, value, method)))
            .collect();
        let (name, type_name) = names.free(&named, &responses);
        let security = value.get("security").or_else(|| document.get("security"));
        model.operations.push(Operation {
            id,
            name,
            type_name,
            method,
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
            servers: own_servers(document, value, &at, &model.servers),
            parameters: Vec::new(),
            parameter_types: None,
            body: None,
            security: security.map(|security| requirements(security, &schemes)).unwrap_or_default(),
            transport: String::new(),
            responses,
            webhook,
            pointer: at,
        });
    }
    names.name_transport(&mut model.operations);
    model
}

/// Reads what the pass `webhooks` of normalization has kept. `operations` are those of paths.
fn webhook(value: &Value, operations: &[Operation]) -> Webhook {
    let owners: Vec<_> = list(value, "owners").iter().filter_map(Value::as_str).collect();
    let responses = value.get("responses").and_then(Value::as_object).into_iter().flatten();
    Webhook {
        name: text(value, "name").to_owned(),
        expression: value.get("expression").and_then(Value::as_str).map(str::to_owned),
        operations: operations
            .iter()
            .filter(|operation| owners.contains(&operation.pointer.as_str()))
            .map(|operation| operation.id.clone())
            .collect(),
        method: Method::of_key(text(value, "method")).unwrap_or(Method::Post),
        required: is_true(value, "required"),
        responses: responses
            .filter_map(|(status, text)| Some((Status::parse(status)?, text.as_str()?.trim().to_owned())))
            .collect(),
    }
}

/// Returns the servers of an operation, or else of its path. None if they are those of the document.
fn own_servers(document: &Value, operation: &Value, at: &str, of_document: &[Server]) -> Vec<Server> {
    let item = pointer::parent(at).and_then(|item| document.pointer(item)).unwrap_or(&Value::Null);
    let own = [operation, item].map(|owner| list(owner, "servers")).into_iter().find(|servers| !servers.is_empty());
    let own: Vec<Server> = own.into_iter().flatten().map(server).collect();
    if own == of_document { Vec::new() } else { own }
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
        scopes.map(|(name, description)| (name.clone(), description.as_str().unwrap_or_default().to_owned())).collect()
    };
    Scheme {
        requirement: requirement(name, value, &Value::Null),
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

fn response(status: Status, value: &Value, method: Method) -> Response {
    // HTTP defines no body here, whatever the document specifies
    let bodyless = method == Method::Head || status.is_bodyless();
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
        example: content.and_then(|(_, media)| examples_text(media, &format!("Response {status}. "))),
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

/// Returns the coverage of the keywords that are read here.
pub(crate) fn coverage(context: Context, key: &str, value: &Value) -> Option<Coverage> {
    use Context::{
        Array, Body, Components, Content, Flow, Header, HeaderSchema, Info, Map, Operation, Parameter, PathItem,
        Received, ReceivedBody, ReceivedContent, ReceivedItem, ReceivedParameter, ReceivedResponse, RequestContent,
        Response, Root, Schema, SecurityScheme, Server, Supported, Tag, Variable,
    };
    Some(Ok(match (context, key) {
        (_, "$ref") => Supported,
        (Root, "openapi" | "security" | "x-transcribed") => Supported,
        (Root, "info") => Info,
        (Root, "tags") => Array(&Tag),
        (Root | PathItem | Operation, "servers") => Array(&Server),
        (Root, "components") => Components,
        (Root, "paths") => Map(&PathItem),
        (Root, "webhooks") => Map(&ReceivedItem),
        (Components | Operation | Received, "callbacks") => Map(&Map(&ReceivedItem)),
        (ReceivedItem, key) if Method::of_key(key).is_some() => Received,
        (ReceivedItem | Received, "parameters") => Array(&ReceivedParameter),
        (Received, "tags" | "summary" | "description" | "operationId" | "deprecated") => Supported,
        (Received, "requestBody") => ReceivedBody,
        (Received, "responses") => Map(&ReceivedResponse),
        (Received, "security") => return Some(Err("not generated: the receiver verifies who sends the request")),
        (ReceivedItem | Received, "servers") => return Some(Err("not generated: the receiver is the server")),
        (ReceivedParameter, _) if text(value, "in") != "header" => {
            return Some(Err("not generated: only header parameters of a webhook or callback are in the table"));
        }
        (ReceivedParameter, "name" | "in" | "description" | "required" | "deprecated") => Supported,
        (ReceivedParameter, "schema") => HeaderSchema,
        (ReceivedBody, "required" | "description") => Supported,
        (ReceivedBody, "content") => ReceivedContent,
        (ReceivedResponse, "description") => Supported,
        (ReceivedResponse, "content" | "headers") => {
            return Some(Err("not generated: the receiver writes its response itself"));
        }
        (Info, "title" | "version") => Supported,
        (Tag | Variable | Server, "name" | "description" | "default" | "enum" | "url") => Supported,
        (Server, "variables") => Map(&Variable),
        (Components, "schemas") => Map(&Schema),
        (Components, "securitySchemes") => Map(&SecurityScheme),
        (Components, "responses") => Map(&Response),
        (Components, "headers") => Map(&Header),
        (Components, "parameters") => Map(&Parameter),
        (Components, "requestBodies") => Map(&Body),
        (Components, "pathItems") => Map(&PathItem),
        (Components, "mediaTypes") => Map(&Context::Media),
        (SecurityScheme, "type" | "scheme" | "description") => Supported,
        (SecurityScheme, "bearerFormat") if text(value, "scheme").eq_ignore_ascii_case("bearer") => Supported,
        (SecurityScheme, "name" | "in") if value["type"] == "apiKey" => Supported,
        (SecurityScheme, "flows") if value["type"] == "oauth2" => Map(&Flow),
        (SecurityScheme, "openIdConnectUrl") if value["type"] == "openIdConnect" => Supported,
        (Flow, "authorizationUrl" | "tokenUrl" | "refreshUrl" | "scopes") => Supported,
        (PathItem, key) if Method::of_key(key).is_some() => Operation,
        (Operation, "tags" | "summary" | "description" | "operationId" | "security" | "deprecated") => Supported,
        (Operation, "externalDocs") => Supported,
        (PathItem | Operation, "parameters") => Array(&Parameter),
        (Operation, "requestBody") => Body,
        (Operation, "responses") => Map(&Response),
        (Body, "content") => RequestContent,
        (Response, "content") => Content,
        (Response, "description") => Supported,
        (Response, "headers") => Map(&Header),
        (Header, "description" | "required" | "deprecated") => Supported,
        (Header, "schema") => HeaderSchema,
        (HeaderSchema, "type" | "format") => Supported,
        (HeaderSchema, _) => return Some(Err("not enforced: headers of a response are returned as strings")),
        _ => return None,
    }))
}
