//! Validates a document before generation, so that an error is reported with its location and not through its
//! consequences.

use serde_json::Value;

use crate::{
    Code, Problem,
    kind::{Kind, each_value, reference},
    lenient::lenient_type,
    limits::{LONGEST_NAME, MOST_ENUM_VALUES, MOST_NAMED, MOST_PARAMETERS, MOST_PATH_NAMES, MOST_VARIANTS},
    plain::{MAX_NAME, quoted, shortened},
    pointer,
    queries::text,
    references::{Resolver, Target},
    status::Status,
    subject::{Located, Subject},
};

/// Returns the largest number of entries of a kind: far beyond the largest known document, and small enough for
/// progenitor to process in bounded memory.
fn most(kind: Kind) -> usize {
    match kind {
        // the largest known are 55 parameters, 111 variants, 2 477 values of an enum, and 2 275 schemas
        Kind::List(Kind::Parameter) => MOST_PARAMETERS,
        Kind::List(Kind::Schema) => MOST_VARIANTS,
        Kind::List(Kind::Data) => MOST_ENUM_VALUES,
        Kind::Map(Kind::Schema | Kind::PathItem) | Kind::Required => MOST_NAMED,
        _ => usize::MAX,
    }
}

const TYPES: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];

/// Returns all references without a target and all invalid values of an OpenAPI 3.0 document.
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
        Some(Value::String(version)) => problem(
            "/openapi",
            format!("OpenAPI {} is not supported (supported: 3.0, 3.1, 3.2)", shortened(version, MAX_NAME)),
            "convert the document to OpenAPI 3.0, 3.1 or 3.2",
        ),
        Some(version) => problem(
            "/openapi",
            format!("`openapi` must be a string, found {}", shown(version)),
            "write the version in quotes, such as \"3.0.3\"",
        ),
        None if document.get("swagger").is_some() => problem(
            "/swagger",
            "Swagger 2.0 is not supported (supported: OpenAPI 3.0, 3.1, 3.2)".to_owned(),
            "convert the document to OpenAPI 3.0, 3.1 or 3.2",
        ),
        None => problem(
            "",
            "not an OpenAPI document: `openapi` is missing".to_owned(),
            "name a document with `openapi: 3.0.3` or another supported version",
        ),
    }
}

/// Whether a version is 3.0. Normalization has converted later versions before.
fn is_supported(version: &str) -> bool {
    let mut parts = version.split(['.', '-']);
    (parts.next(), parts.next()) == (Some("3"), Some("0")) && parts.all(|part| !part.is_empty())
}

