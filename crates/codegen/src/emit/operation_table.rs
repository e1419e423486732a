//! The operation table: metadata of each operation as constants.

use super::{
    responses::body_type,
    slots::{BodySlots, Slots},
};
use crate::{
    code::{Code, array, chain, literal, literals, option},
    docs,
    model::{Decoding, Flow, Header, Model, Operation, Parameter, Requirement, Response, Scheme, Server},
    naming,
    permissions::Permission,
    settings::Settings,
    syntax::source,
};

/// The types of the runtime that tables name.
pub(super) const NAMES: &str = "Content, DocumentedResponse, Flow, Header, Location, Operation, Parameter, Permission, \
                     RequestBody, Requirement, Scheme, SecurityScheme, Server, Style, Variable";

/// Writes the constants `OPERATIONS`, `SECURITY_SCHEMES`, `SERVERS`, `TITLE` and `VERSION`.
pub(super) fn operation_table(model: &Model, slots: &[&Slots], settings: &Settings, code: &mut Code) {
    code.line(&format!("use {} as runtime;", settings.runtime));
    code.line(&format!("use {}::{{{NAMES}}};", settings.runtime));
    code.docs(&[" `info.title` of the document."]);
    code.line(&format!("pub const TITLE: &str = {};", literal(&model.title)));
    code.docs(&[" `info.version` of the document."]);
    code.line(&format!("pub const VERSION: &str = {};", literal(&model.version)));
    code.docs(&[" All operations of the document, in document order."]);
    let mut tags = model.tags.iter().filter(|(_, description)| !description.is_empty()).peekable();
    if tags.peek().is_some() {
        code.docs(&["", " Tags:", ""]);
        for (name, description) in tags {
            let entry = docs::labelled(&docs::code(name), description);
            code.docs(&[format!(" -{}", entry.replace('\n', "\n  "))]);
        }
    }
    let count = model.operations.len();
    let rows = model.operations.iter().zip(slots).map(|(operation, slots)| row(operation, slots, settings));
    code.list(&format!("pub static OPERATIONS: [Operation; {count}] = "), rows, ";");
    code.docs(&[" All security schemes of the document, including those that no operation requires."]);
    let schemes = model.schemes.iter().map(security_scheme);
    code.list("pub static SECURITY_SCHEMES: &[SecurityScheme] = &", schemes, ";");
    code.docs(&[" The servers of the document."]);
    code.list("pub static SERVERS: &[Server] = &", model.servers.iter().map(server), ";");
}

fn row(operation: &Operation, slots: &Slots, settings: &Settings) -> String {
    let Operation { id, name, method, path, summary, tags, external_docs, .. } = operation;
    let mut calls = Vec::new();
    if !summary.is_empty() {
        calls.push(format!(".with_summary({})", literal(summary)));
    }
    if !tags.is_empty() {
        calls.push(format!(".with_tags(&[{}])", literals(tags)));
    }
    if operation.deprecated {
        calls.push(".deprecated()".to_owned());
    }
    if let Some((url, _)) = external_docs {
        calls.push(format!(".with_external_docs({})", literal(url)));
    }
    let mut list = |call: &str, items: Vec<String>| {
        if !items.is_empty() {
            calls.push(format!(".{call}({})", array(items)));
        }
    };
    list("with_permissions", operation.permissions.iter().map(permission).collect());
    let alternative = |all: &Vec<Requirement>| array(all.iter().map(requirement).collect());
    list("with_security", operation.security.iter().map(alternative).collect());
    let typed = operation.parameters.iter().zip(&slots.slots);
    list(
        "with_parameters",
        typed.map(|(one, slot)| described_parameter(one, &short(&source(&slot.ty), settings))).collect(),
    );
    calls.extend(request_body(operation, slots, settings).map(|body| format!(".with_body({body})")));
    let mut list = |call: &str, items: Vec<String>| {
        if !items.is_empty() {
            calls.push(format!(".{call}({})", array(items)));
        }
    };
    list("with_responses", operation.responses.iter().map(|one| response(one, settings)).collect());
    list("with_servers", operation.servers.iter().map(server).collect());
    if !operation.servers.is_empty() {
        calls.push(".with_document_servers(SERVERS)".to_owned());
    }
    let [id, name, method, path] = [id.as_str(), name, method.name(), path].map(literal);
    chain(format!("Operation::new({id}, {name}, {method}, {path})"), calls)
}

