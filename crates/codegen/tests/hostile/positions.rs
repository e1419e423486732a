//! The string positions of a document: string values and names that its author chooses.

use openapi::pointer;
use serde_json::{Map, Value};

#[derive(Clone, Debug)]
pub(crate) enum Position {
    /// A string value, by its pointer.
    Value(String),
    /// A name in the map at a pointer.
    Name(String, String),
}

impl Position {
    pub(crate) fn is_name(&self) -> bool {
        matches!(self, Self::Name(..))
    }
}

/// Keys whose values are maps of arbitrary names.
const MAPS: &[&str] = &[
    "paths",
    "schemas",
    "properties",
    "responses",
    "content",
    "headers",
    "variables",
    "scopes",
    "securitySchemes",
    "mapping",
    "examples",
    "encoding",
    "flows",
    "get",
];

pub(crate) fn positions(document: &Value) -> Vec<Position> {
    let mut found = Vec::new();
    walk(document, "", &mut found);
    found
}

fn walk(value: &Value, at: &str, found: &mut Vec<Position>) {
    match value {
        Value::String(_) if !at.ends_with("/$ref") => found.push(Position::Value(at.to_owned())),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| walk(item, &format!("{at}/{index}"), found));
        }
        Value::Object(map) => {
            let parent = pointer::segments(at).last().unwrap_or_default();
            for (key, child) in map {
                if MAPS.contains(&parent.as_str()) {
                    found.push(Position::Name(at.to_owned(), key.clone()));
                }
                walk(child, &pointer::join(at, key), found);
            }
        }
        _ => {}
    }
}

/// Returns the document with a string in a position. References to a renamed value are updated.
pub(crate) fn with(document: &Value, position: &Position, text: &str) -> Value {
    let mut document = document.clone();
    match position {
        Position::Value(at) => *document.pointer_mut(at).unwrap() = text.into(),
        Position::Name(at, name) => {
            let map = document.pointer_mut(at).and_then(Value::as_object_mut).unwrap();
            let renamed = std::mem::take(map).into_iter().map(|(key, value)| {
                let key = if key == *name { text.to_owned() } else { key };
                (key, value)
            });
            *map = renamed.collect::<Map<_, _>>();
            let old = format!("#{}", pointer::join(at, name));
            let new = format!("#{}", pointer::join(at, text));
            update_references(&mut document, &old, &new);
        }
    }
    document
}

fn update_references(value: &mut Value, old: &str, new: &str) {
    match value {
        Value::String(reference) if reference == old => *reference = new.to_owned(),
        Value::Array(items) => items.iter_mut().for_each(|item| update_references(item, old, new)),
        Value::Object(map) => map.values_mut().for_each(|child| update_references(child, old, new)),
        _ => {}
    }
}