fn check(document: &Value, resolver: &Resolver<'_>, value: &Value, kind: Kind, at: &str, problems: &mut Vec<Problem>) {
    if let Some(target) = reference(value, kind) {
        if let Some((what, fix)) = unresolved(document, resolver, target, kind) {
            let at = format!("{at}/$ref");
            let problem = Problem::new(Subject::of(document, &at).before(&what), fix).of(Code::Unresolved);
            problems.push(problem.pointing_to(at));
        }
        return;
    }
    if !fits(value, kind) {
        let (located, kind, found) = (Located::of(document, at), kind.name(), shown(value));
        let what = match &located.keyword {
            Some(keyword) => format!("`{keyword}` must be {kind}, found {found}"),
            None => format!("must be {kind}, found {found}"),
        };
        let fix = "correct the value, or remove the key";
        problems.push(Problem::new(located.subject.before(&what), fix).pointing_to(at));
        return;
    }
    let count =
        value.as_object().map(serde_json::Map::len).or_else(|| value.as_array().map(Vec::len)).unwrap_or_default();
    if count > most(kind) {
        let what = format!("{} has {count} entries, the limit is {}", Located::of(document, at), most(kind));
        problems.push(Problem::new(what, "use fewer entries, or split the document").pointing_to(at));
        return;
    }
    let mut problem = |at: String, what: String, fix: &str| {
        problems.push(Problem::new(Subject::of(document, &at).before(&what), fix).pointing_to(at));
    };
    for keyword in kind.required().iter().filter(|keyword| value.get(**keyword).is_none()) {
        let what = format!("`{keyword}` is missing");
        problem(at.to_owned(), what, &format!("add `{keyword}`"));
    }
    match kind {
        Kind::Map(Kind::PathItem) if at == "/paths" => {
            for path in value.as_object().into_iter().flat_map(serde_json::Map::keys) {
                let names = path.matches('{').count();
                if names > MOST_PATH_NAMES {
                    let what = format!("has {names} parameters, the limit is {MOST_PATH_NAMES}");
                    problem(pointer::join(at, path), what, "use fewer path parameters");
                }
                if !path.starts_with('/') && !path.starts_with("x-") {
                    let what = "`/` is missing at the start".to_owned();
                    problem(pointer::join(at, path), what, "start the path with `/`");
                }
                if let Some(segment) = dot_segment(path) {
                    let what = format!("URL parsers resolve the segment `{segment}` to another path");
                    problem(pointer::join(at, path), what, "write the resolved path");
                }
            }
        }
        Kind::Responses => statuses(value, at, &mut problem),
        Kind::Types if !value.as_str().is_some_and(|ty| TYPES.contains(&ty) || lenient_type(ty).is_some()) => {
            let ty = shortened(value.as_str().unwrap_or_default(), MAX_NAME);
            let what = format!("`type: {ty}` is not a type of OpenAPI 3.0");
            problem(at.to_owned(), what, &format!("use one of {}", TYPES.join(", ")));
        }
        Kind::Required => {
            for (index, name) in
                value.as_array().into_iter().flatten().enumerate().filter(|(_, name)| !name.is_string())
            {
                let what = format!("`required[{index}]` must be a string, found {}", shown(name));
                problem(format!("{at}/{index}"), what, "write the name of a property, or remove the entry");
            }
        }
        Kind::Parameter => {
            long_name(value, "name", at, &mut problem);
            parameter(value, at, &mut problem);
        }
        Kind::Operation => long_name(value, "operationId", at, &mut problem),
        Kind::SecurityScheme => header_name(value, at, &mut problem),
        _ => {}
    }
}

/// Reports names that are too long: they become parts of the names of types and methods.
fn long_name(value: &Value, key: &str, at: &str, problem: &mut impl FnMut(String, String, &str)) {
    let length = text(value, key).len();
    if length > LONGEST_NAME {
        let what = format!("`{key}` has {length} bytes, the limit is {LONGEST_NAME}");
        problem(format!("{at}/{key}"), what, "use a shorter name");
    }
}

/// Returns a dot segment, which URL parsers resolve, percent-encoded or not (RFC 3986, 5.2.4; WHATWG URL, 4.4).
fn dot_segment(path: &str) -> Option<&str> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.split(['/', '\\'])
        .find(|segment| matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | ".."))
}

/// Returns why a reference cannot be resolved, and the fix.
fn unresolved(document: &Value, resolver: &Resolver<'_>, target: &str, kind: Kind) -> Option<(String, &'static str)> {
    if !target.starts_with('#') {
        let what = format!("reference `{target}` is outside this document");
        return Some((what, "move its target into the document, or into a file in its folder"));
    }
    if target == "#" {
        let what = "reference `#` targets the whole document, which cannot be inlined".to_owned();
        return Some((what, "reference a component, such as `#/components/schemas/Name`"));
    }
    let Some(Target { pointer: at, value: found }) = resolver.resolve(target) else {
        let what = format!("reference `{target}` has no target in this document");
        return Some((what, "correct the reference"));
    };
    if kind.is_schema() && !target.starts_with("#/components/schemas/") || !found.is_object() {
        let expected = if kind.is_schema() { "a component schema" } else { "an object" };
        return Some((format!("the target of reference `{target}` is not {expected}"), "correct the reference"));
    }
    if !kind.is_schema() && Kind::of_pointer(document, &at).is_schema() {
        let what = format!("the target of reference `{target}` is a schema, but must be {}", kind.name());
        return Some((what, "reference a component of the expected kind"));
    }
    None
}

