//! References within a document, and their targets.

use std::{
    cell::OnceCell,
    collections::{BTreeSet, HashMap},
};

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::{
    kind::{Kind, each_value},
    limits::MOST_REFERENCES,
    method::Method,
    pointer,
};

/// The target of a reference.
#[derive(Clone, Debug, PartialEq)]
pub struct Target<'d> {
    /// JSON Pointer of the target.
    pub pointer: String,
    /// The target itself.
    pub value: &'d Value,
}

/// Resolves references of one document. It collects the document's anchors once.
#[derive(Debug)]
pub struct Resolver<'d> {
    document: &'d Value,
    anchors: OnceCell<Anchors>,
}

impl<'d> Resolver<'d> {
    /// Returns a resolver for a document.
    #[must_use]
    pub fn new(document: &'d Value) -> Self {
        Self { document, anchors: OnceCell::new() }
    }

    /// Returns the target of a reference within the document: a JSON Pointer (RFC 6901), percent-encoded or not,
    /// or an `$anchor`. `None` if the target is missing or in another file.
    #[must_use]
    pub fn resolve(&self, reference: &str) -> Option<Target<'d>> {
        let fragment = reference.strip_prefix('#')?;
        // documents write component names without the escapes that a pointer requires
        if let Some(name) = fragment.strip_prefix("/components/schemas/")
            && let Some(value) = self.document.pointer("/components/schemas").and_then(|schemas| schemas.get(name))
        {
            return Some(Target { pointer: pointer::join("/components/schemas", name), value });
        }
        at_fragment(self.document, fragment, &self.anchors)
    }

    /// Returns the value at a pointer, or the last target of the chain of references that begins there. A chain with a
    /// missing target ends before it; a cycle ends after the largest allowed number of references.
    #[must_use]
    pub fn dereference(&self, pointer: &str) -> Option<Target<'d>> {
        let mut target = Target { pointer: pointer.to_owned(), value: self.document.pointer(pointer)? };
        for _ in 0..MOST_REFERENCES {
            match self.next(target.value) {
                Some(next) => target = next,
                None => break,
            }
        }
        Some(target)
    }

    /// Returns a value of the document, or the last target of the chain of references that begins with it, as
    /// [`Resolver::dereference`] does.
    #[must_use]
    pub fn value(&self, value: &'d Value) -> &'d Value {
        let mut value = value;
        for _ in 0..MOST_REFERENCES {
            match self.next(value) {
                Some(next) => value = next.value,
                None => break,
            }
        }
        value
    }

    fn next(&self, value: &Value) -> Option<Target<'d>> {
        self.resolve(value.get("$ref")?.as_str()?)
    }
}

/// Pointers of the schemas with an `$anchor` or `$dynamicAnchor`, by anchor.
pub(crate) type Anchors = HashMap<String, String>;

/// Returns the target of the fragment of a reference. Collects the anchors on first use.
pub(crate) fn at_fragment<'d>(document: &'d Value, fragment: &str, known: &OnceCell<Anchors>) -> Option<Target<'d>> {
    let at = |pointer: &str| document.pointer(pointer).map(|value| Target { pointer: pointer.to_owned(), value });
    if let Some(target) = at(fragment) {
        return Some(target);
    }
    let decoded = percent_decode_str(fragment).decode_utf8().ok()?;
    if decoded.is_empty() || decoded.starts_with('/') {
        return at(&decoded);
    }
    at(known.get_or_init(|| anchors(document)).get(&*decoded)?)
}

fn anchors(document: &Value) -> Anchors {
    let mut found = HashMap::new();
    each_value(document, &mut |value, kind, at| {
        let keywords = if kind.is_schema() { ["$anchor", "$dynamicAnchor"].as_slice() } else { &[] };
        for anchor in keywords.iter().filter_map(|keyword| value.get(*keyword)?.as_str()) {
            found.entry(anchor.to_owned()).or_insert_with(|| at.to_owned());
        }
    });
    found
}

/// Adds the pointers of all direct and indirect targets of the references in a value.
pub fn collect_targets(value: &Value, resolver: &Resolver<'_>, found: &mut BTreeSet<String>) {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => {
                let reference = map.get("$ref").and_then(Value::as_str);
                if let Some(target) = reference.and_then(|reference| resolver.resolve(reference))
                    && found.insert(target.pointer)
                {
                    open.push(target.value);
                }
                open.extend(map.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
}

/// Returns the target of one reference, as [`Resolver::resolve`] does.
#[must_use]
pub fn resolve<'d>(document: &'d Value, reference: &str) -> Option<Target<'d>> {
    Resolver::new(document).resolve(reference)
}

