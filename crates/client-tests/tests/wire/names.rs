//! Names that are difficult for generators.

use client_tests::names::{Client, OPERATIONS, types};

use super::{client, json, last, responding, server};

#[tokio::test]
async fn operations_with_a_missing_or_duplicate_id_get_a_name() {
    let names: Vec<_> = OPERATIONS.iter().map(|operation| (operation.name, operation.method, operation.path)).collect();
    assert_eq!(
        names,
        [
            ("get_a_b", "GET", "/a/b"),
            ("get_ab", "DELETE", "/clients"),
            ("client", "GET", "/clients"),
            ("option", "POST", "/clients"),
            ("into_2", "PUT", "/clients"),
            ("get_größe_größe", "GET", "/größe/{größe}"),
            ("new", "POST", "/kinds"),
            ("put_kinds", "PUT", "/kinds"),
            ("match", "GET", "/things/{id}"),
            ("match_2", "POST", "/things/{id}"),
            ("delete_undeclared_name", "DELETE", "/undeclared/{name}"),
        ]
    );
    let server = server().await;
    let client = client::<Client>(&server);
    client.match_2().id(1).send().await.unwrap();
    assert_eq!(last(&server).0, "POST /things/1");
    client.get_größe_größe().größe("XL").send().await.unwrap();
    assert_eq!(last(&server).0, "GET /gr%C3%B6%C3%9Fe/XL");
    client.delete_undeclared_name().name("a").send().await.unwrap();
    assert_eq!(last(&server).0, "DELETE /undeclared/a");
}

#[tokio::test]
async fn sends_parameters_with_equal_names_and_keywords() {
    let body = r#"{"fn":"1","a-b":"2","a_b":"3","2nd":"4","Self":"5","größe":6,"":"7"}"#;
    let server = responding(json("200 OK", body)).await;
    let client = client::<Client>(&server);
    let call = client.match_().id(1).id_in_query("two").send_in_query("now").self_(true).type_("t");
    let thing = call.filter_größe(3).send().await.unwrap();
    assert_eq!(last(&server).0, "GET /things/1?id=two&send=now&self=true&type=t&filter%5Bgr%C3%B6%C3%9Fe%5D=3");
    assert_eq!(serde_json::to_value(&thing).unwrap(), serde_json::from_str::<serde_json::Value>(body).unwrap());
}

#[test]
fn schemas_with_names_equal_in_rust_are_distinct_types() {
    let thing: types::Thing3 = serde_json::from_str(r#"{"fn": "x"}"#).unwrap();
    assert_eq!(thing.fn_.as_deref(), Some("x"));
    let option: types::Option = serde_json::from_str(r#"{"strings": [{"text": "a"}]}"#).unwrap();
    assert_eq!(option.strings[0].text.as_deref(), Some("a"));
}

#[tokio::test]
async fn operations_may_have_names_of_rust_and_of_the_generator() {
    let server = super::echo_server().await;
    let client = client::<Client>(&server);
    let kind = types::Kind {
        type_: Some("t".to_owned()),
        extra: Some("x".try_into().unwrap()),
        self_: Some("s".try_into().unwrap()),
        extra_2: [("more".to_owned(), 1)].into(),
    };
    let kind = client.new().gen_("g").body(kind).send().await.unwrap();
    assert_eq!(last(&server).0, "POST /kinds?gen=g");
    assert_eq!(last(&server).2, r#"{"extra":"x","self":"s","type":"t","more":1}"#);
    assert_eq!((kind.extra.as_deref(), kind.extra_2.get("more")), (Some("x"), Some(&1)));
    let _ = client.client().send().await;
    let _ = client.option().send().await;
    let _ = client.into_2().send().await;
    let requests: Vec<_> = server.requests().iter().map(|request| request[..12].to_owned()).collect();
    assert_eq!(requests[1..], ["GET /clients", "POST /client", "PUT /clients"]);
}

#[test]
fn components_may_have_names_of_rust_and_of_the_runtime() {
    let secret: types::Secret = serde_json::from_str(r#"{"file": {"name": "a"}}"#).unwrap();
    assert_eq!(secret.file.unwrap().name.as_deref(), Some("a"));
    for (value, variant) in
        [("Error", types::Error::Error), ("Self", types::Error::Self_), ("None", types::Error::None)]
    {
        assert_eq!((value.parse(), variant.to_string()), (Ok(variant), value.to_owned()));
    }
}