fn permission(permission: &Permission) -> String {
    format!("Permission::new({}, {})", literal(&permission.name), option(permission.when.as_deref()))
}

fn requirement(requirement: &Requirement) -> String {
    let (name, scopes) = (literal(&requirement.name), literals(&requirement.scopes));
    format!("Requirement::new({name}, {}, &[{scopes}])", scheme(requirement))
}

fn security_scheme(one: &Scheme) -> String {
    let (name, kind, description) =
        (literal(&one.requirement.name), scheme(&one.requirement), literal(&one.description));
    let mut calls = Vec::new();
    if !one.flows.is_empty() {
        calls.push(format!(".with_flows({})", array(one.flows.iter().map(flow).collect())));
    }
    calls.extend(one.open_id_connect.as_ref().map(|url| format!(".with_open_id_connect({})", literal(url))));
    chain(format!("SecurityScheme::new({name}, {kind}, {description})"), calls)
}

fn flow(flow: &Flow) -> String {
    let scopes = flow.scopes.iter().map(|(name, description)| format!("({}, {})", literal(name), literal(description)));
    let calls = [
        ("with_authorization_url", &flow.authorization),
        ("with_token_url", &flow.token),
        ("with_refresh_url", &flow.refresh),
    ];
    let calls = calls.into_iter().filter_map(|(call, url)| Some(format!(".{call}({})", literal(url.as_ref()?))));
    let scopes = array(scopes.collect());
    chain(format!("Flow::new({}, {scopes})", literal(&flow.kind)), calls.collect())
}

fn scheme(requirement: &Requirement) -> String {
    let Requirement { kind, scheme, bearer_format, location, header, .. } = requirement;
    let scheme = match (kind.as_str(), scheme.as_str()) {
        ("http", "basic") => "Basic".to_owned(),
        ("http", "bearer") => format!("Bearer {{ format: {} }}", option(bearer_format.as_deref())),
        ("apiKey", _) => {
            let location = naming::pascal(location);
            format!("ApiKey {{ location: Location::{location}, name: {} }}", literal(header))
        }
        ("oauth2" | "openIdConnect", _) => "Bearer { format: None }".to_owned(),
        ("http", scheme) => format!("Other {{ kind: {} }}", literal(&format!("http {scheme}"))),
        _ => format!("Other {{ kind: {} }}", literal(kind)),
    };
    format!("Scheme::{scheme}")
}

/// Returns source of a parameter with the encoding of its value, for builders, where only `runtime` is in scope.
pub(super) fn parameter(parameter: &Parameter) -> String {
    chain(parameter_name(parameter, "runtime::"), parameter_calls(parameter))
}

/// Returns source of a parameter with the encoding of its value and its documentation.
fn described_parameter(parameter: &Parameter, ty: &str) -> String {
    let (name, ty) = (literal(&parameter.name), literal(ty));
    let Parameter { location, style, explode, required, .. } = parameter;
    // what OpenAPI assumes by default has a short form
    let (head, written) = match (location.as_str(), style.as_str(), explode, required) {
        ("query", "form", true, _) => (format!("Parameter::query({name}, {ty})"), &[EXPLODE][..]),
        ("path", "simple", false, true) => (format!("Parameter::path({name}, {ty})"), &[REQUIRED][..]),
        ("header", "simple", false, _) => (format!("Parameter::header({name}, {ty})"), &[][..]),
        _ => (format!("{}.with_type({ty})", parameter_name(parameter, "")), &[][..]),
    };
    let mut calls: Vec<_> =
        parameter_calls(parameter).into_iter().filter(|call| !written.contains(&call.as_str())).collect();
    calls.extend(parameter.default.as_ref().map(|json| format!(".with_default({})", literal(json))));
    if parameter.deprecated {
        calls.push(".deprecated()".to_owned());
    }
    if !parameter.description.is_empty() {
        calls.push(format!(".with_description({})", literal(&parameter.description)));
    }
    chain(head, calls)
}

const EXPLODE: &str = ".with_explode()";
const REQUIRED: &str = ".required()";

fn parameter_name(parameter: &Parameter, path: &str) -> String {
    let Parameter { name, location, style, .. } = parameter;
    let (name, location, style) = (literal(name), naming::pascal(location), naming::pascal(style));
    format!("{path}Parameter::new({name}, {path}Location::{location}, {path}Style::{style})")
}

