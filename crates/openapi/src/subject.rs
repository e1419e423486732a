//! What a JSON Pointer into a document is called in a message.

use serde_json::Value;

use crate::{Method, pointer};

/// Characters of a name that a message quotes.
const LONGEST_QUOTED: usize = 60;

/// Returns what an author calls the object around a value: `POST /devices: parameter "name"`, `schema "Device":
/// property "id"`. Empty where nothing with a name is around it.
#[must_use]
pub fn subject(document: &Value, at: &str) -> String {
    let segments: Vec<String> = pointer::segments(at).collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let mut named = Vec::new();
    let (mut here, mut rest) = (String::new(), segments.as_slice());
    match *rest {
        ["paths", path, method, ..] if Method::of_key(method).is_some() => {
            named.push(format!("{} {}", method.to_uppercase(), quoted(path)));
            rest = advance(&mut here, rest, 3);
        }
        ["paths", path, ..] => {
            named.push(format!("path \"{}\"", quoted(path)));
            rest = advance(&mut here, rest, 2);
        }
        ["components", section, name, ..] => {
            named.push(format!("{} \"{}\"", component(section), quoted(name)));
            rest = advance(&mut here, rest, 3);
        }
        _ => {}
    }
    while let [keyword, name, ..] = *rest {
        let in_parameter = || document.pointer(&pointer::join(&pointer::join(&here, keyword), name));
        let part = match keyword {
            "parameters" => match in_parameter().and_then(|parameter| parameter.get("name")?.as_str()) {
                Some(known) => Some(format!("parameter \"{}\"", quoted(known))),
                None => Some(format!("parameter {name}")),
            },
            "properties" => Some(format!("property \"{}\"", quoted(name))),
            "responses" => Some(format!("response \"{}\"", quoted(name))),
            "headers" => Some(format!("header \"{}\"", quoted(name))),
            _ => None,
        };
        let taken = if part.is_some() { 2 } else { 1 };
        named.extend(part);
        rest = advance(&mut here, rest, taken);
    }
    named.join(": ")
}

/// Moves a pointer by some segments, and returns those after them.
fn advance<'s>(here: &mut String, segments: &'s [&'s str], count: usize) -> &'s [&'s str] {
    let (taken, rest) = segments.split_at(count);
    *here = taken.iter().fold(std::mem::take(here), |at, segment| pointer::join(&at, segment));
    rest
}

/// Returns the singular of a section of the Components Object.
fn component(section: &str) -> &str {
    match section {
        "schemas" => "schema",
        "responses" => "response",
        "parameters" => "parameter",
        "examples" => "example",
        "requestBodies" => "request body",
        "headers" => "header",
        "securitySchemes" => "security scheme",
        "links" => "link",
        "callbacks" => "callback",
        "pathItems" => "path item",
        other => other,
    }
}

/// Returns a name, shortened if it is long.
pub(crate) fn quoted(name: &str) -> String {
    if name.chars().count() <= LONGEST_QUOTED {
        return name.to_owned();
    }
    name.chars().take(LONGEST_QUOTED).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_the_objects_around_a_value() {
        let document = json!({"paths": {"/a": {"post": {"parameters": [{"name": "size"}, {}]}}}});
        for (at, expected) in [
            ("", ""),
            ("/openapi", ""),
            ("/paths", ""),
            ("/paths/~1a", "path \"/a\""),
            ("/paths/~1a/parameters/0", "path \"/a\": parameter 0"),
            ("/paths/~1a/post/operationId", "POST /a"),
            ("/paths/~1a/post/parameters/0/schema/type", "POST /a: parameter \"size\""),
            ("/paths/~1a/post/parameters/1/in", "POST /a: parameter 1"),
            (
                "/paths/~1a/post/responses/200/content/x~1y/schema/items/properties/b/type",
                "POST /a: response \"200\": property \"b\"",
            ),
            ("/components/schemas/A/properties/properties/type", "schema \"A\": property \"properties\""),
            ("/components/securitySchemes/K/name", "security scheme \"K\""),
        ] {
            assert_eq!(subject(&document, at), expected, "{at}");
        }
        assert_eq!(subject(&document, &format!("/components/schemas/{}", "n".repeat(99))).chars().count(), 70);
    }
}
