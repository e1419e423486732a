//! The example call in the README of a generated crate: the simplest operation, with plausible values.

use openapi::Method;
use runtime::StringConstraints;
use syn::{Fields, Item};

use crate::{
    code::literal,
    emit::Call,
    model::{Checked, Constraints, Model, NumberConstraints, Requirement, Server},
    naming,
    polish::Polished,
};

/// An example call of one operation, in the parts that an example program needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// URL of the server.
    pub server: String,
    /// The setter of the credentials that the operation requires, such as `.token("…")`.
    pub credentials: Option<String>,
    /// The Cargo feature with which the operation is compiled, if it is not always compiled.
    pub feature: Option<String>,
    /// The method of the operation and its setters, such as `.get_book().id("…")`.
    pub call: String,
    /// Whether a successful response has a body.
    pub has_response: bool,
}

/// Returns the simplest call: supported credentials, not deprecated, few required values, preferably GET.
pub(crate) fn example<'a>(
    calls: impl Iterator<Item = Call<'a>>,
    model: &Model,
    polished: &Polished,
) -> Option<Example> {
    let rank = |call: &Call<'_>| {
        let operation = call.operation;
        let unsupported = credentials(&operation.security).is_none();
        (unsupported, operation.deprecated, call.required.len(), operation.method != Method::Get, !call.has_response)
    };
    let mut calls: Vec<_> = calls.collect();
    calls.sort_by_cached_key(rank);
    let (source, call) = calls.into_iter().find_map(|call| Some((source(&call, model, polished)?, call)))?;
    let mut servers = call.operation.servers.iter().chain(&model.servers);
    Some(Example {
        server: servers.find_map(address).unwrap_or_else(|| "api.example.com".to_owned()),
        credentials: credentials(&call.operation.security).flatten(),
        feature: polished.features.of_operation(call.operation).into_iter().next(),
        call: source,
        has_response: call.has_response,
    })
}

/// Returns the operation's method and setters, or `None` if a required value has no example.
fn source(call: &Call<'_>, model: &Model, polished: &Polished) -> Option<String> {
    let mut text = format!(".{}()", naming::ident(&call.operation.name));
    for required in &call.required {
        let value = value(&required.ty, model, polished)?;
        let value = if required.is_list { format!("[{value}]") } else { value };
        text.push_str(&format!(".{}({value})", required.setter));
    }
    Some(text)
}

/// Returns a plausible expression that converts into a type.
fn value(ty: &str, model: &Model, polished: &Polished) -> Option<String> {
    let plain = ty.rsplit("::").next().unwrap_or(ty);
    let value = match (ty, plain) {
        (_, "String" | "Secret") => "\"…\"",
        ("bool", _) => "true",
        ("f64", _) => "1.0",
        ("f32", _) => "1.0_f32",
        ("i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64", _) => "1",
        (_, "NonZeroU32") => "1_u32",
        (_, "NonZeroU64") => "1_u64",
        // the path of the module may precede it
        _ => return of_type(ty.rsplit_once("types::")?.1, model, polished),
    };
    Some(value.to_owned())
}

/// Returns a value of a type of the document: one that satisfies its constraints, or its first enum variant.
fn of_type(name: &str, model: &Model, polished: &Polished) -> Option<String> {
    match model.checked.get(name) {
        Some(Checked::Constrained { constraints: Constraints::String { min_length, max_length, format }, .. }) => {
            let constraints = StringConstraints {
                min_length: min_length.and_then(|length| length.try_into().ok()),
                max_length: max_length.and_then(|length| length.try_into().ok()),
                format: *format,
            };
            let candidates =
                ["…", "example", "an example of text", "https://example.com", "name@example.com", "YQ==", "P1D"];
            return candidates.into_iter().find(|text| constraints.check(text).is_ok()).map(literal);
        }
        Some(Checked::Constrained { constraints: Constraints::Number(constraints), .. }) => return number(constraints),
        Some(Checked::Enum(found)) => {
            return found.values.first().map(|first| format!("types::{name}::{}", first.name));
        }
        Some(_) => return None,
        None => {}
    }
    let variants = polished.types.iter().find_map(|item| match item {
        Item::Enum(item) if item.ident == name => Some(&item.variants),
        _ => None,
    })?;
    let first = variants.first().filter(|_| variants.iter().all(|variant| matches!(variant.fields, Fields::Unit)))?;
    Some(format!("types::{name}::{}", first.ident))
}