fn parameter_calls(parameter: &Parameter) -> Vec<String> {
    let marks =
        [(EXPLODE, parameter.explode), (REQUIRED, parameter.required), (".with_reserved()", parameter.allow_reserved)];
    let marks = marks.into_iter().filter(|(_, is_set)| *is_set).map(|(mark, _)| mark.to_owned());
    let content = parameter.content_type.as_ref().map(|content| format!(".with_content({})", literal(content)));
    marks.chain(content).collect()
}

fn request_body(operation: &Operation, slots: &Slots, settings: &Settings) -> Option<String> {
    let body = operation.body.as_ref()?;
    let ty = match &slots.body {
        BodySlots::Struct { name, .. } => format!("types::{name}"),
        BodySlots::Whole { at } => source(&slots.slots.get(*at)?.ty),
        BodySlots::None => return None,
    };
    let typed = content(&body.content_type, Some(&short(&ty, settings)));
    let others = body.others.iter().map(|other| content(other, Some("Vec<u8>")));
    let contents = array(std::iter::once(typed).chain(others).collect());
    let mut calls = vec![format!(".with_contents({contents})")];
    if !body.description.is_empty() {
        calls.push(format!(".with_description({})", literal(&body.description)));
    }
    Some(chain(format!("RequestBody::new({})", body.required), calls))
}

pub(super) fn content(content_type: &str, ty: Option<&str>) -> String {
    match ty {
        Some(ty) if content_type == "application/json" => format!("Content::json({})", literal(ty)),
        _ => format!("Content::new({}, {})", literal(content_type), option(ty)),
    }
}

fn response(response: &Response, settings: &Settings) -> String {
    let Response { status, description, content_type, headers, others, .. } = response;
    let ty = (response.decoding != Decoding::Empty).then(|| short(&body_type(response), settings));
    let read = content_type.iter().map(|content_type| content(content_type, ty.as_deref()));
    let contents: Vec<_> = read.chain(others.iter().map(|other| content(other, None))).collect();
    let mut calls = Vec::new();
    if !contents.is_empty() {
        calls.push(format!(".with_contents({})", array(contents)));
    }
    if !headers.is_empty() {
        calls.push(format!(".with_headers({})", array(headers.iter().map(header).collect())));
    }
    chain(format!("DocumentedResponse::new({}, {})", literal(&status.to_string()), literal(description)), calls)
}

pub(super) fn header(header: &Header) -> String {
    let [name, schema, description] = [&header.name, &header.schema, &header.description].map(|text| literal(text));
    let marks = [(".required()", header.required), (".deprecated()", header.deprecated)];
    let marks = marks.into_iter().filter(|(_, is_set)| *is_set).map(|(mark, _)| mark.to_owned());
    chain(format!("Header::new({name}, {schema}, {description})"), marks.collect())
}

fn server(server: &Server) -> String {
    let variable = |(name, default, values, description): &(String, String, Vec<String>, String)| {
        let [name, default, description] = [name, default, description].map(|text| literal(text));
        let values = (!values.is_empty()).then(|| format!(".with_values(&[{}])", literals(values)));
        chain(format!("Variable::new({name}, {default}, {description})"), values.into_iter().collect())
    };
    let variables: Vec<_> = server.variables.iter().map(variable).collect();
    let variables = (!variables.is_empty()).then(|| format!(".with_variables({})", array(variables)));
    let head = format!("Server::new({}, {})", literal(&server.url), literal(&server.description));
    chain(head, variables.into_iter().collect())
}

/// Shortens a type for metadata: without the paths of the standard library, the client and the runtime.
pub(super) fn short(ty: &str, settings: &Settings) -> String {
    let (module, runtime) = (format!("{}::", settings.module), format!("{}::", settings.runtime));
    let prefixes = ["::std::string::", "::std::vec::", "::std::option::", "::std::collections::", "runtime::"];
    let mut text = [module.as_str(), runtime.as_str()]
        .iter()
        .chain(&prefixes)
        .fold(ty.to_owned(), |text, prefix| text.replace(prefix, ""));
    for name in ["serde_json", "chrono", "uuid", "std"] {
        text = text.replace(&format!("::{name}::"), &format!("{name}::"));
    }
    text
}
