//! An edit of a document, and its result.

use openapi::pointer;
use serde_json::{Map, Value};

/// An edit of a document's values or of its formatting.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Sets the value at a pointer. Adds it if it is absent; `/-` appends to an array.
    Set(String, Value),
    /// Removes the value at a pointer.
    Remove(String),
    /// Renames the last key of a pointer, without moving it.
    Rename(String, String),
    /// Renames a component schema, also in all references.
    RenameSchema(String, String),
    /// Reverses the order of keys in all objects.
    ReverseKeys,
    /// Removes white space.
    Compact,
    /// Ends lines with CR LF.
    CarriageReturns,
    /// Writes some characters as escapes.
    Escapes,
}

impl Edit {
    pub(super) fn set(pointer: &str, value: impl Into<Value>) -> Self {
        Self::Set(pointer.to_owned(), value.into())
    }

    /// Whether the edit applies to a document and changes it. Does not copy the document.
    pub(super) fn changes(&self, document: &Value) -> bool {
        match self {
            Self::Set(at, value) => {
                let parent = document.pointer(pointer::parent(at).unwrap_or_default());
                parent.is_some_and(|parent| parent.is_object() || parent.is_array())
                    && document.pointer(at) != Some(value)
            }
            Self::Remove(at) => document.pointer(at).is_some(),
            Self::Rename(at, name) => document.pointer(at).is_some() && split(at).1 != *name,
            _ => true,
        }
    }

    /// Returns the edited document. Without a value at its pointer, the edit changes nothing.
    #[must_use]
    pub fn apply(&self, document: &Value) -> Value {
        let mut document = document.clone();
        match self {
            Self::Set(at, value) => {
                let (parent, key) = split(at);
                match document.pointer_mut(parent) {
                    Some(Value::Object(map)) => drop(map.insert(key, value.clone())),
                    Some(Value::Array(items)) if key == "-" => items.push(value.clone()),
                    Some(Value::Array(items)) => {
                        if let Some(item) = key.parse::<usize>().ok().and_then(|index| items.get_mut(index)) {
                            *item = value.clone();
                        }
                    }
                    _ => {}
                }
            }
            Self::Remove(at) => {
                let (parent, key) = split(at);
                match document.pointer_mut(parent) {
                    Some(Value::Object(map)) => drop(map.shift_remove(&key)),
                    Some(Value::Array(items)) => {
                        if let Some(index) = key.parse::<usize>().ok().filter(|index| *index < items.len()) {
                            items.remove(index);
                        }
                    }
                    _ => {}
                }
            }
            Self::Rename(at, name) => {
                let (parent, key) = split(at);
                if let Some(Value::Object(map)) = document.pointer_mut(parent) {
                    *map = rename(std::mem::take(map), &key, name);
                }
            }
            Self::RenameSchema(from, to) => {
                if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") {
                    *schemas = rename(std::mem::take(schemas), from, to);
                }
                let (from, to) = (reference(from), reference(to));
                retarget(&mut document, &from, &to);
            }
            Self::ReverseKeys => document = reversed(document),
            Self::Compact | Self::CarriageReturns | Self::Escapes => {}
        }
        document
    }

    /// Returns the text of the edited document.
    #[must_use]
    pub fn text(&self, document: &Value) -> String {
        let document = self.apply(document);
        let pretty = format!("{document:#}\n");
        match self {
            Self::Compact => document.to_string(),
            Self::CarriageReturns => pretty.replace('\n', "\r\n"),
            // these characters occur in strings only
            Self::Escapes => pretty.replace("scri", "\\u0073cri").replace('/', "\\/"),
            _ => pretty,
        }
    }
}

fn split(at: &str) -> (&str, String) {
    (pointer::parent(at).unwrap_or_default(), pointer::segments(at).last().unwrap_or_default())
}

fn rename(map: Map<String, Value>, from: &str, to: &str) -> Map<String, Value> {
    map.into_iter().map(|(key, value)| (if key == from { to.to_owned() } else { key }, value)).collect()
}

fn reference(name: &str) -> String {
    pointer::join("#/components/schemas", name)
}

fn retarget(value: &mut Value, from: &str, to: &str) {
    match value {
        Value::Object(map) => {
            if let Some(reference) = map.get_mut("$ref").filter(|reference| *reference == from) {
                *reference = to.into();
            }
            map.values_mut().for_each(|value| retarget(value, from, to));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| retarget(value, from, to)),
        _ => {}
    }
}

fn reversed(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(map.into_iter().rev().map(|(key, value)| (key, reversed(value))).collect()),
        Value::Array(items) => Value::Array(items.into_iter().map(reversed).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn edits_only_the_value_at_the_pointer() {
        let document = json!({
            "a/b": {"x": 1, "y": [1, 2]},
            "$ref": "#/components/schemas/A",
            "components": {"schemas": {"A": {}, "B": {}}},
        });
        let edited = |edit: Edit| edit.apply(&document);
        assert_eq!(edited(Edit::set("/a~1b/z", 3))["a/b"], json!({"x": 1, "y": [1, 2], "z": 3}));
        assert_eq!(edited(Edit::set("/a~1b/y/-", 3))["a/b"]["y"], json!([1, 2, 3]));
        assert_eq!(edited(Edit::set("/a~1b/y/0", 3))["a/b"]["y"], json!([3, 2]));
        assert_eq!(edited(Edit::Remove("/a~1b/y/0".into()))["a/b"]["y"], json!([2]));
        let renamed = edited(Edit::Rename("/a~1b/x".into(), "w".into()));
        assert_eq!(renamed["a/b"].to_string(), r#"{"w":1,"y":[1,2]}"#);
        let renamed = edited(Edit::RenameSchema("A".into(), "C".into()));
        assert_eq!(
            (&renamed["$ref"], renamed["components"].to_string()),
            (&json!("#/components/schemas/C"), r#"{"schemas":{"C":{},"B":{}}}"#.to_owned())
        );
        assert_eq!(edited(Edit::set("/nowhere/x", 3)), document);
    }

    #[test]
    fn formatting_edits_keep_all_values() {
        let document = json!({"description": "a/b", "list": [1, {"x": 1, "y": 2}]});
        for edit in [Edit::ReverseKeys, Edit::Compact, Edit::CarriageReturns, Edit::Escapes] {
            let text = edit.text(&document);
            assert_ne!(text, format!("{document:#}\n"), "{edit:?}");
            assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), document, "{edit:?}");
        }
    }
}
