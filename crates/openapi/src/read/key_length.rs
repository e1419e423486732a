//! Limits of the length of keys: passes store pointers of many values, and each pointer has all keys around its value.

use serde_json::Value;

use crate::{
    Problem,
    limits::{LONGEST_KEY, LONGEST_POINTER},
    plain::quoted,
    pointer,
};

/// Returns a problem for the first key that is too long, by itself or with those around it.
pub(super) fn too_long(value: &Value) -> Option<Problem> {
    let (segments, what) = search(value, 0)?;
    let at = segments.iter().rev().fold(String::new(), |at, segment| pointer::join(&at, segment));
    Some(Problem::new(what, "use shorter keys, or nest less deeply").pointing_to(at))
}

/// Returns the segments of its pointer, the last one first, and the message.
fn search(value: &Value, length: usize) -> Option<(Vec<String>, String)> {
    let within = |key: &str, value: &Value| {
        if key.len() > LONGEST_KEY {
            let what = format!("key {} has {} bytes, the limit is {LONGEST_KEY}", quoted(key), key.len());
            return Some((vec![key.to_owned()], what));
        }
        let length = length + 1 + key.len();
        if length > LONGEST_POINTER {
            let what = format!("the keys around {} have {length} bytes, the limit is {LONGEST_POINTER}", quoted(key));
            return Some((vec![key.to_owned()], what));
        }
        let (mut segments, what) = search(value, length)?;
        segments.push(key.to_owned());
        Some((segments, what))
    };
    match value {
        Value::Object(map) => map.iter().find_map(|(key, value)| within(key, value)),
        Value::Array(items) => {
            let mut inner = items.iter().enumerate().filter(|(_, item)| item.is_object() || item.is_array());
            inner.find_map(|(index, item)| within(&index.to_string(), item))
        }
        _ => None,
    }
}
