//! Nullable values.

use client_tests::nulls::{Client, types::Node};
use runtime::Outcome;

use super::{client, echo_server, json, last, responding, server};

#[tokio::test]
async fn a_required_nullable_property_is_sent_as_null() {
    let server = echo_server().await;
    let client = client::<Client>(&server);
    let leaf = client.save_node().name_null().parent_null().send().await.unwrap();
    assert_eq!(last(&server).2, r#"{"name":null,"parent":null}"#);
    let root = client.save_node().name("root".to_owned()).parent(leaf).send().await.unwrap();
    assert_eq!(last(&server).2, r#"{"name":"root","parent":{"name":null,"parent":null}}"#);
    assert!(root.parent.is_some_and(|parent| parent.name.is_none()));
}

#[tokio::test]
async fn a_required_nullable_property_that_was_forgotten_is_not_sent_as_null() {
    let server = server().await;
    let client = client::<Client>(&server);
    let set = || client.set_size().width(1).tags(["a".to_owned()]).node_null().unit("mm");
    set().send().await.unwrap();
    assert_eq!(last(&server).2, r#"{"node":null,"tags":["a"],"unit":"mm","width":1}"#);
    client.set_size().width_null().tags_null().node_null().unit_null().send().await.unwrap();
    assert_eq!(last(&server).2, r#"{"node":null,"tags":null,"unit":null,"width":null}"#);
    let sent = server.requests().len();
    for (missing, call) in [
        ("width", client.set_size().tags_null().node_null().unit_null()),
        ("tags", client.set_size().width_null().node_null().unit_null()),
        ("node", client.set_size().width_null().tags_null().unit_null()),
        ("unit", client.set_size().width_null().tags_null().node_null()),
    ] {
        let error = call.send().await.unwrap_err();
        assert_eq!((error.to_string(), error.outcome()), (format!("{missing}: is required"), Outcome::NotSent));
    }
    assert_eq!(server.requests().len(), sent);
}

#[tokio::test]
async fn null_and_absent_are_distinct() {
    let server = server().await;
    let client = client::<Client>(&server);
    for (call, body) in [
        (client.change_node(), "{}"),
        (client.change_node().note("x").tags(["a".to_owned()]), r#"{"note":"x","tags":["a"]}"#),
        (client.change_node().note_null().tags_null().size(1), r#"{"note":null,"size":1,"tags":null}"#),
    ] {
        call.send().await.unwrap();
        assert_eq!(last(&server).2, body);
    }
}

#[test]
fn nullable_schemas_accept_null_and_others_do_not() {
    let text = r#"{
        "name": null,
        "parent": null,
        "children": [{"name": "c", "parent": null}],
        "note": null,
        "level": null,
        "values": [1, null],
        "labels": {"a": null},
        "anything": null
    }"#;
    let node: Node = serde_json::from_str(text).unwrap();
    assert_eq!((node.children.len(), node.values.as_slice()), (1, &[Some(1), None][..]));
    assert_eq!((node.labels["a"].as_ref(), node.level), (None, Some(None)));
    assert!(serde_json::from_str::<Node>(r#"{"name":"a","parent":null,"level":5}"#).is_err());
    assert!(serde_json::from_str::<Node>(r#"{"name":"a","parent":null,"children":[null]}"#).is_err());
}

#[tokio::test]
async fn a_response_body_can_be_null() {
    let server = responding(json("200 OK", "null")).await;
    assert!(client::<Client>(&server).maybe().send().await.unwrap().0.is_none());
    let server = responding(json("200 OK", r#"{"a":1}"#)).await;
    assert_eq!(client::<Client>(&server).maybe().send().await.unwrap().0.and_then(|maybe| maybe.a), Some(1));
}
