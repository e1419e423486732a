//! Responses of many content types.

use client_tests::contents::{Client, operations::AcceptSuccess};
use runtime::Outcome;
use serde_json::json;

use super::{Response, Scripted, client, header, json as json_response, responding, with_headers};

fn raw(content_type: &str, body: &[u8]) -> Response {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\n\r\n", body.len());
    Response::Raw([head.as_bytes(), body].concat())
}

async fn server(content_type: &str, body: &[u8]) -> Scripted {
    responding(raw(content_type, body)).await
}

#[tokio::test]
async fn decodes_each_content_type_into_its_type() {
    let json = server("application/json", br#"{"a":1}"#).await;
    assert_eq!(client::<Client>(&json).any().send().await.unwrap().a, Some(1));
    assert_eq!(header(&json, "accept").as_deref(), Some("*/*"));
    assert_eq!(client::<Client>(&json).free_form().send().await.unwrap(), json!({"a": 1}));
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
async fn a_response_has_its_headers() {
    let server = responding(with_headers("200 OK", "x-next: /2\r\n", r#"{"a":1}"#)).await;
    let response = client::<Client>(&server).several().send_with_response().await.unwrap();
    assert_eq!((response.status().as_u16(), response.header("X-Next"), response.body().a), (200, Some("/2"), Some(1)));
    let headers =
        client_tests::contents::OPERATIONS.iter().flat_map(|operation| operation.responses).flat_map(|one| one.headers);
    assert_eq!(headers.map(|header| (header.name, header.required)).collect::<Vec<_>>(), [("X-Next", false)]);
}

#[tokio::test]
async fn decodes_statuses_with_and_without_a_body() {
    let empty = responding(with_headers("204 No Content", "", "")).await;
    assert!(matches!(client::<Client>(&empty).accept().send().await, Ok(AcceptSuccess::NoContent)));
    let full = responding(json_response("200 OK", r#"{"a":1}"#)).await;
    assert!(matches!(client::<Client>(&full).accept().send().await, Ok(AcceptSuccess::Ok(body)) if body.a == Some(1)));
}

#[tokio::test]
async fn default_covers_errors_and_success_if_no_success_is_listed() {
    let done = responding(json_response("202 Accepted", r#"{"a":1}"#)).await;
    assert_eq!(client::<Client>(&done).by_default().send().await.unwrap().a, Some(1));
    let refused = responding(json_response("418 I'm a teapot", r#"{"a":2}"#)).await;
    let error = client::<Client>(&refused).by_default().send().await.unwrap_err();
    assert_eq!(error.documented().and_then(|body| body.a), Some(2));
}

#[tokio::test]
async fn an_undocumented_status_keeps_status_headers_and_body() {
    let server = responding(with_headers("503 Service Unavailable", "retry-after: 7\r\n", "later")).await;
    let error = client::<Client>(&server).png().send().await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert_eq!(error.headers().and_then(|headers| headers.get("retry-after")).unwrap(), "7");
    assert_eq!(error.body(), Some(&b"later"[..]));
}

#[tokio::test]
async fn responses_that_have_no_body_in_http_have_none() {
    let head = responding(with_headers("200 OK", "content-type: application/json\r\n", "")).await;
    client::<Client>(&head).peek().send().await.unwrap();
    let cached = responding(with_headers("304 Not Modified", "etag: x\r\n", "")).await;
    let error = client::<Client>(&cached).cached().send().await.unwrap_err();
    assert_eq!((error.documented(), error.status().map(|status| status.as_u16())), (Some(&()), Some(304)));
    let moved = responding(with_headers("307 Temporary Redirect", "location: http://elsewhere/\r\n", "")).await;
    let error = client::<Client>(&moved).cached().send().await.unwrap_err();
    assert!(error.documented().is_none() && error.to_string().contains("http://elsewhere"), "{error}");
}

#[tokio::test]
async fn an_operation_with_errors_only_returns_bytes_on_success() {
    let server = responding(with_headers("200 OK", "", "done")).await;
    assert_eq!(client::<Client>(&server).errors_only().send().await.unwrap(), b"done");
}
