//! The control interface, `/_emulator/`.

use reqwest::Method;
use reqwest::header::{CACHE_CONTROL, HOST, ORIGIN};
use serde_json::{Value, json};

use crate::support::{Local, send};

#[tokio::test]
async fn reports_health_and_readiness() {
    let local = Local::start().await;
    for path in ["/_emulator/health", "/_emulator/ready"] {
        let response = local.get(path).await;
        assert_eq!((response.status, response.body), (200, json!({ "status": "ok" })), "{path}");
    }
}

#[tokio::test]
async fn lists_created_clients_in_order_without_secrets() {
    let local = Local::start().await;
    assert_eq!(local.listed_clients().await, Vec::<Value>::new());
    let mut expected = Vec::new();
    for body in [
        json!({ "name": "z", "orgId": 4, "redirectUrls": ["https://a.example", "app:b"] }),
        json!({ "name": "a" }),
        json!({ "name": "m", "redirectUrls": [] }),
    ] {
        let created = local.create(body.clone()).await.body;
        expected.push(json!({
            "clientId": created["clientId"], "name": body["name"], "orgId": created["orgId"],
            "redirectUrls": body.get("redirectUrls").cloned().unwrap_or(json!([])),
        }));
    }
    assert_eq!(local.listed_clients().await, expected);
}

#[tokio::test]
async fn the_clock_only_advances_and_is_bounded() {
    let local = Local::start().await;
    let path = "/_emulator/clock";
    let before = local.post(path, json!({ "advance_seconds": 0 })).await.body["now"].as_i64().unwrap();
    let after = local.post(path, json!({ "advance_seconds": 1000 })).await.body["now"].as_i64().unwrap();
    assert!((1000..1010).contains(&(after - before)), "{before} {after}");

    let bounds = "advance_seconds: must be an integer from 0 to 315360000";
    for seconds in [-1, 315_360_001, i64::MIN, i64::MAX] {
        local.post(path, json!({ "advance_seconds": seconds })).await.assert_error(400, bounds);
    }
    for body in
        [json!({}), json!({ "advance_seconds": "1" }), json!({ "advance_seconds": 1.5 }), json!([]), json!(null)]
    {
        assert_eq!(local.post(path, body.clone()).await.status, 400, "{body}");
    }
    for _ in 0..9 {
        local.advance_clock(315_360_000).await;
    }
    local
        .post(path, json!({ "advance_seconds": 315_360_000 }))
        .await
        .assert_error(400, "advance_seconds: the clock cannot be more than 100 years ahead");
}

#[tokio::test]
async fn organizations_have_at_most_four_levels() {
    let local = Local::start().await;
    let path = "/_emulator/organizations";
    let seeded = local.get(path).await.body;
    let parents: Vec<_> = seeded.as_array().unwrap().iter().map(|one| (&one["id"], &one["parentId"])).collect();
    assert_eq!(json!(parents), json!([[1, null], [2, 1], [3, 1], [4, 2]]));

    let fourth = local.post(path, json!({ "name": "fourth level", "parentId": 4 })).await;
    assert_eq!((fourth.status, &fourth.body), (201, &json!({ "id": 5, "name": "fourth level", "parentId": 4 })));
    assert_eq!(local.get(path).await.body[4], fourth.body);
    assert_eq!(local.create(json!({ "name": "deep", "orgId": 5 })).await.status, 201);

    let fifth = local.post(path, json!({ "name": "fifth level", "parentId": 5 })).await;
    fifth.assert_error(400, "parentId: organizations have at most 4 levels");
    let orphan = local.post(path, json!({ "name": "orphan", "parentId": 99 })).await;
    orphan.assert_error(404, "parentId: no organization has this ID; fix: list them with GET /_emulator/organizations");
    for name in [String::new(), "a".repeat(65)] {
        let response = local.post(path, json!({ "name": name, "parentId": 1 })).await;
        response.assert_error(400, "name: must have 1 to 64 characters");
    }
    assert_eq!(local.post(path, json!({ "name": "no parent" })).await.status, 400);
    assert_eq!(local.get(path).await.body.as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn a_user_token_has_the_requested_lifetime() {
    let local = Local::start().await;
    let response = local.post("/_emulator/tokens", json!({ "orgId": 1 })).await;
    assert_eq!((response.status, &response.body["expires_in"]), (201, &json!(86_400)));
    assert_eq!(response.header(CACHE_CONTROL), "no-store");

    let user = json!({
        "orgId": 1, "permissions": ["OAUTH_TOKEN_CREATE"], "developerMode": true, "expiresIn": 600
    });
    let token = local.user_token(user).await;
    local.advance_clock(540).await;
    assert_eq!(local.create_as(&token, json!({ "name": "a" })).await.status, 201);
    local.advance_clock(60).await;
    local.create_as(&token, json!({ "name": "a" })).await.assert_error(401, "The access token has expired.");

    let bounds = "expiresIn: must be an integer from 1 to 31536000 (seconds)";
    for seconds in [0, -1, 31_536_001] {
        local.post("/_emulator/tokens", json!({ "orgId": 1, "expiresIn": seconds })).await.assert_error(400, bounds);
    }
    let unknown = local.post("/_emulator/tokens", json!({ "orgId": 99 })).await;
    unknown.assert_error(404, "orgId: no organization has this ID; fix: list them with GET /_emulator/organizations");
    assert_eq!(local.post("/_emulator/tokens", json!({ "orgId": 1, "developermode": true })).await.status, 400);
}

#[tokio::test]
async fn setting_the_scope_of_an_unknown_client_is_a_404() {
    let local = Local::start().await;
    let response = local.post("/_emulator/clients/nobody/platform-api", json!({ "enabled": true })).await;
    response.assert_error(404, "clientId: no client has this ID; fix: list the clients with GET /_emulator/clients");
}

#[tokio::test]
async fn refuses_requests_of_web_pages() {
    let local = Local::start().await;
    let origin = "Origin: requests with this header are rejected, since web pages may not use the control interface.";
    for path in ["/_emulator/clients", "/_emulator/tokens", "/_emulator/unknown"] {
        for value in ["https://evil.example", "null", "http://127.0.0.1"] {
            send(local.request(Method::GET, path).header(ORIGIN, value)).await.assert_error(403, origin);
        }
        let host =
            "Host: must be 127.0.0.1, [::1] or localhost, since only this machine may use the control interface.";
        send(local.request(Method::GET, path).header(HOST, "evil.example:80")).await.assert_error(403, host);
    }
    let request = local.request(Method::POST, "/_emulator/tokens").header(ORIGIN, "https://evil.example");
    send(request.json(&json!({ "orgId": 1 }))).await.assert_error(403, origin);

    let simple = local.request(Method::POST, "/_emulator/tokens").header("content-type", "text/plain");
    send(simple.body(r#"{"orgId":1}"#)).await.assert_error(415, "Content-Type: must be application/json");
    assert_eq!(send(local.request(Method::GET, "/_emulator/health").header(HOST, "localhost:1")).await.status, 200);
}
