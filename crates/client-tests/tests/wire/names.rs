//! Names that are difficult for generators.

use client_tests::names::{Client, OPERATIONS, types};

use super::{client, json, last, responding, server};

#[tokio::test]
async fn operations_with_a_missing_or_duplicate_id_get_a_name() {
    let names: Vec<_> = OPERATIONS.iter().map(|operation| (operation.name, operation.method, operation.path)).collect();
    assert_eq!(
        names,
        [
            ("get_größe_größe", "GET", "/größe/{größe}"),
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
    let call = client.r#match().id(1).id_in_query("two").send_in_query("now").self_(true).r#type("t");
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
