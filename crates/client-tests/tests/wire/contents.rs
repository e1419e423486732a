//! Answers of many content types.

use client_tests::contents::{Client, operations::AcceptSuccess};
use runtime::Outcome;
use serde_json::json;

use super::{Answer, Scripted, answering, client, header, json as json_answer, with_headers};

fn raw(content_type: &str, body: &[u8]) -> Answer {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\n\r\n", body.len());
    Answer::Raw([head.as_bytes(), body].concat())
}

async fn server(content_type: &str, body: &[u8]) -> Scripted {
    answering(raw(content_type, body)).await
}

#[tokio::test]
async fn each_content_type_has_its_type() {
    let json = server("application/json", br#"{"a":1}"#).await;
    assert_eq!(client::<Client>(&json).any().send().await.unwrap().a, Some(1));
    assert_eq!(header(&json, "accept").as_deref(), Some("*/*"));
    assert_eq!(client::<Client>(&json).loose().send().await.unwrap(), json!({"a": 1}));
    let list = server("application/vnd.own+json; v=2", b"[1,2]").await;
    assert_eq!(client::<Client>(&list).vendor().send().await.unwrap().0, [1, 2]);
    assert_eq!(header(&list, "accept").as_deref(), Some("application/vnd.own+json; v=2"));
    let xml = server("application/xml; charset=iso-8859-1", b"<a>\xe9</a>").await;
    assert_eq!(client::<Client>(&xml).xml().send().await.unwrap(), "<a>é</a>");
    let png = server("image/png", b"\x89PNG\xff").await;
    assert_eq!(client::<Client>(&png).png().send().await.unwrap(), b"\x89PNG\xff");
    let broken = server("application/xml", b"\xff").await;
    let error = client::<Client>(&broken).xml().send().await.unwrap_err();
    assert_eq!((error.outcome(), error.is_safe_to_retry()), (Outcome::Applied, true));
}

#[tokio::test]
async fn a_whole_answer_has_its_headers() {
    let server = answering(with_headers("200 OK", "x-next: /2\r\n", r#"{"a":1}"#)).await;
    let answer = client::<Client>(&server).several().send_with_response().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.header("X-Next"), answer.body().a), (200, Some("/2"), Some(1)));
    let headers =
        client_tests::contents::OPERATIONS.iter().flat_map(|operation| operation.responses).flat_map(|one| one.headers);
    assert_eq!(headers.map(|header| (header.name, header.required)).collect::<Vec<_>>(), [("X-Next", false)]);
}

#[tokio::test]
async fn a_status_without_a_body_stands_beside_one_with() {
    let empty = answering(with_headers("204 No Content", "", "")).await;
    assert!(matches!(client::<Client>(&empty).accept().send().await, Ok(AcceptSuccess::NoContent)));
    let full = answering(json_answer("200 OK", r#"{"a":1}"#)).await;
    assert!(matches!(client::<Client>(&full).accept().send().await, Ok(AcceptSuccess::Ok(body)) if body.a == Some(1)));
}

#[tokio::test]
async fn default_speaks_for_success_where_none_is_listed_and_for_errors() {
    let done = answering(json_answer("202 Accepted", r#"{"a":1}"#)).await;
    assert_eq!(client::<Client>(&done).by_default().send().await.unwrap().a, Some(1));
    let refused = answering(json_answer("418 I'm a teapot", r#"{"a":2}"#)).await;
    let error = client::<Client>(&refused).by_default().send().await.unwrap_err();
    assert_eq!(error.documented().and_then(|body| body.a), Some(2));
}

#[tokio::test]
async fn an_undocumented_status_keeps_status_headers_and_body() {
    let server = answering(with_headers("503 Service Unavailable", "retry-after: 7\r\n", "later")).await;
    let error = client::<Client>(&server).png().send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert_eq!(error.headers().and_then(|headers| headers.get("retry-after")).unwrap(), "7");
    assert_eq!(error.body(), Some(&b"later"[..]));
}

#[tokio::test]
async fn what_http_gives_no_body_has_none() {
    let head = answering(with_headers("200 OK", "content-type: application/json\r\n", "")).await;
    client::<Client>(&head).peek().send().await.unwrap();
    let cached = answering(with_headers("304 Not Modified", "etag: x\r\n", "")).await;
    let error = client::<Client>(&cached).cached().send().await.unwrap_err();
    assert_eq!((error.documented(), error.status().map(|status| status.as_u16())), (Some(&()), Some(304)));
    let moved = answering(with_headers("307 Temporary Redirect", "location: http://elsewhere/\r\n", "")).await;
    let error = client::<Client>(&moved).cached().send().await.unwrap_err();
    assert!(error.documented().is_none() && error.to_string().contains("http://elsewhere"), "{error}");
}

#[tokio::test]
async fn an_operation_that_lists_errors_only_succeeds_with_bytes() {
    let server = answering(with_headers("200 OK", "", "done")).await;
    assert_eq!(client::<Client>(&server).errors_only().send().await.unwrap(), b"done");
}
