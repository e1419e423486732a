//! Names of values for messages: the operation or component, then the property, then the keyword.

use openapi::{Difference, Method, pointer};
use serde_json::Value;

use crate::excerpt::shown_value;

/// The name of a value.
pub(crate) struct Located {
    /// What a person knows, such as ``POST /devices, request property `name` ``. Empty outside of paths and components.
    pub(crate) subject: String,
    /// The keyword within it, such as `maxLength`. Empty for the subject itself.
    keyword: String,
}

impl std::fmt::Display for Located {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.subject.as_str(), self.keyword.as_str()) {
            ("", "") => f.write_str("the document"),
            ("", keyword) => write!(f, "`{keyword}`"),
            (subject, "") => f.write_str(subject),
            (subject, keyword) => write!(f, "{subject}: `{keyword}`"),
        }
    }
}

/// Names the value at a pointer of an OpenAPI document.
pub(crate) fn located(document: &Value, at: &str) -> Located {
    let segments: Vec<String> = pointer::segments(at).collect();
    let text: Vec<&str> = segments.iter().map(String::as_str).collect();
    let (head, mut rest) = match text.as_slice() {
        ["paths", path, method, rest @ ..] if Method::of_key(method).is_some() => {
            (Some(format!("{} {path}", method.to_uppercase())), rest)
        }
        ["paths", path, rest @ ..] => (Some(format!("path `{path}`")), rest),
        ["components", kind, name, rest @ ..] => (Some(format!("{} `{name}`", singular(kind))), rest),
        all => (None, all),
    };
    let mut names: Vec<String> = head.into_iter().collect();
    let (mut section, mut property) = (None, String::new());
    loop {
        rest = match rest {
            ["requestBody", after @ ..] if !after.is_empty() => {
                section = Some("request".to_owned());
                after
            }
            ["responses", status, after @ ..] => {
                section = Some(format!("response {status}"));
                after
            }
            ["headers", name, after @ ..] => {
                names.extend(section.take());
                names.push(format!("header `{name}`"));
                after
            }
            ["parameters", _, after @ ..] => {
                names.push(parameter(document, &text[..text.len() - after.len()]));
                after
            }
            ["properties", name, after @ ..] => {
                property = if property.is_empty() { (*name).to_owned() } else { format!("{property}.{name}") };
                after
            }
            ["items", after @ ..] if !after.is_empty() => {
                property.push_str("[]");
                after
            }
            ["schema", after @ ..] if !after.is_empty() => after,
            ["content", _, after @ ..] | ["allOf", _, after @ ..] => after,
            _ => break,
        };
    }
    match (section, property.as_str()) {
        (section, "") => names.extend(section),
        (Some(section), property) => names.push(format!("{section} property `{property}`")),
        (None, property) => names.push(format!("property `{property}`")),
    }
    Located { subject: names.join(", "), keyword: rest.join("/") }
}

/// Describes a difference of the document from its pages.
pub(crate) fn difference_from_page(document: &Value, difference: &Difference) -> String {
    let location = located(document, &difference.pointer);
    match (&difference.left, &difference.right) {
        (None, _) => format!("{location} is in the document, but in no page"),
        (_, None) => format!("{location} is in a page, but not in the document"),
        (page, document) => {
            let (page, document) = (shown_value(page.as_ref()), shown_value(document.as_ref()));
            format!("{location} is {document} in the document, {page} in the page")
        }
    }
}

/// The singular of a key of `components`.
fn singular(kind: &str) -> &str {
    match kind {
        "requestBodies" => "request body",
        "securitySchemes" => "security scheme",
        kind => kind.strip_suffix('s').unwrap_or(kind),
    }
}

fn parameter(document: &Value, segments: &[&str]) -> String {
    let at = segments.iter().fold(String::new(), |at, segment| pointer::join(&at, segment));
    let name = document.pointer(&at).and_then(|parameter| parameter.get("name")?.as_str());
    let number = segments.last().copied().unwrap_or_default();
    format!("parameter `{}`", name.unwrap_or(number))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_operation_property_and_keyword() {
        let document = json!({"paths": {"/a": {"get": {"parameters": [{"name": "size"}]}}}});
        for (at, expected) in [
            ("", "the document"),
            ("/info/version", "`info/version`"),
            ("/paths/~1a", "path `/a`"),
            ("/paths/~1a/get/requestBody", "GET /a: `requestBody`"),
            ("/paths/~1a/get/parameters/0/schema/maximum", "GET /a, parameter `size`: `maximum`"),
            (
                "/paths/~1a/get/requestBody/content/application~1json/schema/properties/b/items/properties/c/type",
                "GET /a, request property `b[].c`: `type`",
            ),
            ("/paths/~1a/get/responses/200/headers/X/schema", "GET /a, response 200, header `X`: `schema`"),
            ("/components/schemas/A/properties/properties", "schema `A`, property `properties`"),
            ("/components/securitySchemes/b/type", "security scheme `b`: `type`"),
        ] {
            assert_eq!(located(&document, at).to_string(), expected);
        }
    }
}
