//! What must hold before generation starts, so that a mistake is told at its place and not by what comes of it.

use serde_json::Value;

use crate::{
    Problem,
    kind::{Kind, each_value, reference},
    lenient::meant_type,
    limits::{LONGEST_NAME, MOST_ENUM_VALUES, MOST_NAMED, MOST_PARAMETERS, MOST_PATH_NAMES, MOST_VARIANTS},
    pointer,
    queries::text,
    references::{Resolver, Target},
    status::Status,
};

/// More of a kind than any honest document has: far beyond the largest known, and what progenitor takes in bounded
/// memory.
fn most(kind: Kind) -> usize {
    match kind {
        // the most known are 55 parameters, 111 variants, 2 477 values of an enum, and 2 275 schemas
        Kind::List(Kind::Parameter) => MOST_PARAMETERS,
        Kind::List(Kind::Schema) => MOST_VARIANTS,
        Kind::List(Kind::Data) => MOST_ENUM_VALUES,
        Kind::Map(Kind::Schema | Kind::PathItem) | Kind::Required => MOST_NAMED,
        _ => usize::MAX,
    }
}

const TYPES: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];

/// Returns all broken references and values of a wrong kind in an OpenAPI 3.0 document.
#[must_use]
pub fn validate(document: &Value) -> Vec<Problem> {
    let mut problems: Vec<_> = version(document).into_iter().collect();
    if problems.is_empty() {
        let resolver = Resolver::new(document);
        each_value(document, &mut |value, kind, at| check(document, &resolver, value, kind, at, &mut problems));
    }
    problems
}

fn version(document: &Value) -> Option<Problem> {
    let problem = |at: &str, what: String, fix: &str| Some(Problem::new(what, fix).pointing_to(at));
    match document.get("openapi") {
        Some(Value::String(version)) if is_supported(version.trim()) => None,
        Some(version) => problem(
            "/openapi",
            format!("OpenAPI {version} is not supported; 3.0 and 3.1 are"),
            "use the document's OpenAPI 3.0 or 3.1 form",
        ),
        None if document.get("swagger").is_some() => problem(
            "/swagger",
            "this is a Swagger 2.0 document; OpenAPI 3.0 and 3.1 are supported".to_owned(),
            "convert it to OpenAPI 3.0 or 3.1",
        ),
        None => problem(
            "",
            "not an OpenAPI document: it has no `openapi` key".to_owned(),
            "name a document that begins with `openapi: 3.0.3` or the like",
        ),
    }
}

/// OpenAPI 3.1 has been put into words of 3.0 before.
fn is_supported(version: &str) -> bool {
    let mut parts = version.split(['.', '-']);
    (parts.next(), parts.next()) == (Some("3"), Some("0")) && parts.all(|part| !part.is_empty())
}

