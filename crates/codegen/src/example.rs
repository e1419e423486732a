//! The one call that a generated crate shows: of the operation that is simplest to call, with plausible values.

use openapi::Method;
use runtime::StringConstraints;
use syn::{Fields, Item};

use crate::{
    code::literal,
    emit::Call,
    model::{Checked, Model, NumberRules, Requirement, Rules, Server},
    naming,
    polish::Polished,
};

/// A call of one operation, in the parts that a program is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Address of the server.
    pub server: String,
    /// The setter of the credentials that the operation asks for, as `.token("…")`.
    pub credentials: Option<String>,
    /// The operation with its setters, as `.get_book().id("…")`.
    pub call: String,
    /// Whether a success brings something to look at.
    pub has_answer: bool,
}

/// The simplest of some calls: few values, and then one that only reads.
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
    // the simplest first, since most of the others need not be written down
    let (written, call) = calls.into_iter().find_map(|call| Some((written(&call, model, polished)?, call)))?;
    Some(Example {
        server: model.servers.iter().find_map(address).unwrap_or_else(|| "api.example.com".to_owned()),
        credentials: credentials(&call.operation.security).flatten(),
        call: written,
        has_answer: call.has_response,
    })
}

/// The operation's method and setters, if every value can be written down.
fn written(call: &Call<'_>, model: &Model, polished: &Polished) -> Option<String> {
    let mut text = format!(".{}()", naming::ident(&call.operation.name));
    for required in &call.required {
        let value = value(&required.ty, model, polished)?;
        let value = if required.is_list { format!("[{value}]") } else { value };
        text.push_str(&format!(".{}({value})", required.setter));
    }
    Some(text)
}

/// A plausible value of a type, in a form that converts into it.
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
        // the path of the module may stand before it
        _ => return of_type(ty.rsplit_once("types::")?.1, model, polished),
    };
    Some(value.to_owned())
}

/// A value of one of the document's own types: a text that its rules allow, or the first of its values.
fn of_type(name: &str, model: &Model, polished: &Polished) -> Option<String> {
    match model.checked.get(name) {
        Some(Checked::Ruled { rules: Rules::Text { min_length, max_length, format }, .. }) => {
            let rules = StringConstraints {
                min_length: min_length.and_then(|length| length.try_into().ok()),
                max_length: max_length.and_then(|length| length.try_into().ok()),
                format: *format,
            };
            let texts =
                ["…", "example", "an example of text", "https://example.com", "name@example.com", "YQ==", "P1D"];
            return texts.into_iter().find(|text| rules.check(text).is_ok()).map(literal);
        }
        Some(Checked::Ruled { rules: Rules::Number(rules), .. }) => {
            return number(rules);
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

/// A number that keeps the rules, as Rust writes it.
fn number(rules: &NumberRules) -> Option<String> {
    let parsed = |bound: &Option<String>| bound.as_ref().and_then(|bound| bound.parse::<f64>().ok());
    let [minimum, maximum, multiple_of] = [&rules.minimum, &rules.maximum, &rules.multiple_of].map(parsed);
    let NumberRules { exclusive_minimum, exclusive_maximum, .. } = *rules;
    let all = runtime::NumberConstraints { minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of };
    let is_small = |number: &f64| number.abs() <= f64::from(i16::MAX);
    let mut numbers = [Some(1.0), minimum, multiple_of, maximum, Some(0.5)].into_iter().flatten().filter(is_small);
    let number = numbers.find(|number| all.check(*number).is_ok())?;
    match rules.ty {
        "f32" => Some(format!("{number:?}_f32")),
        "f64" => Some(format!("{number:?}")),
        _ => (number.fract() == 0.0).then(|| number.to_string()),
    }
}

/// The credentials of the first alternative that the runtime supports; `None` if it supports none of them.
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

/// The address of a server with the defaults of its variables, if it is one that clients take as it is.
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
    fn servers_are_shown_with_their_defaults_and_only_if_clients_take_them() {
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
    fn credentials_are_those_of_an_alternative_that_is_supported() {
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
