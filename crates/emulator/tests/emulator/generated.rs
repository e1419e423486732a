//! Operations without a behaviour of their own: judged by the document, answered from its schemas.

use blynk_emulator::Emulator;
use openapi::Document;
use reqwest::Method;
use reqwest::header::{ALLOW, CONTENT_TYPE, HeaderName};
use serde_json::{Value, json};

use crate::support::{Local, send};

const MARK: HeaderName = HeaderName::from_static("x-blynk-emulator");

fn document() -> Value {
    Document::parse("generated.yaml", include_str!("generated.yaml")).unwrap().value().clone()
}

#[tokio::test]
async fn every_documented_operation_is_answered_and_marked() {
    let local = Local::of(Emulator::builder().document(document())).await;
    let token = local.token().await;
    let call = |method: Method, path: &str| local.request(method, path).bearer_auth(&token);

    let listed = send(call(Method::GET, "/devices?size=5&ids=1&ids=2")).await;
    assert_eq!((listed.status, listed.header(MARK)), (200, "generated"));
    assert_eq!(listed.body["content"][0], json!({"id": 0, "name": "generated---", "at": "2026-01-01T00:00:00Z"}));
    let created = send(call(Method::POST, "/devices").json(&json!({"name": "a"}))).await;
    assert_eq!((created.status, created.header(MARK)), (201, "generated"));
    let deleted = send(call(Method::DELETE, "/devices/7")).await;
    assert_eq!((deleted.status, deleted.header(MARK), &deleted.body), (204, "generated", &Value::Null));
    let upload = call(Method::POST, "/upload").header(CONTENT_TYPE, "multipart/form-data; boundary=x").body("--x--");
    assert_eq!(send(upload).await.status, 200);

    let text = local.request(Method::GET, "/open").send().await.unwrap();
    assert_eq!(text.headers()[CONTENT_TYPE], "text/plain");
    assert_eq!(text.text().await.unwrap(), "hello");
    let credentials = local.emulator.credentials();
    let basic = local
        .request(Method::GET, "/basic")
        .basic_auth(&credentials.client_id, Some(credentials.client_secret.as_str()));
    assert_eq!(send(basic).await.status, 200);
}

/// Of the documents that are built in: `cargo xtask check --full` runs this.
#[tokio::test]
async fn routes_every_operation_of_the_documents_is_served() {
    let _test = cargo_run::Test::start("routes_every_operation_of_the_documents_is_served");
    let local = Local::start().await;
    let mut served = 0;
    for name in ["blynk-platform.json", "oauth2-token.json"] {
        let path = format!("{}/../../openapi/{name}", env!("CARGO_MANIFEST_DIR"));
        let document: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for (path, item) in document["paths"].as_object().unwrap() {
            let filled = path
                .split('{')
                .map(|part| part.split_once('}').map_or(part.to_owned(), |(_, rest)| format!("1{rest}")));
            let filled = filled.collect::<String>();
            for (method, _) in item.as_object().unwrap() {
                let Ok(method) = Method::from_bytes(method.to_uppercase().as_bytes()) else { continue };
                if !["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"].contains(&method.as_str()) {
                    continue;
                }
                let answer = local.request(method.clone(), &filled).send().await.unwrap();
                assert!(![404, 405].contains(&answer.status().as_u16()), "{method} {path}: {}", answer.status());
                served += 1;
            }
        }
    }
    assert!(served >= 2, "the documents have no operations");
    assert_eq!(local.request(Method::GET, "/nowhere").send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn a_request_that_the_document_does_not_allow_is_refused() {
    let local = Local::of(Emulator::builder().document(document())).await;
    let token = local.token().await;
    let call = |method: Method, path: &str| local.request(method, path).bearer_auth(&token);
    send(call(Method::GET, "/devices")).await.is_error(400, "size: is required");
    send(call(Method::GET, "/devices?size=11")).await.is_error(400, "size: is greater than 10");
    send(call(Method::GET, "/devices?size=1&ids=x")).await.is_error(400, "ids: [0]: is not an integer");
    send(call(Method::DELETE, "/devices/seven")).await.is_error(400, "id: is not an integer");
    send(call(Method::POST, "/devices")).await.is_error(400, "A body is required.");
    send(call(Method::POST, "/devices").json(&json!({}))).await.is_error(400, "name: is required");
    let text = call(Method::POST, "/devices").header(CONTENT_TYPE, "text/plain").body("x");
    send(text).await.is_error(415, "The content type is none of the document's.");
    send(local.request(Method::GET, "/devices?size=1")).await.is_error(401, "A bearer token is required.");
    send(local.request(Method::GET, "/basic")).await.is_error(401, "Client ID is not found or password is wrong.");
    let other = send(call(Method::PUT, "/devices")).await;
    assert_eq!((other.status, other.header(ALLOW)), (405, "GET,POST"));
    send(call(Method::GET, "/devices/1/2")).await.is_error(404, "There is nothing at this path.");
}