fn check(document: &Value, resolver: &Resolver<'_>, value: &Value, kind: Kind, at: &str, problems: &mut Vec<Problem>) {
    let mut problem = |at: String, what: String, fix: &str| problems.push(Problem::new(what, fix).pointing_to(at));
    if let Some(target) = reference(value, kind) {
        if let Some((what, fix)) = broken(document, resolver, target, kind) {
            problem(format!("{at}/$ref"), what, fix);
        }
        return;
    }
    if !fits(value, kind) {
        let name = pointer::segments(at).last().unwrap_or_default();
        let what = format!("`{name}` must be {}; here it is {}", kind.name(), shown(value));
        problem(at.to_owned(), what, "correct the value, or remove the key");
        return;
    }
    let count =
        value.as_object().map(serde_json::Map::len).or_else(|| value.as_array().map(Vec::len)).unwrap_or_default();
    if count > most(kind) {
        let what = format!("{count} stand here; {} are the most that can be taken", most(kind));
        problem(at.to_owned(), what, "split the document, or say it in another way");
        return;
    }
    for keyword in kind.required().iter().filter(|keyword| value.get(**keyword).is_none()) {
        let what = format!("`{keyword}` is missing here");
        problem(at.to_owned(), what, "add it: nothing can be made of this without it");
    }
    match kind {
        Kind::Map(Kind::PathItem) if at == "/paths" => {
            for path in value.as_object().into_iter().flat_map(serde_json::Map::keys) {
                let names = path.matches('{').count();
                if names > MOST_PATH_NAMES {
                    let what =
                        format!("{names} names stand in this path; {MOST_PATH_NAMES} are the most that can be taken");
                    problem(pointer::join(at, path), what, "give a path fewer parameters");
                }
                if !path.starts_with('/') && !path.starts_with("x-") {
                    let what = format!("the path `{path}` does not begin with a slash");
                    problem(
                        pointer::join(at, path),
                        what,
                        "write it as it follows the server's address, from the slash on",
                    );
                }
                if let Some(segment) = dot_segment(path) {
                    let what = format!("the path `{path}` has the segment `{segment}`, which leads to another path");
                    problem(pointer::join(at, path), what, "write the path that is meant");
                }
            }
        }
        Kind::Responses => statuses(value, at, &mut problem),
        Kind::Types if !value.as_str().is_some_and(|ty| TYPES.contains(&ty) || meant_type(ty).is_some()) => {
            let what = format!("`{}` is not a type of OpenAPI 3.0", value.as_str().unwrap_or_default());
            problem(at.to_owned(), what, &format!("use one of {}", TYPES.join(", ")));
        }
        Kind::Required => {
            for (index, name) in
                value.as_array().into_iter().flatten().enumerate().filter(|(_, name)| !name.is_string())
            {
                let what = format!("a required property's name must be text; here it is {}", shown(name));
                problem(format!("{at}/{index}"), what, "write the name of a property, or remove it");
            }
        }
        Kind::Parameter => {
            long_name(value, "name", at, &mut problem);
            parameter(value, at, &mut problem);
        }
        Kind::Operation => long_name(value, "operationId", at, &mut problem),
        Kind::SecurityScheme => header_name(value, at, "API key", &mut problem),
        _ => {}
    }
}

/// Names go into the names of every type and method that is made for them.
fn long_name(value: &Value, key: &str, at: &str, problem: &mut impl FnMut(String, String, &str)) {
    let length = text(value, key).len();
    if length > LONGEST_NAME {
        let what = format!("this name has {length} bytes; {LONGEST_NAME} are the most that can be taken");
        problem(format!("{at}/{key}"), what, "give it a shorter name");
    }
}

/// A segment that URL parsers resolve, encoded or not (RFC 3986, 5.2.4; WHATWG URL, 4.4).
fn dot_segment(path: &str) -> Option<&str> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.split(['/', '\\'])
        .find(|segment| matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | ".."))
}

/// Why a reference cannot be followed.
fn broken(document: &Value, resolver: &Resolver<'_>, target: &str, kind: Kind) -> Option<(String, &'static str)> {
    if !target.starts_with('#') {
        let what = format!("the reference `{target}` leads out of this document");
        return Some((what, "put what it refers to into the document, or into a file beside it"));
    }
    if target == "#" {
        let what = "the reference `#` leads to the whole document, which is no part of itself".to_owned();
        return Some((what, "refer to a component, as `#/components/schemas/Name`"));
    }
    let Some(Target { pointer: at, value: found }) = resolver.resolve(target) else {
        let what = format!("the reference `{target}` leads to nothing in this document");
        return Some((what, "correct the reference"));
    };
    if kind.is_schema() && !target.starts_with("#/components/schemas/") || !found.is_object() {
        let what = format!(
            "the reference `{target}` leads to what is not {}",
            if kind.is_schema() { "a schema" } else { "an object" }
        );
        return Some((what, "correct the reference"));
    }
    if !kind.is_schema() && Kind::of_pointer(document, &at).is_schema() {
        let what = format!("the reference `{target}` leads to a schema, which cannot stand here");
        return Some((what, "refer to a component of the kind that belongs here"));
    }
    None
}

fn fits(value: &Value, kind: Kind) -> bool {
    match kind {
        // nothing reads these
        Kind::Data | Kind::Example | Kind::Map(Kind::Example) | Kind::Link | Kind::Map(Kind::Link) => true,
        // a flag is a form of older drafts, and means nothing
        Kind::Required => value.is_array() || value.is_boolean(),
        Kind::Text | Kind::Types => value.is_string(),
        Kind::Flag | Kind::Bound => value.is_boolean(),
        Kind::Number => value.is_number(),
        Kind::Count => value.is_u64(),
        Kind::SchemaOrFlag => value.is_object() || value.is_boolean(),
        Kind::List(_) => value.is_array(),
        _ => value.is_object(),
    }
}

