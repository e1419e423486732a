//! What a `$ref` says: the file that it names, and the place in it.

use serde_json::{Map, Value};

use crate::{kind::Kind, pointer};

/// The value that a reference within the document leads to, and its pointer.
pub fn follow<'v>(document: &'v Value, reference: &str) -> Option<(String, &'v Value)> {
    let fragment = reference.strip_prefix('#')?;
    // a name that needs escapes in a pointer may stand without them
    if let Some(name) = fragment.strip_prefix("/components/schemas/")
        && let Some(schema) = document.pointer("/components/schemas").and_then(|schemas| schemas.get(name))
    {
        return Some((pointer::join("/components/schemas", name), schema));
    }
    at_fragment(document, fragment)
}

/// The value that a fragment names, as it is or percent-encoded.
pub fn at_fragment<'v>(document: &'v Value, fragment: &str) -> Option<(String, &'v Value)> {
    if let Some(value) = document.pointer(fragment) {
        return Some((fragment.to_owned(), value));
    }
    let decoded = percent_decoded(fragment)?;
    document.pointer(&decoded).map(|value| (decoded.clone(), value))
}

/// The text with its percent escapes decoded; `None` when that is not UTF-8. A `%` that escapes nothing stays as it is.
pub fn percent_decoded(text: &str) -> Option<String> {
    let hex = |byte: Option<&u8>| {
        byte.and_then(|byte| char::from(*byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok())
    };
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if let (b'%', Some(high), Some(low)) = (byte, hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            decoded.push(high * 16 + low);
            at += 3;
        } else {
            decoded.push(*byte);
            at += 1;
        }
    }
    String::from_utf8(decoded).ok()
}

/// Texts beside a reference count before those of what it refers to. A path item may hold operations beside it.
pub fn put_beside(found: &mut Value, beside: Map<String, Value>, kind: Kind) -> Result<(), String> {
    let Value::Object(found) = found else { return Ok(()) };
    for (key, value) in beside {
        if matches!(key.as_str(), "summary" | "description") && value.is_string() {
            found.insert(key, value);
        } else if kind == Kind::PathItem && key != "$ref" {
            if found.get(&key).is_some_and(|other| *other != value) {
                return Err(key);
            }
            found.insert(key, value);
        }
    }
    Ok(())
}

/// A component's name after what a reference names last: words that say what it is, not where it stands.
pub fn name_of(fragment: &str, otherwise: &str) -> String {
    const PLACES: &[&str] = &[
        "properties",
        "items",
        "additionalProperties",
        "allOf",
        "oneOf",
        "anyOf",
        "not",
        "schema",
        "schemas",
        "content",
        "responses",
        "response",
        "requestBody",
        "parameters",
        "headers",
        "get",
        "put",
        "post",
        "delete",
        "options",
        "head",
        "patch",
        "trace",
        "paths",
        "components",
        "definitions",
        "$defs",
        "default",
    ];
    let segments: Vec<_> = pointer::segments(fragment).collect();
    let is_name = |at: usize, segment: &str| {
        let is_content_type = at > 0 && segments[at - 1] == "content";
        !PLACES.contains(&segment) && !is_content_type && segment.contains(|c: char| c.is_alphabetic())
    };
    let named = segments.iter().enumerate().rev().find(|(at, segment)| is_name(*at, segment));
    let named = named.map_or(otherwise, |(_, segment)| segment.as_str());
    let plain: String = named.chars().map(|c| if c.is_alphanumeric() || "-._".contains(c) { c } else { '_' }).collect();
    match plain.trim_matches('_') {
        "" => "Schema".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn follows_escapes_of_pointers_and_of_addresses() {
        let document = json!({"components": {"schemas": {"a/b": 1, "c d": 2, "e%20": 3, "ö": 4}}});
        for (reference, expected) in [
            ("#/components/schemas/a~1b", Some(1)),
            ("#/components/schemas/a/b", Some(1)),
            ("#/components/schemas/c%20d", Some(2)),
            ("#/components/schemas/e%20", Some(3)),
            ("#/components/schemas/%C3%B6", Some(4)),
            ("#/components/schemas/%C3", None),
            ("#/components/schemas/%", None),
            ("other.json#/a", None),
        ] {
            assert_eq!(
                follow(&document, reference).map(|(_, value)| value.clone()),
                expected.map(Value::from),
                "{reference}"
            );
        }
    }

    #[test]
    fn names_after_what_is_named_last() {
        for (fragment, name) in [
            ("/components/schemas/A/properties/b", "b"),
            ("/definitions/X", "X"),
            ("/paths/~1pets/get/responses/200/content/application~1json/schema", "pets"),
            ("/components/schemas/A/properties/list/items", "list"),
            ("", "file"),
            ("/0", "file"),
            ("/a b!", "a_b"),
            ("/badge~1number", "badge_number"),
        ] {
            assert_eq!(name_of(fragment, "file"), name);
        }
    }
}
