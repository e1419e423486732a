//! Rules of numbers, texts, lists and maps: held before a byte is sent, and in what comes back.

use std::collections::HashMap;

use blynk_runtime::Outcome;
use client_tests::rules::{Client, types};
use serde_json::{Value, json};

use super::{answering, client, echoing, last, server};

#[tokio::test]
async fn parameters_are_held_against_their_rules() {
    let server = server().await;
    let client = client::<Client>(&server);
    let id: uuid::Uuid = "6f1c1d3e-2b8f-4b53-9c5d-3f0c0a1b2c3d".parse().unwrap();
    client.list_plants().limit(100).ratio(0.5_f32).ids([id]).send().await.unwrap();
    assert_eq!(last(&server).0, format!("GET /plants?limit=100&ratio=0.5&ids={id}"));
    let list = || client.list_plants();
    for (call, said) in [
        (list().limit(0), "limit: is less than 1"),
        (list().limit(101), "limit: is more than 100"),
        (list().ratio(0_i16), "ratio: must be more than 0"),
        (list().ratio(1.5_f32), "ratio: is more than 1"),
        (list().ids([id, id, id]), "ids: has more than 2 items (3)"),
    ] {
        let error = call.send().await.unwrap_err();
        assert_eq!((error.to_string(), error.outcome()), (said.to_owned(), Outcome::NotSent));
    }
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_body_is_held_against_every_rule_that_the_document_has() {
    let server = echoing().await;
    let client = client::<Client>(&server);
    let day: chrono::NaiveDate = "2026-01-02".parse().unwrap();
    let labels = HashMap::from([("a".to_owned(), "b".try_into().unwrap())]);
    let plant = client.put_plant().height(0.3).pots(5).serial(u64::MAX).level(-1).owner("a@b.example").image("YQ==");
    let plant = plant.rest("P1D").link("/a").host("abc").tags(["a", "b"]).days([day]).size(3).sizes([1, 2]);
    let plant = plant.pairs([vec![1.0, 2.0]]).gaps([None, Some(1)]).anything([json!(1)]).labels(labels);
    let answer = plant.send().await.unwrap();
    assert_eq!(answer.pots.map(blynk_runtime::Number::get), Some(5));
    assert_eq!(answer.labels.as_ref().unwrap().as_map()["a"].as_str(), "b");
    assert_eq!(last(&server).2, serde_json::to_string(&answer).unwrap());

    let put = || client.put_plant();
    for (call, said) in [
        (put().height(1000), "height: must be less than 1000"),
        (put().height(0.35), "height: is not a multiple of 0.1"),
        (put().pots(0), "pots: is less than 1"),
        (put().pots(7), "pots: is not a multiple of 5"),
        (put().serial(-1), "serial: is no number of the type u64"),
        (put().level(0), "level: is more than -1"),
        (put().owner("nobody"), "owner: is not an e-mail address (RFC 5321); write one as name@host.example"),
        (put().owner("someone@a-long-host.example"), "owner: is longer than 20 characters (27)"),
        (put().image("a"), "image: is not base64 (RFC 4648, section 4); it is padded with = to groups of four"),
        (put().rest("1 day"), "rest: is not a duration (RFC 3339, appendix A); write one as P1DT12H"),
        (put().link("a b"), "link: is not a URI reference (RFC 3986); other characters must be percent-encoded"),
        (put().host("ab"), "host: is shorter than 3 characters (2)"),
        (put().tags(["a", "b", "a"]), "tags: repeats an item: [2] is the same as [0]"),
        (put().tags([""]), "tags[0]: must not be empty"),
        (put().days(Vec::<chrono::NaiveDate>::new()), "days: has fewer than 1 item (0)"),
        (put().pairs([vec![1.0]]), "pairs[0]: has fewer than 2 items (1)"),
        (put().gaps([None, None, None]), "gaps: has more than 2 items (3)"),
        (put().size(4), "size: is more than 3"),
        (put().sizes([1, 0]), "sizes[1]: is less than 1"),
        (put().free(HashMap::new()), "free: has fewer than 1 property (0)"),
    ] {
        assert_eq!(call.send().await.unwrap_err().to_string(), said);
    }
}

#[tokio::test]
async fn an_answer_that_breaks_a_rule_is_no_answer_of_the_document() {
    for (body, said) in [
        (json!({"pots": 3}), "PlantPots: is not a multiple of 5"),
        (json!({"tags": ["a", "a"]}), "PlantTags: repeats an item"),
        (json!({"labels": {"a": "1", "b": "2"}}), "PlantLabels: has more than 1 property (2)"),
        (json!({"byDay": {"monday": 0}}), "is less than 1"),
        (json!({"keys": ["a", "b"]}), "PlantKeys: has more than 1 item (2)"),
        (json!({"size": 9}), "Size: is more than 3"),
    ] {
        let server = answering(super::json("200 OK", &body.to_string())).await;
        let error = client::<Client>(&server).put_plant().send().await.unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
    }
}

#[test]
fn the_rules_can_be_read() {
    assert_eq!(types::PlantHeight::RULES.multiple_of, Some(0.1));
    assert_eq!(types::PlantPots::RULES.minimum, Some(1));
    assert_eq!(types::PlantLabels::RULES.max_properties, Some(1));
    let tags = types::PlantTags::RULES;
    assert_eq!(tags, blynk_runtime::ListRules { unique_items: true, ..blynk_runtime::ListRules::ANY });
    let size: Result<types::Size, _> = serde_json::from_value(Value::from(2));
    assert_eq!(size.map(i64::from).unwrap(), 2);
    let keys: types::PlantKeys = serde_json::from_value(json!(["hidden"])).unwrap();
    assert_eq!(format!("{keys:?}"), "[[REDACTED]]");
}
