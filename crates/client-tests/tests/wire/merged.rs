//! Keywords beside a reference, and properties that several subschemas define.

use std::collections::HashMap;

use client_tests::{
    merged::{Client, types},
    merged_31,
};
use runtime::Outcome;
use serde_json::{Value, json};

use super::{client, echo_server, last};

fn order() -> Value {
    json!({"code": "ab", "parent": {"kind": "cow"}})
}

/// Whether the type accepts an order with this property.
fn accepts(property: &str, value: Value) -> bool {
    let mut order = order();
    order[property] = value;
    serde_json::from_value::<types::Order>(order).is_ok()
}

#[test]
fn a_type_enforces_the_keywords_of_the_reference_and_of_those_beside_it() {
    for (property, valid, invalid) in [
        ("code", json!(["ab", "abcd"]), json!(["a", "abcde", "AB"])),
        ("note", json!(["ab", "abcde", null]), json!(["a", "abcdef"])),
        ("plain", json!(["ab", "abcdef"]), json!(["a"])),
        ("count", json!([0, 15]), json!([-5, 20, 7])),
        ("link", json!(["http://a.example/"]), json!(["a b", "http://a.example/aaaaaaaaaaaaaaaaaaaa"])),
        ("maybe", json!(["ab", null]), json!(["abc"])),
        ("named", json!(["abc", null]), json!([1])),
        ("tags", json!([["abc"]]), json!([[], ["abcd"], ["a", "b", "c", "d"]])),
        ("labels", json!([{"a": "b"}]), json!([{}, {"a": "1", "b": "2", "c": "3"}])),
        ("codes", json!([["ab"], []]), json!([["a"], ["abcd"]])),
        ("counts", json!([{"a": 9}, {}]), json!([{"a": -1}, {"a": 10}])),
        ("either", json!(["ab", 7]), json!(["", "abc", true])),
    ] {
        for (values, is_valid) in [(valid, true), (invalid, false)] {
            for value in values.as_array().unwrap() {
                assert_eq!(accepts(property, value.clone()), is_valid, "{property}: {value}");
            }
        }
    }
}

#[tokio::test]
async fn a_request_that_violates_a_merged_constraint_is_not_sent() {
    let server = echo_server().await;
    let client = client::<Client>(&server);
    let parent = || types::Animal { kind: types::AnimalKind::Cow, name: None, home: None };
    let save = || client.save_order().id("abcd").code("ab").parent(parent());
    let saved = save().page(9).state(types::OrderState::Lost).note("abc").tags(["a"]).send().await.unwrap();
    assert_eq!(last(&server).0, "PUT /orders/abcd?page=9");
    assert_eq!(last(&server).2, r#"{"code":"ab","note":"abc","parent":{"kind":"cow"},"state":"lost","tags":["a"]}"#);
    assert_eq!(saved.state, Some(types::OrderState::Lost));
    for (call, message) in [
        (save().id("abcde"), "id: violates maxLength 4 (5 characters)"),
        (save().id("a"), "id: violates minLength 2 (1 character)"),
        (save().page(10), "page: violates maximum 9"),
        (save().page(-1), "page: violates minimum 0"),
        (save().count(20), "count: violates maximum 19"),
        (save().tags(["abcd"]), "tags[0]: violates maxLength 3 (4 characters)"),
        (save().labels(HashMap::<String, String>::new()), "labels: violates minProperties 1 (0 properties)"),
    ] {
        let error = call.send().await.unwrap_err();
        assert_eq!((error.to_string(), error.outcome()), (message.to_owned(), Outcome::NotSent));
    }
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_subtype_narrows_a_property_of_its_base() {
    let cat = |json: Value| serde_json::from_value::<types::Cat>(json);
    let valid = json!({"kind": "cat", "name": "Tom", "lives": 9, "home": {"street": "s"}});
    let tom = cat(valid.clone()).unwrap();
    assert_eq!(serde_json::to_value(&tom).unwrap(), valid);
    // the types in the base are the same
    let _: Option<types::AnimalHome> = tom.home;
    for invalid in [json!({"kind": "cat", "name": ""}), json!({"kind": "cat", "name": "Tommy"}), json!({"kind": "cat"})]
    {
        assert!(cat(invalid.clone()).is_err(), "{invalid}");
    }
    let repeated = |size: i64| serde_json::from_value::<types::Repeated>(json!({"size": size}));
    assert!(repeated(1).is_ok() && repeated(0).is_err());
}

#[test]
fn a_variant_narrows_a_property_beside_the_union() {
    let payment = |json: Value| serde_json::from_value::<types::Payment>(json);
    assert!(payment(json!({"method": "bank", "amount": 100, "iban": "12345"})).is_ok());
    for invalid in [
        json!({"method": "bank", "amount": 0, "iban": "12345"}),
        json!({"method": "bank", "amount": 1, "iban": "1"}),
        json!({"method": "card", "amount": 100, "card": "1"}),
        json!({"amount": 1, "card": "1"}),
    ] {
        assert!(payment(invalid.clone()).is_err(), "{invalid}");
    }
    let two: types::Two = serde_json::from_value(json!({"size": 3})).unwrap();
    assert!(matches!(two, types::Two::Repeated(_)));
}

#[test]
fn keywords_beside_a_reference_apply_in_3_1() {
    let accepts = |property: &str, value: &Value| {
        let mut job = json!({"kind": "b"});
        job[property] = value.clone();
        serde_json::from_value::<merged_31::types::Job>(job).is_ok()
    };
    for (property, valid, invalid) in [
        ("word", json!(["zz"]), json!([1])),
        ("text", json!(["a", "abcd"]), json!(["", "abcde"])),
        ("limit", json!([1, 9, null]), json!([0, 10])),
        ("labels", json!([{"a": "b"}]), json!([{}, {"a": "1", "b": "2", "c": "3"}])),
        ("or_null", json!(["ab", null]), json!(["", "abc"])),
    ] {
        for (values, is_valid) in [(valid, true), (invalid, false)] {
            for value in values.as_array().unwrap() {
                assert_eq!(accepts(property, value), is_valid, "{property}: {value}");
            }
        }
    }
    // the only listed value; others are read, and not sent
    assert_eq!(serde_json::to_value(merged_31::types::JobKind::B).unwrap(), "b");
}
