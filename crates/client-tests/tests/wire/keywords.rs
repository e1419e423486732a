//! Constraints of numbers, strings, arrays and maps, in requests before they are sent and in responses.

use std::collections::HashMap;

use client_tests::keywords::{Client, types};
use runtime::Outcome;
use serde_json::{Value, json};

use super::{client, echo_server, last, responding, server};

#[tokio::test]
async fn parameters_are_validated() {
    let server = server().await;
    let client = client::<Client>(&server);
    let id: uuid::Uuid = "6f1c1d3e-2b8f-4b53-9c5d-3f0c0a1b2c3d".parse().unwrap();
    client.list_plants().limit(100).ratio(0.5_f32).ids([id]).send().await.unwrap();
    assert_eq!(last(&server).0, format!("GET /plants?limit=100&ratio=0.5&ids={id}"));
    let list = || client.list_plants();
    for (call, message) in [
        (list().limit(0), "limit: violates minimum 1"),
        (list().limit(101), "limit: violates maximum 100"),
        (list().ratio(0_i16), "ratio: violates exclusiveMinimum 0"),
        (list().ratio(1.5_f32), "ratio: violates maximum 1"),
        (list().ids([id, id, id]), "ids: violates maxItems 2 (3 items)"),
    ] {
        let error = call.send().await.unwrap_err();
        assert_eq!((error.to_string(), error.outcome()), (message.to_owned(), Outcome::NotSent));
    }
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_body_is_validated_against_every_constraint() {
    let server = echo_server().await;
    let client = client::<Client>(&server);
    let day: chrono::NaiveDate = "2026-01-02".parse().unwrap();
    let labels = HashMap::from([("a".to_owned(), "b".try_into().unwrap())]);
    let plant = client.put_plant().height(0.3).pots(5).serial(u64::MAX).level(-1).owner("a@b.example").image("YQ==");
    let plant = plant.rest("P1D").link("/a").host("abc").tags(["a", "b"]).days([day]).size(3).sizes([1, 2]);
    let plant = plant.pairs([vec![1.0, 2.0]]).gaps([None, Some(1)]).anything([json!(1)]).labels(labels);
    let response = plant.send().await.unwrap();
    assert_eq!(response.pots.unwrap(), 5);
    assert_eq!(response.labels.as_ref().unwrap()["a"], "b");
    assert_eq!(last(&server).2, serde_json::to_string(&response).unwrap());

    let put = || client.put_plant();
    for (call, message) in [
        (put().height(1000), "height: violates exclusiveMaximum 1000"),
        (put().height(0.35), "height: violates multipleOf 0.1"),
        (put().pots(0), "pots: violates minimum 1"),
        (put().pots(7), "pots: violates multipleOf 5"),
        (put().serial(-1), "serial: violates type (out of range for u64)"),
        (put().level(0), "level: violates maximum -1"),
        (
            put().owner("nobody"),
            "owner: violates format email: not an e-mail address (RFC 5321); expected a form such as name@host.example",
        ),
        (put().owner("someone@a-long-host.example"), "owner: violates maxLength 20 (27 characters)"),
        (
            put().image("a"),
            "image: violates format byte: not base64 (RFC 4648, section 4); pad the string with = to a multiple of \
             four characters",
        ),
        (
            put().rest("1 day"),
            "rest: violates format duration: not a duration (RFC 3339, appendix A); expected a form such as P1DT12H",
        ),
        (
            put().link("a b"),
            "link: violates format uri-reference: not a URI reference (RFC 3986); spaces and non-ASCII \
             characters must be percent-encoded",
        ),
        (put().host("ab"), "host: violates minLength 3 (2 characters)"),
        (put().tags(["a", "b", "a"]), "tags: violates uniqueItems (items 0 and 2 are equal)"),
        (put().tags([""]), "tags[0]: violates minLength 1 (0 characters)"),
        (put().days(Vec::<chrono::NaiveDate>::new()), "days: violates minItems 1 (0 items)"),
        (put().pairs([vec![1.0]]), "pairs[0]: violates minItems 2 (1 item)"),
        (put().gaps([None, None, None]), "gaps: violates maxItems 2 (3 items)"),
        (put().size(4), "size: violates maximum 3"),
        (put().sizes([1, 0]), "sizes[1]: violates minimum 1"),
        (put().free(HashMap::new()), "free: violates minProperties 1 (0 properties)"),
    ] {
        assert_eq!(call.send().await.unwrap_err().to_string(), message);
    }
}

#[tokio::test]
async fn an_invalid_response_is_an_error() {
    for (body, message) in [
        (json!({"pots": 3}), "PlantPots violates multipleOf 5"),
        (json!({"tags": ["a", "a"]}), "PlantTags violates uniqueItems"),
        (json!({"labels": {"a": "1", "b": "2"}}), "PlantLabels violates maxProperties 1 (2 properties)"),
        (json!({"byDay": {"monday": 0}}), "violates minimum 1"),
        (json!({"keys": ["a", "b"]}), "PlantKeys violates maxItems 1 (2 items)"),
        (json!({"size": 9}), "Size violates maximum 3"),
    ] {
        let server = responding(super::json("200 OK", &body.to_string())).await;
        let error = client::<Client>(&server).put_plant().send().await.unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
    }
}

#[test]
fn constraints_are_public_constants() {
    assert_eq!(types::PlantHeight::CONSTRAINTS.multiple_of, Some(0.1));
    assert_eq!(types::PlantPots::CONSTRAINTS.minimum, Some(1));
    assert_eq!(types::PlantLabels::CONSTRAINTS.max_properties, Some(1));
    let tags = types::PlantTags::CONSTRAINTS;
    assert_eq!(tags, runtime::VecConstraints { unique_items: true, ..runtime::VecConstraints::ANY });
    let size: Result<types::Size, _> = serde_json::from_value(Value::from(2));
    assert_eq!(size.map(i64::from).unwrap(), 2);
    let keys: types::PlantKeys = serde_json::from_value(json!(["hidden"])).unwrap();
    assert_eq!(format!("{keys:?}"), "[[REDACTED]]");
}
