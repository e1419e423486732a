//! The differences between two JSON values, by pointer. White space and the order of keys do not count.

use serde_json::Value;

use crate::pointer;

/// A value that differs between the two sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// JSON Pointer of the value.
    pub pointer: String,
    /// The value on the left; `None` if it is absent.
    pub left: Option<Value>,
    /// The value on the right; `None` if it is absent.
    pub right: Option<Value>,
}

/// Returns the innermost differing values, in the order of the left side, then those that only the right side has.
#[must_use]
pub fn differences(left: &Value, right: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    walk(left, right, "", &mut found);
    found
}

fn walk(left: &Value, right: &Value, at: &str, found: &mut Vec<Difference>) {
    match (left, right) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in a {
                let here = pointer::join(at, key);
                match b.get(key) {
                    Some(other) => walk(value, other, &here, found),
                    None => found.push(Difference { pointer: here, left: Some(value.clone()), right: None }),
                }
            }
            for (key, value) in b.iter().filter(|(key, _)| !a.contains_key(*key)) {
                found.push(Difference { pointer: pointer::join(at, key), left: None, right: Some(value.clone()) });
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            for at_index in 0..a.len().max(b.len()) {
                let here = format!("{at}/{at_index}");
                match (a.get(at_index), b.get(at_index)) {
                    (Some(one), Some(other)) => walk(one, other, &here, found),
                    (one, other) => {
                        found.push(Difference { pointer: here, left: one.cloned(), right: other.cloned() });
                    }
                }
            }
        }
        (one, other) if one == other => {}
        (one, other) => {
            found.push(Difference { pointer: at.to_owned(), left: Some(one.clone()), right: Some(other.clone()) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn returns_the_innermost_differences_only() {
        let left = json!({"a": {"x": 1, "gone": null}, "b": [1, 2], "c": true});
        let right = json!({"c": true, "b": [1, 3, 4], "a": {"x": 2}, "new": {}});
        let found: Vec<_> = differences(&left, &right).into_iter().map(|d| (d.pointer, d.left, d.right)).collect();
        assert_eq!(
            found,
            [
                ("/a/x".into(), Some(json!(1)), Some(json!(2))),
                ("/a/gone".into(), Some(json!(null)), None),
                ("/b/1".into(), Some(json!(2)), Some(json!(3))),
                ("/b/2".into(), None, Some(json!(4))),
                ("/new".into(), None, Some(json!({}))),
            ]
        );
        assert_eq!(differences(&left, &left), []);
    }
}