fn fits(value: &Value, kind: Kind) -> bool {
    match kind {
        // no pass reads these
        Kind::Data | Kind::Example | Kind::Map(Kind::Example) | Kind::Link | Kind::Map(Kind::Link) => true,
        // a boolean is the form of older drafts, and is ignored
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

/// Returns a value for a message, in a few words.
fn shown(value: &Value) -> String {
    match value {
        Value::Object(_) => "an object".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

fn statuses(value: &Value, at: &str, problem: &mut impl FnMut(String, String, &str)) {
    let mut seen = Vec::new();
    for key in value.as_object().into_iter().flat_map(serde_json::Map::keys).filter(|key| !key.starts_with("x-")) {
        match Status::parse(key) {
            None => {
                let what = "is not a status code or range".to_owned();
                problem(
                    pointer::join(at, key),
                    what,
                    "use a code from 100 to 599, a range such as `4XX`, or `default`",
                );
            }
            Some(status) if seen.contains(&status) => {
                let what = format!("status {status} occurs twice");
                problem(pointer::join(at, key), what, "remove one of the two");
            }
            Some(status) => seen.push(status),
        }
    }
}

fn parameter(value: &Value, at: &str, problem: &mut impl FnMut(String, String, &str)) {
    let (location, style) = (text(value, "in"), text(value, "style"));
    let styles: &[&str] = match location {
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "path" => &["simple", "label", "matrix"],
        "cookie" => &["form"],
        _ if value.get("in").is_none() => return,
        _ => {
            let what = format!("`in: {}` is not a parameter location of OpenAPI 3.0", shortened(location, MAX_NAME));
            problem(format!("{at}/in"), what, "use path, query, header or cookie; describe a body with `requestBody`");
            return;
        }
    };
    if !style.is_empty() && !styles.contains(&style) {
        let what = format!("`style: {}` is not valid for a parameter in `{location}`", shortened(style, MAX_NAME));
        problem(format!("{at}/style"), what, &format!("use `style: {}`", styles.join("` or `style: ")));
    }
    header_name(value, at, problem);
    if value.get("schema").is_none() && value.get("content").is_none() {
        let what = "`schema` is missing".to_owned();
        problem(at.to_owned(), what, "add a schema, such as `schema: {type: string}`");
    }
}

/// Headers that frame a message, name its target server or control the connection, each with what it does. Only the
/// HTTP client may set them: a value from a caller could split one request into two, or send credentials to another
/// host.
///
/// A document may describe related headers, since they do not frame a message: `Expect`, `Content-Encoding` (of a body
/// that the caller has compressed), `Trailer`, `Keep-Alive` and `Proxy-Connection`, which have no effect in HTTP/1.1
/// without the header `Connection`.
const CONNECTION_HEADERS: &[(&str, &str)] = &[
    ("connection", "lists the headers of this connection (RFC 9110, section 7.6.1)"),
    ("content-length", "gives the length of the body (RFC 9112, section 6.2)"),
    ("host", "names the target server (RFC 9110, section 7.2)"),
    ("te", "lists the transfer codings that the client accepts (RFC 9110, section 10.1.4)"),
    ("transfer-encoding", "frames the body (RFC 9112, section 6.1)"),
    ("upgrade", "changes the protocol of this connection (RFC 9110, section 7.8)"),
];

fn header_name(value: &Value, at: &str, problem: &mut impl FnMut(String, String, &str)) {
    let name = text(value, "name").trim();
    let found = CONNECTION_HEADERS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    if let Some((_, reason)) = found.filter(|_| text(value, "in") == "header") {
        let what = format!("only the HTTP client may set the header `{name}`, which {reason}");
        problem(format!("{at}/name"), what, "remove the header from the document");
    }
    // RFC 9110, 5.6.2
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if text(value, "in") == "header" && (name.is_empty() || !name.chars().all(is_token)) {
        let what = format!("`{}` is not a valid header name", shortened(name, MAX_NAME));
        problem(format!("{at}/name"), what, "use letters, digits, `-` and `_`");
    }
}

#[cfg(test)]
mod tests;
