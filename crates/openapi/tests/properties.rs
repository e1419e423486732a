//! Properties that hold for every JSON value.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use openapi::{Document, differences, pointer, reindent};
use proptest::prelude::*;
use serde_json::Value;

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_filter("JSON has no NaN", |number| number.is_finite()).prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((".{0,6}", inner), 0..5)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// Collects the pointers of all values in a value.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(map) => map.iter().for_each(|(key, child)| pointers(child, &pointer::join(at, key), found)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, child)| pointers(child, &format!("{at}/{index}"), found));
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn reindenting_changes_white_space_only(value in any_json()) {
        let compact = value.to_string();
        let indented = reindent(&compact);
        prop_assert_eq!(&indented, &(serde_json::to_string_pretty(&value).unwrap() + "\n"));
        prop_assert_eq!(reindent(&indented), indented);
    }

    #[test]
    fn locates_every_value(value in any_json()) {
        let object = serde_json::json!({"root": value});
        let text = reindent(&object.to_string());
        let document = Document::parse("test", text.clone()).unwrap();
        let mut all = Vec::new();
        pointers(&object, "", &mut all);
        for at in all {
            let place = document.location(&at).unwrap();
            let line = text.lines().nth(place.line - 1).unwrap();
            let rest: String = line.chars().skip(place.column - 1).collect();
            let first = match object.pointer(&at).unwrap() {
                Value::Object(_) => "{".to_owned(),
                Value::Array(_) => "[".to_owned(),
                leaf => leaf.to_string(),
            };
            prop_assert!(rest.starts_with(&first), "{}: {:?} at {:?}", at, first, rest);
        }
    }

    #[test]
    fn differences_are_empty_exactly_for_equal_values(left in any_json(), right in any_json()) {
        prop_assert_eq!(differences(&left, &left), []);
        prop_assert_eq!(differences(&left, &right).is_empty(), left == right);
        for one in differences(&left, &right) {
            prop_assert_eq!(left.pointer(&one.pointer), one.left.as_ref());
            prop_assert_eq!(right.pointer(&one.pointer), one.right.as_ref());
        }
    }

    #[test]
    fn the_parser_never_panics(text in "[\\[\\]{}\",:a-z0-9 \n&*!|>'#-]{0,60}") {
        let _ = Document::parse("test", text);
    }
}
