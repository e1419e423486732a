//! More than ten variants and parameters, and recursive unions.

use std::{fmt::Debug, time::Duration};

use client_tests::wide::{
    Client,
    types::{Many, ManyTagged, Twelve, TwelveTagged, V1, V2, V10, V119},
};
use runtime::Outcome;

use super::{client, echo_server, json, last, responding, server};

/// Returns the start of the `Debug` text of a value: the name of its variant, and that of its type.
fn shown(value: &impl Debug) -> String {
    format!("{value:?}").split(' ').next().unwrap().to_owned()
}

/// Sends each variant of a union and reads it back.
macro_rules! round_trip {
    ($union:ty, $operation:ident, $count:expr, $body:expr) => {{
        let server = echo_server().await;
        let client = client::<Client>(&server);
        for number in 0..$count {
            let body: String = $body(number);
            let value: $union = serde_json::from_str(&body).unwrap();
            assert_eq!(shown(&value), format!("V{number}(V{number}"), "{body}");
            let response = client.$operation().body(value).send().await.unwrap();
            assert_eq!(last(&server).2, body);
            assert_eq!(shown(&response), format!("V{number}(V{number}"), "{body}");
        }
    }};
}

#[tokio::test]
async fn round_trips_many_variants_by_their_properties() {
    let body = |number: usize| format!(r#"{{"f{number}":"x","kind":"any"}}"#);
    round_trip!(Twelve, twelve, 12, body);
    round_trip!(Many, many, 120, body);
}

#[tokio::test]
async fn round_trips_many_variants_by_their_discriminator() {
    let body = |number: usize| format!(r#"{{"kind":"V{number}"}}"#);
    round_trip!(TwelveTagged, twelve_tagged, 12, body);
    round_trip!(ManyTagged, many_tagged, 120, body);
}

#[tokio::test]
async fn a_variant_is_sent_with_its_own_discriminator_value() {
    let server = echo_server().await;
    let client = client::<Client>(&server);
    let kind = || "wrong".to_owned();
    for (value, tag) in [
        (ManyTagged::from(V1 { kind: kind(), f1: None }), "V1"),
        (V2 { kind: kind(), f2: None }.into(), "V2"),
        (V10 { kind: kind(), f10: None }.into(), "V10"),
        (V119 { kind: kind(), f119: None }.into(), "V119"),
    ] {
        client.many_tagged().body(value).send().await.unwrap();
        assert_eq!(last(&server).2, format!(r#"{{"kind":"{tag}"}}"#));
    }
}

#[tokio::test]
async fn more_than_ten_parameters_have_their_own_types() {
    let server = server().await;
    let call = client::<Client>(&server);
    let call = call.parameters().q0(0).q1(true).q2("2").q3(3).q4(false).q5("5").q6(6).q7(true).q8("8");
    call.q9(9).q10(false).q11("11").q12(12).q13(true).send().await.unwrap();
    let query = "q0=0&q1=true&q2=2&q3=3&q4=false&q5=5&q6=6&q7=true&q8=8&q9=9&q10=false&q11=11&q12=12&q13=true";
    assert_eq!(last(&server).0, format!("GET /parameters?{query}"));
}

fn nested(depth: usize, open: &str, leaf: &str, close: &str) -> String {
    format!("{}{leaf}{}", open.repeat(depth), close.repeat(depth))
}

/// Far more than linear reading takes, and far less than trying every variant at every level.
const SOON: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_recursive_union_is_read_in_linear_time() {
    for value in ["1", r#""a""#] {
        let body = nested(120, r#"{"left":"#, "true", &format!(r#","value":{value}}}"#));
        let server = responding(json("200 OK", &body)).await;
        let response = tokio::time::timeout(SOON, client::<Client>(&server).tree().body(true).send()).await.unwrap();
        assert_eq!(serde_json::to_string(&response.unwrap()).unwrap(), body);
    }
    // matches no variant, which only the innermost level shows
    let body = nested(120, r#"{"left":"#, "7", r#","value":"a"}"#);
    let server = responding(json("200 OK", &body)).await;
    let error = tokio::time::timeout(SOON, client::<Client>(&server).tree().body(true).send()).await.unwrap();
    assert!(error.unwrap_err().to_string().contains("does not match the document"));
}

#[tokio::test]
async fn a_recursive_union_of_arrays_is_read_in_linear_time() {
    for (open, leaf, is_read) in [("[", "1", true), ("[7,", "1", true), ("[", "true", false), ("[7,7,", "1", false)] {
        let body = nested(120, open, leaf, "]");
        let server = responding(json("200 OK", &body)).await;
        let response = tokio::time::timeout(SOON, client::<Client>(&server).lists().send()).await.unwrap();
        let written = response.map(|lists| serde_json::to_string(&lists).unwrap());
        assert_eq!(written.ok(), is_read.then_some(body), "{open}{leaf}");
    }
}

#[tokio::test]
async fn a_recursive_union_of_maps_is_read_in_linear_time() {
    let body = nested(40, r#"{"one":1,"zero":0,"x":"#, "false", "}");
    let server = responding(json("200 OK", &body)).await;
    let error = tokio::time::timeout(SOON, client::<Client>(&server).unlike().body(1).send()).await.unwrap();
    let error = error.unwrap_err();
    assert!(error.to_string().contains("no variant matches"), "{error}");
    assert_eq!(error.outcome(), Outcome::Applied);
}

#[tokio::test]
async fn a_response_nested_too_deeply_is_an_error() {
    let server = responding(json("200 OK", &nested(100_000, r#"{"left":"#, "true", r#","value":1}"#))).await;
    let error = client::<Client>(&server).tree().body(true).send().await.unwrap_err();
    assert!(error.to_string().contains("could not be read"), "{error}");
    let server = responding(json("200 OK", &nested(100_000, r#"{"lists":["#, "", "]}"))).await;
    let error = client::<Client>(&server).unique().send().await.unwrap_err();
    assert!(error.to_string().contains("could not be read"), "{error}");
    let server = responding(json("500 Oops", &nested(100_000, "[", "", "]"))).await;
    let error = client::<Client>(&server).unique().send().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 500);
}

#[tokio::test]
async fn nested_arrays_of_unique_items_take_linear_time() {
    let body = nested(60, r#"{"lists":["#, "", "]}");
    let server = responding(json("200 OK", &body)).await;
    let response = tokio::time::timeout(SOON, client::<Client>(&server).unique().send()).await.unwrap();
    assert_eq!(serde_json::to_string(&response.unwrap()).unwrap(), body);
    let server = responding(json("200 OK", &format!(r#"{{"lists":[{body},{body}]}}"#))).await;
    let error = client::<Client>(&server).unique().send().await.unwrap_err();
    assert!(error.to_string().contains("UniqueLists violates uniqueItems (items 0 and 1 are equal)"), "{error}");
    let server = responding(json("200 OK", &format!(r#"{{"lists":[{}]}}"#, vec![body; 4].join(",")))).await;
    let error = client::<Client>(&server).unique().send().await.unwrap_err();
    assert!(error.to_string().contains("violates maxItems 3"), "{error}");
}

#[tokio::test]
async fn a_body_with_an_invalid_content_type_is_an_error() {
    let error = Client::from(runtime::Builder::new("http://127.0.0.1:9").build().unwrap())
        .odd()
        .body("text")
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert!(error.to_string().contains("content type with characters that are not allowed in a header"), "{error}");
}
