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

#[tokio::test]
async fn enums_of_every_type_are_sent_as_their_values() {
    use types::{DialChangeKind, DialChangeMode, Level, ReadDialOrder};
    let server = responding(super::json("200 OK", "{}")).await;
    let client = client::<Client>(&server);
    let call = client.read_dial().dial(2).level(Level::Lowered).levels([Level::Off, Level::FullPower]);
    call.order("-1").x_share(1).only(true).send().await.unwrap();
    assert_eq!(last(&server).0, "GET /dials/2?level=-1&levels=0&levels=10&order=-1&only=true");
    assert_eq!(super::header(&server, "x-share").as_deref(), Some("1.0"));
    for (order, sent) in [
        (ReadDialOrder::LowerAsc, "asc"),
        (ReadDialOrder::UpperAsc, "ASC"),
        (ReadDialOrder::MinusAsc, "-asc"),
        (ReadDialOrder::PlusOne, "%2B1"),
        (ReadDialOrder::MinusOne, "-1"),
        (ReadDialOrder::LessThan, "%3C"),
        (ReadDialOrder::GreaterThanOrEqual, "%3E%3D"),
        (ReadDialOrder::Empty, ""),
        (ReadDialOrder::M2, "m%C2%B2"),
    ] {
        client.read_dial().dial(1).order(order).send().await.unwrap();
        assert_eq!(last(&server).0, format!("GET /dials/1?order={sent}"));
    }
    let call = client.write_dial().dial(1).level(10).steps([1, 3]).small(2).short("ab").heat("").only(true);
    let call = call.kind(DialChangeKind::VoiceChannel).mode(DialChangeMode::False);
    let _ = call.weights([("a".to_owned(), 0.5.try_into().unwrap())]).send().await;
    assert_eq!(
        last(&server).2,
        concat!(
            r#"{"heat":"","kind":1,"level":10,"mode":false,"only":true,"#,
            r#""short":"ab","small":2,"steps":[1,3],"weights":{"a":0.5}}"#
        )
    );
}

#[tokio::test]
async fn unlisted_values_of_every_type_are_not_sent() {
    let server = server().await;
    let client = client::<Client>(&server);
    let write = || client.write_dial().dial(1);
    for (error, message) in [
        (client.read_dial().dial(3).send().await.unwrap_err().to_string(), "dial: violates enum (allowed: 1, 2)"),
        (write().level(1).send().await.unwrap_err().to_string(), "level: violates enum (allowed: -1, 0, 10)"),
        (write().steps([1, 4]).send().await.unwrap_err().to_string(), "steps[1]: violates enum (allowed: 1, 2, 3)"),
        (write().only(false).send().await.unwrap_err().to_string(), "only: violates enum (allowed: true)"),
        // constraints beside an enum leave out values
        (write().small(300).send().await.unwrap_err().to_string(), "small: violates enum (allowed: 1, 2)"),
        (write().short("abc").send().await.unwrap_err().to_string(), "short: violates enum (allowed: a, ab)"),
        (write().mode("other").send().await.unwrap_err().to_string(), "mode: violates enum (allowed: auto, 1, false)"),
        (write().heat("warm").send().await.unwrap_err().to_string(), "heat: violates enum (allowed: heat, cool, )"),
    ] {
        assert_eq!(error, message);
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn unlisted_values_of_every_type_are_read() {
    use types::{DialHeat, DialMode, DialOn, DialShare, Level, Mode, NullEnum};
    let read = |body: serde_json::Value| async move {
        let server = responding(super::json("200 OK", &body.to_string())).await;
        client::<Client>(&server).read_dial().dial(1).send().await
    };
    let body = json!({"level": 10.0, "share": 1, "on": true, "both": false, "mode": 1, "none": null, "heat": "",
        "maybe": "cool", "levels": {"a": 0}});
    let dial = read(body).await.unwrap();
    assert_eq!((dial.level, dial.share, dial.on), (Some(Level::FullPower), Some(DialShare::X1), Some(DialOn::True)));
    assert_eq!((dial.both, dial.mode, dial.heat), (Some(false), Some(DialMode::X1), Some(DialHeat::Empty)));
    assert_eq!((dial.maybe, dial.levels["a"]), (Some(Mode::Cool), Level::Off));
    assert!(dial.none.is_none_or(|none| none == NullEnum::Null));
    let body = json!({"level": 7, "share": 0.25, "on": false, "mode": "manual", "heat": "warm", "maybe": "dry"});
    let dial = read(body).await.unwrap();
    assert_eq!((dial.level.map(i64::from), dial.share.map(f64::from)), (Some(7), Some(0.25)));
    assert_eq!((dial.on.map(bool::from), dial.heat.unwrap().to_string()), (Some(false), "warm".to_owned()));
    assert!(matches!(dial.mode, Some(DialMode::Unknown(_))) && matches!(dial.maybe, Some(Mode::Unknown(_))));
    let dial = read(json!({"share": null, "heat": null, "maybe": null})).await.unwrap();
    assert!(dial.share.is_none() && dial.heat.is_none() && dial.maybe.is_none());
    for wrong in [json!({"level": "10"}), json!({"on": "true"}), json!({"mode": []}), json!({"heat": 1})] {
        assert!(read(wrong.clone()).await.is_err(), "{wrong}");
    }
}
