//! Compares two definitions of one name.

use openapi::differences;
use serde_json::Value;

/// The result of comparing two definitions.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Comparison {
    /// They are equal; the order of keys and of `required` does not count.
    Equal,
    /// They differ in descriptions only. The value has the longer of each description.
    Descriptions(Value),
    /// They differ in meaning. The pointer is that of the first difference.
    Conflict(String),
}

/// Compares two definitions.
pub(super) fn compare(one: &Value, other: &Value) -> Comparison {
    if one == other || in_order(one) == in_order(other) {
        return Comparison::Equal;
    }
    let mut both = one.clone();
    take_longer(&mut both, other);
    let mut undescribed = (in_order(one), in_order(other));
    strip(&mut undescribed.0);
    strip(&mut undescribed.1);
    match differences(&undescribed.0, &undescribed.1).into_iter().next() {
        None => Comparison::Descriptions(both),
        Some(difference) => Comparison::Conflict(difference.pointer),
    }
}

/// Returns the value with the names in each `required`, which is a set, sorted.
fn in_order(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let one = |(key, value): (&String, &Value)| {
                let mut value = in_order(value);
                if let (Value::Array(names), "required") = (&mut value, key.as_str()) {
                    names.sort_by_key(Value::to_string);
                }
                (key.clone(), value)
            };
            Value::Object(map.iter().map(one).collect())
        }
        Value::Array(items) => items.iter().map(in_order).collect(),
        other => other.clone(),
    }
}

/// Whether an entry is a description. A property named `description` is an object.
fn is_description(key: &str, value: &Value) -> bool {
    key == "description" && value.is_string()
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, value| !is_description(key, value));
            map.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

/// Takes the longer of two descriptions, and of two with one length the one that sorts first, so that the result does
/// not depend on the order of the two definitions.
fn take_longer(one: &mut Value, other: &Value) {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            for (key, theirs) in other {
                match one.get_mut(key) {
                    None if is_description(key, theirs) => drop(one.insert(key.clone(), theirs.clone())),
                    None => {}
                    Some(Value::String(ours)) if key == "description" => {
                        let Some(theirs) = theirs.as_str() else { continue };
                        let rank = |text: &str| (std::cmp::Reverse(text.chars().count()), text.to_owned());
                        if rank(theirs) < rank(ours) {
                            *ours = theirs.to_owned();
                        }
                    }
                    Some(ours) => take_longer(ours, theirs),
                }
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            one.iter_mut().zip(other).for_each(|(one, other)| take_longer(one, other));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keeps_the_longer_description_in_either_order() {
        let one = json!({"type": "object", "description": "ab", "properties": {"description": {"type": "string"}}});
        let other = json!({"description": "abc", "type": "object",
            "properties": {"description": {"type": "string", "description": "x"}}});
        let kept = json!({"type": "object", "description": "abc",
            "properties": {"description": {"type": "string", "description": "x"}}});
        assert_eq!(compare(&one, &other), Comparison::Descriptions(kept.clone()));
        assert_eq!(compare(&other, &one), Comparison::Descriptions(kept));
        assert_eq!(compare(&one, &one.clone()), Comparison::Equal);
    }

    #[test]
    fn required_is_a_set() {
        let (one, other) = (json!({"required": ["a", "b"]}), json!({"required": ["b", "a"]}));
        assert_eq!(compare(&one, &other), Comparison::Equal);
        assert!(matches!(compare(&one, &json!({"required": ["a"]})), Comparison::Conflict(_)));
        assert!(matches!(compare(&json!({"enum": [1, 2]}), &json!({"enum": [2, 1]})), Comparison::Conflict(_)));
    }

    #[test]
    fn a_conflict_has_the_pointer_of_the_first_difference() {
        let one = json!({"properties": {"id": {"type": "string", "description": "x"}}});
        let other = json!({"properties": {"id": {"type": "integer"}}});
        assert_eq!(compare(&one, &other), Comparison::Conflict("/properties/id/type".to_owned()));
        let renamed = json!({"properties": {"description": {"type": "string"}}});
        assert!(matches!(compare(&one, &renamed), Comparison::Conflict(_)));
    }
}
