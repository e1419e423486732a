//! More than ten variants and parameters, and unions that hold themselves.

use std::{fmt::Debug, time::Duration};

use client_tests::wide::{
    Client,
    types::{Many, ManyTagged, Twelve, TwelveTagged, V1, V2, V10, V119},
};
use runtime::Outcome;

use super::{answering, client, echoing, json, last, server};

/// The variant that a value is of, as `Debug` shows it: the name of the variant, and that of its type.
fn shown(value: &impl Debug) -> String {
    format!("{value:?}").split(' ').next().unwrap().to_owned()
}

/// Sends each variant of a union and reads it back.
macro_rules! there_and_back {
    ($union:ty, $operation:ident, $count:expr, $body:expr) => {{
        let server = echoing().await;
        let client = client::<Client>(&server);
        for number in 0..$count {
            let body: String = $body(number);
            let value: $union = serde_json::from_str(&body).unwrap();
            assert_eq!(shown(&value), format!("V{number}(V{number}"), "{body}");
            let answer = client.$operation().body(value).send().await.unwrap();
            assert_eq!(last(&server).2, body);
            assert_eq!(shown(&answer), format!("V{number}(V{number}"), "{body}");
        }
    }};
}

#[tokio::test]
async fn each_of_many_variants_is_read_and_sent_as_itself_by_its_properties() {
    let body = |number: usize| format!(r#"{{"f{number}":"x","kind":"any"}}"#);
    there_and_back!(Twelve, twelve, 12, body);
    there_and_back!(Many, many, 120, body);
}

#[tokio::test]
async fn each_of_many_variants_is_read_and_sent_as_itself_by_its_tag() {
    let body = |number: usize| format!(r#"{{"kind":"V{number}"}}"#);
    there_and_back!(TwelveTagged, twelve_tagged, 12, body);
    there_and_back!(ManyTagged, many_tagged, 120, body);
}

#[tokio::test]
async fn a_value_of_a_variant_is_sent_with_the_tag_of_that_variant() {
    let server = echoing().await;
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
async fn each_of_more_than_ten_parameters_has_its_own_type() {
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

/// Far more than any of these answers takes, far less than trying every variant at every level would.
const SOON: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_union_of_itself_is_read_once_a_level_whatever_its_variants_have_in_common() {
    for value in ["1", r#""a""#] {
        let body = nested(120, r#"{"left":"#, "true", &format!(r#","value":{value}}}"#));
        let server = answering(json("200 OK", &body)).await;
        let answer = tokio::time::timeout(SOON, client::<Client>(&server).tree().body(true).send()).await.unwrap();
        assert_eq!(serde_json::to_string(&answer.unwrap()).unwrap(), body);
    }
    // of no variant, which is found out at the innermost level
    let body = nested(120, r#"{"left":"#, "7", r#","value":"a"}"#);
    let server = answering(json("200 OK", &body)).await;
    let error = tokio::time::timeout(SOON, client::<Client>(&server).tree().body(true).send()).await.unwrap();
    assert!(error.unwrap_err().to_string().contains("does not match the document"));
}

#[tokio::test]
async fn a_union_of_lists_of_itself_is_read_once_a_level() {
    for (open, leaf, is_read) in [("[", "1", true), ("[7,", "1", true), ("[", "true", false), ("[7,7,", "1", false)] {
        let body = nested(120, open, leaf, "]");
        let server = answering(json("200 OK", &body)).await;
        let answer = tokio::time::timeout(SOON, client::<Client>(&server).lists().send()).await.unwrap();
        let written = answer.map(|lists| serde_json::to_string(&lists).unwrap());
        assert_eq!(written.ok(), is_read.then_some(body), "{open}{leaf}");
    }
}

#[tokio::test]
async fn an_answer_that_would_take_too_long_to_read_is_refused() {
    let body = nested(40, r#"{"one":1,"zero":0,"x":"#, "false", "}");
    let server = answering(json("200 OK", &body)).await;
    let error = tokio::time::timeout(SOON, client::<Client>(&server).unlike().body(1).send()).await.unwrap();
    let error = error.unwrap_err();
    assert!(error.to_string().contains("too many steps"), "{error}");
    assert_eq!(error.outcome(), Outcome::Applied);
}

#[tokio::test]
async fn an_answer_nested_too_deeply_is_refused_by_every_way_of_reading() {
    let server = answering(json("200 OK", &nested(100_000, r#"{"left":"#, "true", r#","value":1}"#))).await;
    let error = client::<Client>(&server).tree().body(true).send().await.unwrap_err();
    assert!(error.to_string().contains("could not be read"), "{error}");
    let server = answering(json("200 OK", &nested(100_000, r#"{"lists":["#, "", "]}"))).await;
    let error = client::<Client>(&server).unique().send().await.unwrap_err();
    assert!(error.to_string().contains("could not be read"), "{error}");
    let server = answering(json("500 Oops", &nested(100_000, "[", "", "]"))).await;
    let error = client::<Client>(&server).unique().send().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 500);
}

#[tokio::test]
async fn lists_of_unique_items_inside_each_other_cost_what_a_flat_one_does() {
    let body = nested(60, r#"{"lists":["#, "", "]}");
    let server = answering(json("200 OK", &body)).await;
    let answer = tokio::time::timeout(SOON, client::<Client>(&server).unique().send()).await.unwrap();
    assert_eq!(serde_json::to_string(&answer.unwrap()).unwrap(), body);
    let server = answering(json("200 OK", &format!(r#"{{"lists":[{body},{body}]}}"#))).await;
    let error = client::<Client>(&server).unique().send().await.unwrap_err();
    assert!(error.to_string().contains("UniqueLists violates uniqueItems (items 0 and 1 are equal)"), "{error}");
    let server = answering(json("200 OK", &format!(r#"{{"lists":[{}]}}"#, vec![body; 4].join(",")))).await;
    let error = client::<Client>(&server).unique().send().await.unwrap_err();
    assert!(error.to_string().contains("violates maxItems 3"), "{error}");
}

#[tokio::test]
async fn a_body_whose_content_type_no_header_can_hold_is_refused_and_not_left_out() {
    let error = Client::from(runtime::Builder::new("http://127.0.0.1:9").build().unwrap())
        .odd()
        .body("text")
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert!(error.to_string().contains("content type with characters that are not allowed in a header"), "{error}");
}
