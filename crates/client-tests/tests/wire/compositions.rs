//! Compositions of every kind.

use client_tests::compositions::{
    Client,
    types::{Both, Event, EventVariant2, Model, Named, Narrow, Word},
};

use super::{client, echoing, last, server};

#[tokio::test]
async fn a_branch_takes_what_stands_beside_the_union() {
    let server = echoing().await;
    let client = client::<Client>(&server);
    let answer = client.save_event().body(EventVariant2 { at: 7, value: 1.5 }).send().await.unwrap();
    assert_eq!(last(&server).2, r#"{"at":7,"value":1.5}"#);
    assert!(matches!(answer, Event::Variant2(event) if event.at == 7));
}

#[test]
fn no_property_of_any_branch_is_lost() {
    let event: Event = serde_json::from_str(r#"{"at":1,"level":"low"}"#).unwrap();
    assert!(matches!(event, Event::Alarm(event) if event.level.is_some()));
    let named: Named = serde_json::from_str(r#"{"at":1,"value":2,"name":"n"}"#).unwrap();
    assert!(matches!(&named, Named::EventVariant2(named) if named.value == 2.0 && named.name.as_deref() == Some("n")));
    assert!(serde_json::from_str::<Event>(r#"{"level":"low"}"#).is_err());
    let both: Both = serde_json::from_str(r#"{"x":{"a":"1","b":"2"}}"#).unwrap();
    assert_eq!(serde_json::to_string(&both).unwrap(), r#"{"x":{"a":"1","b":"2"}}"#);
}

#[tokio::test]
async fn demands_and_exclusions_leave_every_property_to_set() {
    let server = server().await;
    let client = client::<Client>(&server);
    client.save_contact().mail("m").phone("p").code(7).send().await.unwrap();
    assert_eq!(last(&server).2, r#"{"code":7,"mail":"m","phone":"p"}"#);
}

#[test]
fn texts_keep_their_rules_through_compositions() {
    for (text, fits) in [("a", false), ("ab", true), ("abc", true), ("abcd", false)] {
        assert_eq!(Narrow::try_from(text).is_ok(), fits, "{text}");
    }
    assert!(Word::try_from("no".to_owned()).is_err() && Word::try_from("yes".to_owned()).is_ok());
    let model: Model = serde_json::from_str(r#""medium""#).unwrap();
    assert_eq!(serde_json::to_string(&model).unwrap(), r#""medium""#);
}
