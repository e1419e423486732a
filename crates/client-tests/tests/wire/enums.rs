//! Enums: open in responses, closed in requests.

use client_tests::enums::{Client, types};
use runtime::Outcome;
use serde_json::json;
use types::{Color, LampPart, LampState};

use super::{client, last, responding, server};

#[tokio::test]
async fn unlisted_values_are_read_but_not_sent() {
    let body = json!({"color": "blue", "colors": ["red", "blue"], "state": "dimmed", "month": "dec"});
    let server = responding(super::json("200 OK", &body.to_string())).await;
    let client = client::<Client>(&server);
    let lamp = client.read_lamp().send().await.unwrap();
    let color = lamp.color.clone().unwrap();
    let Color::Unknown(unknown) = &color else { panic!("{color:?}") };
    assert_eq!(
        (unknown.as_str(), color.to_string(), format!("{color:?}")),
        ("blue", "blue".into(), "Unknown(Unknown(\"blue\"))".into())
    );
    assert_eq!(lamp.colors.as_ref().unwrap().as_slice(), [Color::Red, color.clone()]);
    // `unknown` is also a documented value
    assert!(matches!(lamp.state.as_ref().unwrap(), LampState::Unknown2(state) if state.as_str() == "dimmed"));
    assert_eq!(serde_json::to_value(lamp.state.as_ref()).unwrap(), "dimmed", "an enum of responses only");

    let error = client.write_lamp().color(color).send().await.unwrap_err();
    assert!(error.to_string().contains("violates enum (the document does not list this value"), "{error}");
    assert_eq!((error.outcome(), server.requests().len()), (Outcome::NotSent, 1));
}

#[tokio::test]
async fn setters_accept_only_listed_strings() {
    let server = server().await;
    let client = client::<Client>(&server);
    for (error, message) in [
        (
            client.write_lamp().color("blue").send().await.unwrap_err().to_string(),
            "color: violates enum (allowed: red, green)",
        ),
        (
            client.read_lamp().sort("left").send().await.unwrap_err().to_string(),
            "sort: violates enum (allowed: up, down)",
        ),
        (
            client.write_lamp().season("x").send().await.unwrap_err().to_string(),
            "season: violates enum (allowed: \
             jan, feb, mar, apr, may, jun, jul, aug, sep, oct, nov, dec and 1 more)",
        ),
    ] {
        assert_eq!(error, message);
    }
    assert!(
        serde_json::from_value::<types::LampChangeSeason>(json!("x")).is_err(),
        "an enum of requests only is closed"
    );
    assert!(server.requests().is_empty());
    let _ = client.write_lamp().color("red").send().await;
    assert_eq!(last(&server).2, r#"{"color":"red"}"#);
}

#[tokio::test]
async fn enums_that_distinguish_variants_are_closed() {
    let server = responding(super::json("200 OK", r#"{"part":{"kind":"cable","watts":1}}"#)).await;
    let lamp = client::<Client>(&server).read_lamp().send().await.unwrap();
    assert!(matches!(lamp.part, Some(LampPart::Cable(_))), "{:?}", lamp.part);
}
