//! Values of unions, sent and read back.

use client_tests::unions::{
    Client,
    types::{
        Circle, CircleBase, Dog, Go, GoKind, Item, Letter, Parcel, Person, Pet, Ring, SaveTargetRequestAny,
        SaveTargetRequestTo, Shape, ShapeBase, Signal, TargetTo, Team,
    },
};

use super::{client, echo_server, json, last, responding};

#[tokio::test]
async fn a_discriminator_selects_the_variant() {
    let server = echo_server().await;
    let client = client::<Client>(&server);
    let friend = Pet::from(Dog { kind: "dog".to_owned(), name: Some("Rex".to_owned()), friend: None });
    let dog = Dog { kind: "anything".to_owned(), name: None, friend: Some(friend) };
    let response = client.save_pet().body(dog).send().await.unwrap();
    assert_eq!(last(&server).2, r#"{"friend":{"kind":"dog","name":"Rex"},"kind":"dog"}"#);
    assert!(matches!(response, Pet::Dog(dog) if matches!(dog.friend, Some(Pet::Dog(_)))));
}

#[tokio::test]
async fn mapped_values_select_variants_and_unknown_ones_are_errors() {
    for (body, is_cat) in
        [(r#"{"kind":"kitty"}"#, true), (r#"{"kind":"cat","friend":1}"#, true), (r#"{"kind":"dog"}"#, false)]
    {
        let server = responding(json("200 OK", body)).await;
        let response = client::<Client>(&server)
            .save_pet()
            .body(Dog { kind: "dog".to_owned(), name: None, friend: None })
            .send()
            .await;
        assert_eq!(matches!(response, Ok(Pet::Cat(_))), is_cat, "{body}");
    }
    let server = responding(json("200 OK", r#"{"kind":"cow"}"#)).await;
    let error = client::<Client>(&server)
        .save_pet()
        .body(Dog { kind: "dog".to_owned(), name: None, friend: None })
        .send()
        .await;
    assert!(error.unwrap_err().to_string().contains("does not match the document"));
}

#[tokio::test]
async fn a_base_accepts_its_subtypes() {
    let server = echo_server().await;
    let client = client::<Client>(&server);
    let ring = Ring { type_: String::new(), color: Some("red".to_owned()), radius: 2.0, hole: Some(1.0) };
    let response = client.save_shape().body(ring).send().await.unwrap();
    assert_eq!(last(&server).2, r#"{"color":"red","hole":1.0,"radius":2.0,"type":"Ring"}"#);
    assert!(matches!(response, Shape::Ring(ring) if ring.hole == Some(1.0)));
    let circle = CircleBase { type_: String::new(), color: None, radius: 2.0 };
    assert!(matches!(client.save_shape().body(circle).send().await.unwrap(), Shape::CircleBase(_)));
    assert_eq!(last(&server).2, r#"{"radius":2.0,"type":"Circle"}"#);
    let base = ShapeBase { type_: "Blob".to_owned(), color: None };
    let response = client.save_shape().body(base).send().await.unwrap();
    assert_eq!(last(&server).2, r#"{"type":"Blob"}"#, "the discriminator of an unknown subtype is kept");
    assert!(matches!(response, Shape::Base(_)), "an unknown subtype is read as the base");
}

#[test]
fn a_subtype_that_others_extend_accepts_them() {
    for (json, is_ring) in
        [(r#"{"type":"Ring","radius":1.0,"hole":2.0}"#, true), (r#"{"type":"Circle","radius":1.0}"#, false)]
    {
        let circle: Circle = serde_json::from_str(json).unwrap();
        assert_eq!((matches!(circle, Circle::Ring(_)), matches!(circle, Circle::Base(_))), (is_ring, !is_ring));
        let written: serde_json::Value = serde_json::to_value(&circle).unwrap();
        assert_eq!(written, serde_json::from_str::<serde_json::Value>(json).unwrap());
    }
    assert!(serde_json::from_str::<Circle>(r#"{"type":"Ring","hole":2.0}"#).is_err(), "radius is required");
}

#[tokio::test]
async fn one_of_several_discriminators_is_never_guessed() {
    let server = echo_server().await;
    let client = client::<Client>(&server);
    let parcel = |kind: &str| Parcel { kind: kind.to_owned(), weight: Some(2) };
    for kind in ["parcel", "packet"] {
        let response = client.save_item().body(parcel(kind)).send().await.unwrap();
        assert!(matches!(response, Item::Parcel(_)));
        assert_eq!(last(&server).2, format!(r#"{{"kind":"{kind}","weight":2}}"#));
    }
    for kind in ["", "letter"] {
        let error = client.save_item().body(parcel(kind)).send().await.unwrap_err();
        assert_eq!(error.to_string(), "body: violates discriminator `kind`: must be `packet` or `parcel`");
        assert_eq!(error.outcome(), runtime::Outcome::NotSent);
    }
    assert_eq!(server.requests().len(), 2);
    client.save_item().body(Letter { kind: String::new(), pages: Some(1) }).send().await.unwrap();
    assert_eq!(last(&server).2, r#"{"kind":"letter","pages":1}"#);
}

#[tokio::test]
async fn without_a_discriminator_the_variant_with_most_known_properties_is_selected() {
    for (body, is_team) in [
        (r#"{"to":{"name":"a","size":3}}"#, true),
        (r#"{"to":{"name":"a","age":3}}"#, false),
        (r#"{"to":{"name":"a"}}"#, false),
    ] {
        let server = responding(json("200 OK", body)).await;
        let response = client::<Client>(&server).save_target().to("a").send().await.unwrap();
        assert_eq!(matches!(response.to, Some(TargetTo::Team(_))), is_team, "{body}");
    }
    let server = responding(json("200 OK", r#"{"both":{"name":"a","age":1,"size":2}}"#)).await;
    let both = client::<Client>(&server).save_target().to("a").send().await.unwrap().both.unwrap();
    assert_eq!(
        (both.name.as_deref(), both.age, both.size),
        (Some("a"), Some(1), Some(2)),
        "anyOf merges every matching variant"
    );
}

#[tokio::test]
async fn accepts_variants_of_any_type() {
    let server = echo_server().await;
    let client = client::<Client>(&server);
    client.save_target().to("someone").any(SaveTargetRequestAny::from(7)).send().await.unwrap_err();
    assert_eq!(last(&server).2, r#"{"any":7,"to":"someone"}"#);
    client.save_target().to(Team { name: None, size: Some(3) }).send().await.unwrap();
    assert_eq!(last(&server).2, r#"{"to":{"size":3}}"#);
    let to = SaveTargetRequestTo::from(Person { name: Some("x".to_owned()), age: None });
    client.save_target().to(to).send().await.unwrap();
    assert_eq!(last(&server).2, r#"{"to":{"name":"x"}}"#);
}

#[tokio::test]
async fn values_of_the_property_select_the_variant_that_nothing_maps() {
    for (kind, is_go) in [("green", true), ("red", false), ("amber", false)] {
        let body = format!(r#"{{"signal":{{"kind":"{kind}","seconds":3}},"sound":null}}"#);
        let server = responding(json("200 OK", &body)).await;
        let go = Go { kind: GoKind::Green, seconds: Some(1) };
        let response = client::<Client>(&server).save_signal().signal(go).send().await.unwrap();
        assert_eq!(last(&server).2, r#"{"signal":{"kind":"green","seconds":1}}"#);
        assert_eq!(matches!(response.signal, Signal::Go(_)), is_go, "{kind}");
        assert!(response.sound.is_none(), "a variant that accepts null makes the union nullable");
    }
}
