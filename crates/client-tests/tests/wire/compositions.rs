//! Compositions: `allOf`, `oneOf`, `anyOf` and `not`.

use client_tests::compositions::{
    Client,
    types::{Both, Event, EventVariant2, Model, Named, Narrow, Word},
};

use super::{client, echo_server, last, server};

#[tokio::test]
async fn a_variant_has_the_properties_beside_the_union() {
    let server = echo_server().await;
    let client = client::<Client>(&server);
    let response = client.save_event().body(EventVariant2 { at: 7, value: 1.5 }).send().await.unwrap();
    assert_eq!(last(&server).2, r#"{"at":7,"value":1.5}"#);
    assert!(matches!(response, Event::Variant2(event) if event.at == 7));
}

#[test]
fn no_property_of_a_variant_is_lost() {
    let event: Event = serde_json::from_str(r#"{"at":1,"level":"low"}"#).unwrap();
    assert!(matches!(event, Event::Alarm(event) if event.level.is_some()));
    let named: Named = serde_json::from_str(r#"{"at":1,"value":2,"name":"n"}"#).unwrap();
    assert!(matches!(&named, Named::EventVariant2(named) if named.value == 2.0 && named.name.as_deref() == Some("n")));
    assert!(serde_json::from_str::<Event>(r#"{"level":"low"}"#).is_err());
    let both: Both = serde_json::from_str(r#"{"x":{"a":"1","b":"2"}}"#).unwrap();
    assert_eq!(serde_json::to_string(&both).unwrap(), r#"{"x":{"a":"1","b":"2"}}"#);
}

#[tokio::test]
async fn every_property_has_a_setter_despite_required_and_not() {
    let server = server().await;
    let client = client::<Client>(&server);
    client.save_contact().mail("m").phone("p").code(7).send().await.unwrap();
    assert_eq!(last(&server).2, r#"{"code":7,"mail":"m","phone":"p"}"#);
}

#[test]
fn strings_keep_their_constraints_in_compositions() {
    for (text, is_valid) in [("a", false), ("ab", true), ("abc", true), ("abcd", false)] {
        assert_eq!(Narrow::try_from(text).is_ok(), is_valid, "{text}");
    }
    assert!(Word::try_from("no".to_owned()).is_err() && Word::try_from("yes".to_owned()).is_ok());
    let model: Model = serde_json::from_str(r#""medium""#).unwrap();
    assert_eq!(serde_json::to_string(&model).unwrap(), r#""medium""#);
}
