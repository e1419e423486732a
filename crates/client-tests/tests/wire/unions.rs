//! Values of unions, sent and read back.

use client_tests::unions::{
    Client,
    types::{
        Circle, Dog, Person, Pet, Ring, SaveTargetRequestAny, SaveTargetRequestTo, Shape, ShapeBase, TargetTo, Team,
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
    let circle = Circle { type_: String::new(), color: None, radius: 2.0 };
    assert!(matches!(client.save_shape().body(circle).send().await.unwrap(), Shape::Circle(_)));
    let base = ShapeBase { type_: "Blob".to_owned(), color: None };
    let response = client.save_shape().body(base).send().await.unwrap();
    assert!(matches!(response, Shape::Base(_)), "an unknown subtype is read as the base");
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
