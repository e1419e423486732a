//! Whether two definitions of one name say the same.

use openapi::differences;
use serde_json::Value;

/// How two definitions compare.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Agreement {
    /// They are equal, but for the order of keys.
    Equal,
    /// They differ in descriptions only; this one has the longer of each.
    Descriptions(Value),
    /// They mean different things; the pointer leads to the first one that differs.
    Clash(String),
}

pub(super) fn agree(one: &Value, other: &Value) -> Agreement {
    if one == other || in_order(one) == in_order(other) {
        return Agreement::Equal;
    }
    let mut both = one.clone();
    take_longer(&mut both, other);
    let mut undescribed = (in_order(one), in_order(other));
    strip(&mut undescribed.0);
    strip(&mut undescribed.1);
    match differences(&undescribed.0, &undescribed.1).into_iter().next() {
        None => Agreement::Descriptions(both),
        Some(difference) => Agreement::Clash(difference.pointer),
    }
}

/// With the names in each `required` sorted: it is a set.
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

/// A property that is called `description` is an object, and a description is a text.
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

/// The longer of two descriptions, of two of one length the one that sorts first: whichever came first does not matter.
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
    fn the_longer_description_is_kept_whichever_comes_first() {
        let one = json!({"type": "object", "description": "ab", "properties": {"description": {"type": "string"}}});
        let other = json!({"description": "abc", "type": "object",
            "properties": {"description": {"type": "string", "description": "x"}}});
        let kept = json!({"type": "object", "description": "abc",
            "properties": {"description": {"type": "string", "description": "x"}}});
        assert_eq!(agree(&one, &other), Agreement::Descriptions(kept.clone()));
        assert_eq!(agree(&other, &one), Agreement::Descriptions(kept));
        assert_eq!(agree(&one, &one.clone()), Agreement::Equal);
    }

    #[test]
    fn what_is_required_is_a_set() {
        let (one, other) = (json!({"required": ["a", "b"]}), json!({"required": ["b", "a"]}));
        assert_eq!(agree(&one, &other), Agreement::Equal);
        assert!(matches!(agree(&one, &json!({"required": ["a"]})), Agreement::Clash(_)));
        assert!(matches!(agree(&json!({"enum": [1, 2]}), &json!({"enum": [2, 1]})), Agreement::Clash(_)));
    }

    #[test]
    fn a_clash_is_told_at_the_first_value_that_differs() {
        let one = json!({"properties": {"id": {"type": "string", "description": "x"}}});
        let other = json!({"properties": {"id": {"type": "integer"}}});
        assert_eq!(agree(&one, &other), Agreement::Clash("/properties/id/type".to_owned()));
        let renamed = json!({"properties": {"description": {"type": "string"}}});
        assert!(matches!(agree(&one, &renamed), Agreement::Clash(_)));
    }
}
