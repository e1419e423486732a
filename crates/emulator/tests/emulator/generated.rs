//! Operations without an implementation of their own: requests are validated, responses are generated from schemas.

use blynk_emulator::Emulator;
use openapi::Document;
use reqwest::Method;
use reqwest::header::{ALLOW, CONTENT_TYPE, HeaderName};
use serde_json::{Value, json};

use crate::support::{Local, send};

const HEADER: HeaderName = HeaderName::from_static("x-blynk-emulator");

fn document() -> Value {
    Document::parse("generated.yaml", include_str!("generated.yaml")).unwrap().value().clone()
}

#[tokio::test]
async fn responds_to_every_documented_operation_and_marks_the_response() {
    let local = Local::with(Emulator::builder().document(document())).await;
    let token = local.token().await;
    let call = |method: Method, path: &str| local.request(method, path).bearer_auth(&token);

    let listed = send(call(Method::GET, "/devices?size=5&ids=1&ids=2")).await;
    assert_eq!((listed.status, listed.header(HEADER)), (200, "generated"));
    assert_eq!(listed.body["content"][0], json!({"id": 0, "name": "generated---", "at": "2026-01-01T00:00:00Z"}));
    let created = send(call(Method::POST, "/devices").json(&json!({"name": "a"}))).await;
    assert_eq!((created.status, created.header(HEADER)), (201, "generated"));
    let deleted = send(call(Method::DELETE, "/devices/7")).await;
    assert_eq!((deleted.status, deleted.header(HEADER), &deleted.body), (204, "generated", &Value::Null));
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

/// For the embedded documents. `cargo xtask check --full` runs this test.
#[tokio::test]
async fn routes_every_embedded_operation_is_served() {
    let _test = cargo_run::Test::start("routes_every_embedded_operation_is_served");
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
                let response = local.request(method.clone(), &filled).send().await.unwrap();
                assert!(![404, 405].contains(&response.status().as_u16()), "{method} {path}: {}", response.status());
                served += 1;
            }
        }
    }
    assert!(served >= 2, "the documents have no operations");
    assert_eq!(local.request(Method::GET, "/nowhere").send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn refuses_requests_that_violate_the_document() {
    let local = Local::with(Emulator::builder().document(document())).await;
    let token = local.token().await;
    let call = |method: Method, path: &str| local.request(method, path).bearer_auth(&token);
    send(call(Method::GET, "/devices")).await.assert_error(400, "size: is required");
    send(call(Method::GET, "/devices?size=11")).await.assert_error(400, "size: violates maximum 10");
    send(call(Method::GET, "/devices?size=1&ids=x")).await.assert_error(400, "ids[0]: violates type integer");
    send(call(Method::DELETE, "/devices/seven")).await.assert_error(400, "id: violates type integer");
    send(call(Method::POST, "/devices")).await.assert_error(400, "body: is required");
    send(call(Method::POST, "/devices").json(&json!({}))).await.assert_error(400, "name: is required");
    let text = call(Method::POST, "/devices").header(CONTENT_TYPE, "text/plain").body("x");
    send(text).await.assert_error(415, "Content-Type: is not documented for this operation");
    send(local.request(Method::GET, "/devices?size=1")).await.assert_error(401, "A bearer token is required.");
    send(local.request(Method::GET, "/basic")).await.assert_error(401, "Client ID is not found or password is wrong.");
    let other = send(call(Method::PUT, "/devices")).await;
    assert_eq!((other.status, other.header(ALLOW)), (405, "GET,POST"));
    send(call(Method::GET, "/devices/1/2")).await.assert_error(404, "The document has no operation with this path.");
}