/// A value in a few words.
fn shown(value: &Value) -> String {
    match value {
        Value::Object(_) => "an object".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::String(text) if text.chars().count() > 40 => {
            format!("\"{}…\"", text.chars().take(40).collect::<String>())
        }
        other => format!("{other}"),
    }
}

fn statuses(value: &Value, at: &str, problem: &mut impl FnMut(String, String, &str)) {
    let mut seen = Vec::new();
    for key in value.as_object().into_iter().flat_map(serde_json::Map::keys).filter(|key| !key.starts_with("x-")) {
        match Status::parse(key) {
            None => {
                let what = format!("`{key}` is no status of a response");
                problem(pointer::join(at, key), what, "use a code from 100 to 599, a range as `4XX`, or `default`");
            }
            Some(status) if seen.contains(&status) => {
                let what = format!("the status {status} occurs twice");
                problem(pointer::join(at, key), what, "keep one of the two");
            }
            Some(status) => seen.push(status),
        }
    }
}

fn parameter(value: &Value, at: &str, problem: &mut impl FnMut(String, String, &str)) {
    let (place, style) = (text(value, "in"), text(value, "style"));
    let styles: &[&str] = match place {
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "path" => &["simple", "label", "matrix"],
        "cookie" => &["form"],
        _ if value.get("in").is_none() => return,
        _ => {
            let what = format!("`{place}` is no place of a parameter in OpenAPI 3.0");
            problem(format!("{at}/in"), what, "use one of path, query, header, cookie; a body is a `requestBody`");
            return;
        }
    };
    if !style.is_empty() && !styles.contains(&style) {
        let what = format!("a parameter in `{place}` cannot have the style `{style}`");
        problem(format!("{at}/style"), what, &format!("use {}", styles.join(" or ")));
    }
    header_name(value, at, "header parameter", problem);
    if value.get("schema").is_none() && value.get("content").is_none() {
        let what = format!("the parameter `{}` has no `schema`", text(value, "name"));
        problem(at.to_owned(), what, "say what its values are, as `schema: {type: string}`");
    }
}

/// Headers that say where one message ends, to whom it goes, or what becomes of the connection. They are the
/// connection's own: a value from elsewhere would let one request be read as two, or send credentials to another host.
///
/// Other headers near to these stay a document's to describe, since no message is framed by them: `Expect`,
/// `Content-Encoding` (of a body that the caller has compressed), `Trailer`, `Keep-Alive` and `Proxy-Connection`, which
/// mean nothing to a server of HTTP/1.1 without the header `Connection`.
const OF_THE_CONNECTION: &[(&str, &str)] = &[
    ("connection", "names headers that end with this connection (RFC 9110, section 7.6.1)"),
    ("content-length", "says where the body ends (RFC 9112, section 6.2)"),
    ("host", "says which server is meant (RFC 9110, section 7.2)"),
    ("te", "says how the answer may be framed (RFC 9110, section 10.1.4)"),
    ("transfer-encoding", "says how the body is framed (RFC 9112, section 6.1)"),
    ("upgrade", "changes the protocol of this connection (RFC 9110, section 7.8)"),
];

fn header_name(value: &Value, at: &str, what: &str, problem: &mut impl FnMut(String, String, &str)) {
    let name = text(value, "name").trim();
    let found = OF_THE_CONNECTION.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    if let Some((_, reason)) = found.filter(|_| text(value, "in") == "header") {
        let what = format!("the {what} `{name}` is the connection's to set: it {reason}");
        problem(format!("{at}/name"), what, "remove it from the document");
    }
    // RFC 9110, 5.6.2
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if text(value, "in") == "header" && (name.is_empty() || !name.chars().all(is_token)) {
        let what = format!("the {what} `{name}` has a name that no header can have");
        problem(format!("{at}/name"), what, "write letters, digits, and signs as `-` and `_`");
    }
}

#[cfg(test)]
mod tests;
