//! The parts of a document that can be carved: schemas, responses and operations.

use openapi::{
    kind::{Kind, each_below},
    limits::MOST_REFERENCES,
    pointer,
    references::Resolver,
};
use serde_json::Value;

use crate::carved::{Effect, replacement};

/// A part, with what is done with it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    pub(super) pointer: String,
    pub(super) effect: Effect,
}

/// Returns the parts around a pointer, the outermost first. The pointer may go through references, and may end in a
/// value that the document lacks.
pub(super) fn around(document: &Value, pointer: &str) -> Vec<Part> {
    let resolver = Resolver::new(document);
    let mut parts = Vec::new();
    let (mut value, mut kind, mut at) = (document, Kind::Root, String::new());
    let mut references = 0;
    for segment in pointer::segments(pointer) {
        while child(value, &segment).is_none()
            && references < MOST_REFERENCES
            && let Some(target) =
                value.get("$ref").and_then(Value::as_str).and_then(|reference| resolver.resolve(reference))
        {
            references += 1;
            (value, kind, at) = (target.value, Kind::of_pointer(document, &target.pointer), target.pointer);
            parts.extend(part(kind, &at));
        }
        let Some(inner) = child(value, &segment) else { break };
        kind = if value.is_array() { kind.of_item() } else { kind.of_key(&segment) };
        value = inner;
        at = pointer::join(&at, &segment);
        parts.extend(part(kind, &at));
    }
    parts
}

fn child<'v>(value: &'v Value, segment: &str) -> Option<&'v Value> {
    match value {
        Value::Object(map) => map.get(segment),
        Value::Array(items) => items.get(segment.parse::<usize>().ok()?),
        _ => None,
    }
}

fn part(kind: Kind, at: &str) -> Option<Part> {
    let effect = match kind {
        kind if kind.is_schema() => Effect::AnyValue,
        Kind::Response => Effect::NoContent,
        Kind::Operation => Effect::LeftOut,
        _ => return None,
    };
    Some(Part { pointer: at.to_owned(), effect })
}

/// Whether a part differs from its replacement.
pub(super) fn is_carvable(document: &Value, part: &Part) -> bool {
    document.pointer(&part.pointer).is_some_and(|value| replacement(value, part.effect) != *value)
}

/// Keywords of subschemas that narrow the values of their schema no further when they accept any value.
const WIDENING: &[&str] = &["items", "additionalProperties", "allOf", "oneOf", "anyOf", "properties"];

/// Returns the outermost schemas within a part that do not accept any value yet.
pub(super) fn schemas_within(document: &Value, part: &Part) -> Vec<Part> {
    let Some(value) = document.pointer(&part.pointer) else { return Vec::new() };
    let mut found: Vec<Part> = Vec::new();
    let kind = Kind::of_pointer(document, &part.pointer);
    each_below(value, kind, &mut part.pointer.clone(), &mut |value, kind, at| {
        let is_new = at != part.pointer && !found.last().is_some_and(|last| is_within(at, &last.pointer));
        let schema = Part { pointer: at.to_owned(), effect: Effect::AnyValue };
        if kind.is_schema() && is_new && replacement(value, Effect::AnyValue) != *value {
            found.push(schema);
        }
    });
    if part.effect == Effect::AnyValue {
        let keyword = |at: &str| pointer::segments(at.get(part.pointer.len()..).unwrap_or_default()).next();
        found.retain(|schema| keyword(&schema.pointer).is_some_and(|keyword| WIDENING.contains(&keyword.as_str())));
    }
    found
}

fn is_within(at: &str, outer: &str) -> bool {
    at.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
}