/// Returns the literal of a number that satisfies the constraints.
fn number(constraints: &NumberConstraints) -> Option<String> {
    let parsed = |bound: &Option<String>| bound.as_ref().and_then(|bound| bound.parse::<f64>().ok());
    let [minimum, maximum, multiple_of] =
        [&constraints.minimum, &constraints.maximum, &constraints.multiple_of].map(parsed);
    let NumberConstraints { exclusive_minimum, exclusive_maximum, .. } = *constraints;
    let all = runtime::NumberConstraints { minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of };
    let is_small = |number: &f64| number.abs() <= f64::from(i16::MAX);
    let mut numbers = [Some(1.0), minimum, multiple_of, maximum, Some(0.5)].into_iter().flatten().filter(is_small);
    let number = numbers.find(|number| all.check(*number).is_ok())?;
    match constraints.ty {
        "f32" => Some(format!("{number:?}_f32")),
        "f64" => Some(format!("{number:?}")),
        _ => (number.fract() == 0.0).then(|| number.to_string()),
    }
}

/// Returns the setters of the first security alternative that the runtime supports: `Some(None)` if none is required,
/// `None` if none is supported.
fn credentials(security: &[Vec<Requirement>]) -> Option<Option<String>> {
    if security.is_empty() || security.iter().any(Vec::is_empty) {
        return Some(None);
    }
    security.iter().find_map(|alternative| {
        let setters: Option<Vec<_>> = alternative.iter().map(setter).collect();
        setters.map(|setters| Some(setters.concat()))
    })
}

fn setter(requirement: &Requirement) -> Option<String> {
    match (requirement.kind.as_str(), requirement.scheme.as_str()) {
        ("http", "basic") => Some(".basic(\"user\", \"…\")".to_owned()),
        ("http", "bearer") | ("oauth2" | "openIdConnect", _) => Some(".token(\"…\")".to_owned()),
        ("apiKey", _) => Some(format!(".api_key({}, \"…\")", literal(&requirement.name))),
        _ => None,
    }
}

/// Returns the URL of a server with its variables' defaults, if it is absolute, `https` and without unusual characters.
fn address(server: &Server) -> Option<String> {
    let mut url = server.url.clone();
    for (name, default, _, _) in &server.variables {
        url = url.replace(&format!("{{{name}}}"), default);
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/%".contains(c);
    let host = url.strip_prefix("https://")?;
    let is_plain = host.starts_with(|c: char| c.is_ascii_alphanumeric()) && host.chars().all(plain);
    is_plain.then(|| url.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_https_servers_with_default_variables() {
        let server = |url: &str| {
            let variables = vec![("region".to_owned(), "north".to_owned(), Vec::new(), String::new())];
            address(&Server { url: url.to_owned(), description: String::new(), variables })
        };
        assert_eq!(server("https://{region}.example/v2/").as_deref(), Some("https://north.example/v2"));
        for refused in ["/v2", "http://a.example", "https://{tenant}.example", "https://", "https://a.example?b=c"] {
            assert_eq!(server(refused), None, "{refused}");
        }
    }

    #[test]
    fn shows_credentials_of_the_first_supported_alternative() {
        let requirement = |kind: &str, scheme: &str| Requirement {
            name: String::new(),
            kind: kind.to_owned(),
            scheme: scheme.to_owned(),
            bearer_format: None,
            location: String::new(),
            header: String::new(),
            scopes: Vec::new(),
        };
        let (other, bearer) = (requirement("mutualTLS", ""), requirement("http", "bearer"));
        assert_eq!(credentials(&[vec![other.clone(), bearer.clone()]]), None);
        assert_eq!(credentials(&[vec![other.clone()], vec![]]), Some(None));
        assert_eq!(credentials(&[vec![other], vec![bearer.clone()]]), Some(Some(".token(\"…\")".to_owned())));
        let key = Requirement { name: "key".to_owned(), ..requirement("apiKey", "") };
        let both = ".api_key(\"key\", \"…\").token(\"…\")".to_owned();
        assert_eq!(credentials(&[vec![key, bearer]]), Some(Some(both)));
    }
}