/// Returns the pointer of the last target of the references that begin at a pointer, as [`Resolver::dereference`] does;
/// the pointer itself if the document has no value there.
#[must_use]
pub fn dereferenced_pointer(document: &Value, pointer: &str) -> String {
    Resolver::new(document).dereference(pointer).map_or_else(|| pointer.to_owned(), |target| target.pointer)
}

/// Returns the last target of the references that begin with a value, as [`Resolver::value`] does.
#[must_use]
pub fn dereferenced<'d>(document: &'d Value, value: &'d Value) -> &'d Value {
    Resolver::new(document).value(value)
}

/// Returns the file part of a reference; `None` for a reference within its own file.
#[must_use]
pub fn file(reference: &str) -> Option<&str> {
    Some(reference.split('#').next().unwrap_or_default()).filter(|file| !file.is_empty())
}

/// Merges the siblings of a reference into its target: `summary` and `description` override those of the target, and a
/// path item may have further operations.
///
/// # Errors
/// The key that both a path item and its target define, with different values.
pub fn merge_siblings(target: &mut Value, siblings: Map<String, Value>, kind: Kind) -> Result<(), String> {
    let Value::Object(target) = target else { return Ok(()) };
    for (key, value) in siblings {
        if matches!(key.as_str(), "summary" | "description") && value.is_string() {
            target.insert(key, value);
        } else if kind == Kind::PathItem && key != "$ref" {
            if target.get(&key).is_some_and(|other| *other != value) {
                return Err(key);
            }
            target.insert(key, value);
        }
    }
    Ok(())
}

/// Returns a component name for the target of a reference: the last segment that is a name and no keyword, else
/// `fallback`.
pub fn name_of(fragment: &str, fallback: &str) -> String {
    const KEYWORDS: &[&str] = &[
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
        "paths",
        "components",
        "definitions",
        "$defs",
        "default",
    ];
    let segments: Vec<_> = pointer::segments(fragment).collect();
    let is_name = |at: usize, segment: &str| {
        let is_content_type = at > 0 && segments[at - 1] == "content";
        !KEYWORDS.contains(&segment)
            && Method::of_key(segment).is_none()
            && !is_content_type
            && segment.contains(|c: char| c.is_alphabetic())
    };
    let named = segments.iter().enumerate().rev().find(|(at, segment)| is_name(*at, segment));
    let named = named.map_or(fallback, |(_, segment)| segment.as_str());
    let plain: String = named.chars().map(|c| if c.is_alphanumeric() || "-._".contains(c) { c } else { '_' }).collect();
    match plain.trim_matches('_') {
        "" => "Schema".to_owned(),
        name => name.to_owned(),
    }
}

/// Returns the name, with the smallest number from 2 appended that makes it unused, if it is taken.
pub fn free_name(name: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(name) {
        return name.to_owned();
    }
    (2_u32..).map(|number| format!("{name}{number}")).find(|name| !taken(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn resolves_pointer_escapes_and_percent_encoding() {
        let document =
            json!({"components": {"schemas": {"a/b": 1, "c d": 2, "e%20": 3, "ö": 4, "F": {"$anchor": "ä"}}}});
        let values = [json!(0), json!(1), json!(2), json!(3), json!(4), json!({"$anchor": "ä"})];
        for (reference, expected) in [
            ("#/components/schemas/a~1b", Some(1)),
            ("#/components/schemas/a/b", Some(1)),
            ("#/components/schemas/c%20d", Some(2)),
            ("#/components/schemas/e%20", Some(3)),
            ("#/components/schemas/%C3%B6", Some(4)),
            ("#/components/schemas/%C3", None),
            ("#/components/schemas/%", None),
            ("other.json#/a", None),
            ("#ä", Some(5)),
            ("#%C3%A4", Some(5)),
            ("#b", None),
        ] {
            let found = resolve(&document, reference).map(|target| target.value.clone());
            assert_eq!(found, expected.map(|number| values[number].clone()), "{reference}");
        }
    }

    #[test]
    fn names_a_target_after_its_last_name() {
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
