//! The operation table: what the document says of each operation beyond its types, as constants.

use crate::{
    Settings,
    code::{Code, literal, literals, option},
    docs::lines as docs_lines,
    model::{Model, Operation, Parameter, Requirement, Response, Server},
    naming,
};

/// The constants `OPERATIONS`, `SECURITY_SCHEMES` and `SERVERS`, and what the document calls itself.
pub(super) fn operation_table(model: &Model, settings: &Settings, code: &mut Code) {
    let runtime = &settings.runtime;
    code.docs(&[" `info.title` of the document."]);
    code.line(&format!("pub const TITLE: &str = {};", literal(&model.title)));
    code.docs(&[" `info.version` of the document."]);
    code.line(&format!("pub const VERSION: &str = {};", literal(&model.version)));
    code.docs(&[" Every operation of the document, in its order."]);
    let mut tags = model.tags.iter().filter(|(_, description)| !description.is_empty()).peekable();
    if tags.peek().is_some() {
        code.docs(&["", " Tags:", ""]);
        for (name, description) in tags {
            code.docs(&[format!(" - `{name}`:{}", docs_lines(description).replace('\n', "\n  "))]);
        }
    }
    let count = model.operations.len();
    let rows = model.operations.iter().map(|operation| row(operation, runtime));
    code.list(&format!("pub static OPERATIONS: [{runtime}::Operation; {count}] = "), rows, ";");
    code.docs(&[" The security schemes of the document, those that no operation asks for included."]);
    let schemes = model.schemes.iter().map(|(each, description)| {
        let (name, scheme, description) = (literal(&each.name), scheme(each, runtime), literal(description));
        format!("{runtime}::SecurityScheme {{ name: {name}, scheme: {scheme}, description: {description} }}")
    });
    code.list(&format!("pub static SECURITY_SCHEMES: &[{runtime}::SecurityScheme] = &"), schemes, ";");
    code.docs(&[" The servers of the document."]);
    let servers = model.servers.iter().map(|each| server(each, runtime));
    code.list(&format!("pub static SERVERS: &[{runtime}::Server] = &"), servers, ";");
}

/// A row, in lines below those of the list.
fn row(operation: &Operation, runtime: &str) -> String {
    let mut code = Code::inside(2);
    let Operation { id, name, method, path, tags, deprecated, .. } = operation;
    code.line(&format!(".tagged(&[{}], {deprecated})", literals(tags)));
    let security: Vec<_> = operation
        .security
        .iter()
        .map(|alternative| {
            let requirements: Vec<_> = alternative.iter().map(|each| requirement(each, runtime)).collect();
            format!("&[{}]", requirements.join(", "))
        })
        .collect();
    code.line(&format!(".secured(&[{}])", security.join(", ")));
    if !operation.parameters.is_empty() {
        code.list(".with_parameters(&", operation.parameters.iter().map(|each| parameter(each, runtime)), ")");
    }
    code.list(".answered(&", operation.responses.iter().map(|each| response(each, runtime)), ")");
    let [id, name, method, path] = [id, name, method, path].map(|text| literal(text));
    format!("{runtime}::Operation::new({id}, {name}, {method}, {path})\n{}", code.text().trim_end())
}

fn requirement(requirement: &Requirement, runtime: &str) -> String {
    let (name, scopes) = (literal(&requirement.name), literals(&requirement.scopes));
    format!("{runtime}::Requirement {{ name: {name}, scheme: {}, scopes: &[{scopes}] }}", scheme(requirement, runtime))
}

fn scheme(requirement: &Requirement, runtime: &str) -> String {
    let Requirement { kind, scheme, bearer_format, location, header, .. } = requirement;
    let scheme = match (kind.as_str(), scheme.as_str()) {
        ("http", "basic") => "Basic".to_owned(),
        ("http", "bearer") => format!("Bearer {{ format: {} }}", option(bearer_format.as_deref())),
        ("apiKey", _) => {
            let location = naming::pascal(location);
            format!("ApiKey {{ location: {runtime}::Location::{location}, name: {} }}", literal(header))
        }
        ("oauth2" | "openIdConnect", _) => "Bearer { format: None }".to_owned(),
        ("http", scheme) => format!("Other {{ kind: {} }}", literal(&format!("http {scheme}"))),
        _ => format!("Other {{ kind: {} }}", literal(kind)),
    };
    format!("{runtime}::Scheme::{scheme}")
}

pub(super) fn parameter(parameter: &Parameter, runtime: &str) -> String {
    let (name, location, style) =
        (literal(&parameter.name), naming::pascal(&parameter.location), naming::pascal(&parameter.style));
    let mut text =
        format!("{runtime}::Parameter::new({name}, {runtime}::Location::{location}, {runtime}::Style::{style})");
    for (mark, is_set) in [
        (".exploded()", parameter.explode),
        (".required()", parameter.required),
        (".allowing_reserved()", parameter.allow_reserved),
    ] {
        text.push_str(if is_set { mark } else { "" });
    }
    if let Some(content_type) = &parameter.content_type {
        text.push_str(&format!(".with_content({})", literal(content_type)));
    }
    text
}

fn response(response: &Response, runtime: &str) -> String {
    let Response { status, description, content_type, body, headers, .. } = response;
    let (content_type, body) = (option(content_type.as_deref()), option(body.as_deref()));
    let headers: Vec<_> = headers
        .iter()
        .map(|(name, required, description)| {
            let (name, description) = (literal(name), literal(description));
            format!("{runtime}::Header {{ name: {name}, required: {required}, description: {description} }}")
        })
        .collect();
    let (status, description, headers) = (literal(status), literal(description), headers.join(", "));
    format!(
        "{runtime}::Response {{ status: {status}, content_type: {content_type}, body: {body}, description: {description}, headers: &[{headers}] }}"
    )
}

fn server(server: &Server, runtime: &str) -> String {
    let variables: Vec<_> = server
        .variables
        .iter()
        .map(|(name, default, values, description)| {
            let [name, default, description] = [name, default, description].map(|text| literal(text));
            let values = literals(values);
            format!("{runtime}::Variable {{ name: {name}, default: {default}, values: &[{values}], description: {description} }}")
        })
        .collect();
    let (url, description) = (literal(&server.url), literal(&server.description));
    format!("{runtime}::Server {{ url: {url}, description: {description}, variables: &[{}] }}", variables.join(", "))
}
