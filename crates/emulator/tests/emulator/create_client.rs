//! `POST /api/v1/organization/oauth/clients/create`.

use reqwest::Method;
use reqwest::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, WWW_AUTHENTICATE};
use serde_json::{Value, json};

use crate::support::{CREATE, Local, send};

const NOT_FOUND: &str = "Organization is not found or you don't have access to it.";

fn url_of(length: usize) -> String {
    let start = "https://a.example/";
    format!("{start}{}", "x".repeat(length - start.len()))
}

#[tokio::test]
async fn creates_a_client_as_documented() {
    let local = Local::start().await;
    let response =
        local.create(json!({ "name": "Greenhouse", "redirectUrls": ["https://greenhouse.example/cb"] })).await;
    assert_eq!(response.status, 201);
    response.assert_valid(include_str!("../../../../openapi/blynk-platform.json"), "/components/schemas/OAuthClient");
    assert_eq!(response.header(CACHE_CONTROL), "no-store");

    let (client_id, secret) = (response.body["clientId"].as_str().unwrap(), response.body["secret"].as_str().unwrap());
    let is_alphabet = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let random = client_id.strip_prefix("oa2-client-id_").unwrap();
    assert!(random.len() == 32 && is_alphabet(random), "{client_id}");
    assert!(secret.len() == 40 && is_alphabet(secret), "{secret}");
    assert_eq!(
        response.body,
        json!({
            "orgId": local.emulator.root_organization(), "name": "Greenhouse", "clientId": client_id, "secret": secret,
            "redirectUrls": ["https://greenhouse.example/cb"],
        })
    );
}

#[tokio::test]
async fn the_response_has_redirect_urls_if_the_request_had_them() {
    let local = Local::start().await;
    let without = local.create(json!({ "name": "a" })).await.body;
    assert!(without.as_object().unwrap().get("redirectUrls").is_none(), "{without}");
    let empty = local.create(json!({ "name": "a", "redirectUrls": [] })).await.body;
    assert_eq!(empty["redirectUrls"], json!([]));
}

#[tokio::test]
async fn accepts_valid_requests() {
    let local = Local::start().await;
    let token = local.token().await;
    for body in [
        json!({ "name": "a" }),
        json!({ "name": "🌱".repeat(64) }),
        json!({ "name": " \u{0} \n\"' é" }),
        json!({ "name": "a", "redirectUrls": vec!["https://a.example"; 10] }),
        json!({ "name": "a", "redirectUrls": [url_of(1024)] }),
        json!({ "name": "a", "orgId": 1 }),
        json!({ "name": "a", "orgId": 1.0 }),
        json!({ "name": "a", "secret": "mine", "unknown": { "name": 1 } }),
    ] {
        let response = local.create_as(&token, body.clone()).await;
        assert_eq!(response.status, 201, "{body} {response:?}");
        assert_eq!(response.body["name"], body["name"]);
        assert_eq!(response.body["orgId"], json!(1));
        assert_ne!(response.body["secret"], json!("mine"));
    }
}

#[tokio::test]
async fn refuses_invalid_requests_with_field_and_keyword() {
    let local = Local::start().await;
    let token = local.token().await;
    for (body, message) in [
        (json!({}), "name: is required"),
        (json!({ "name": null }), "name: violates type string"),
        (json!({ "name": "" }), "name: violates minLength 1"),
        (json!({ "name": "🌱".repeat(65) }), "name: violates maxLength 64"),
        (json!({ "name": "a", "redirectUrls": null }), "redirectUrls: violates type array"),
        (json!({ "name": "a", "redirectUrls": vec!["https://a.example"; 11] }), "redirectUrls: violates maxItems 10"),
        (json!({ "name": "a", "redirectUrls": [url_of(1025)] }), "redirectUrls[0]: violates maxLength 1024"),
        (json!({ "name": "a", "redirectUrls": ["a:b", "a:b", "a:b", "/no"] }), "redirectUrls[3]: violates format uri"),
        (json!({ "name": "a", "redirectUrls": [1] }), "redirectUrls[0]: violates type string"),
        (json!({ "name": "a", "orgId": "1" }), "orgId: violates type integer"),
        (json!({ "name": "a", "orgId": null }), "orgId: violates type integer"),
        (json!({ "name": "a", "orgId": 1.5 }), "orgId: violates type integer"),
        (json!({ "name": "a", "orgId": 2_147_483_648_i64 }), "orgId: violates maximum 2147483647"),
        (json!({ "name": "a", "orgId": -2_147_483_649_i64 }), "orgId: violates minimum -2147483648"),
        (json!([]), "body: violates type object"),
        (json!({ "redirectUrls": 1 }), "name: is required; redirectUrls: violates type array"),
    ] {
        let response = local.create_as(&token, body.clone()).await;
        assert_eq!(response.status, 400, "{body}");
        let mut named: Vec<&str> = response.body["error"]["message"].as_str().unwrap().split("; ").collect();
        named.sort_unstable();
        assert_eq!(named.join("; "), message, "{body}");
    }
    assert_eq!(local.listed_clients().await, Vec::<Value>::new(), "nothing was created");
}

#[tokio::test]
async fn refuses_invalid_json_without_echoing_it() {
    let local = Local::start().await;
    for (body, message) in [
        (&b""[..], "invalid JSON: EOF while parsing a value at line 1 column 0"),
        (b"{\"name\":\"a\"", "invalid JSON: EOF while parsing an object at line 1 column 11"),
        (b"{\"name\":\"\xff\"}", "invalid JSON: invalid unicode code point at line 1 column 10"),
        (b"{\"name\":\"\\ud800\"}", "invalid JSON: unexpected end of hex escape at line 1 column 16"),
        (b"{\"name\":\"a\",\"name\":\"b\"}", "invalid JSON: duplicate key in an object at line 1 column 23"),
        (b"{\"name\":\"a\",\"orgId\":1e999}", "invalid JSON: number out of range at line 1 column 25"),
        (b"name=a", "invalid JSON: expected ident at line 1 column 2"),
        ("[".repeat(100_000).as_bytes(), "invalid JSON: recursion limit exceeded at line 1 column 128"),
    ] {
        local.create_raw(body.to_vec()).await.assert_error(400, message);
    }
}

#[tokio::test]
async fn a_missing_content_type_counts_as_json() {
    let local = Local::start().await;
    assert_eq!(local.create_raw(r#"{"name":"a"}"#).await.status, 201);
}

#[tokio::test]
async fn refuses_other_content_types_before_authentication() {
    let local = Local::start().await;
    let token = local.token().await;
    let request = || local.request(Method::POST, CREATE).body(r#"{"name":"a"}"#);
    for content_type in ["application/json", "Application/JSON;charset=utf-8", "application/json ; charset=\"UTF-8\""] {
        let response = send(request().bearer_auth(&token).header(CONTENT_TYPE, content_type)).await;
        assert_eq!(response.status, 201, "{content_type}");
    }
    for content_type in ["text/plain", "application/x-www-form-urlencoded", "application/json2", "application/*", ""] {
        let response = send(request().header(CONTENT_TYPE, content_type)).await;
        response.assert_error(415, "Content-Type: must be application/json");
    }
}

#[tokio::test]
async fn requires_a_known_token() {
    let local = Local::start().await;
    let token = local.token().await;
    let request = || local.request(Method::POST, CREATE).body("not even JSON");
    let credentials = local.emulator.credentials();
    let required = "A bearer token is required.";
    for (header, message) in [
        (String::new(), required),
        ("Bearer".into(), required),
        ("Bearer ".into(), required),
        (token.clone(), required),
        (format!("Token {token}"), required),
        (format!("Bearer {token} {token}"), required),
        ("Bearer é".into(), required),
        (format!("Bearer {}", credentials.client_secret), "The access token is unknown."),
        (format!("Bearer {token}x"), "The access token is unknown."),
    ] {
        let response = send(request().header(AUTHORIZATION, header.as_str())).await;
        response.assert_error(401, message);
        assert_eq!(response.header(WWW_AUTHENTICATE), "Bearer");
    }
    send(request()).await.assert_error(401, required);
    send(request().bearer_auth(&token).bearer_auth(&token)).await.assert_error(401, required);
    send(request().header(AUTHORIZATION, format!("bEARER  {token}")))
        .await
        .assert_error(400, "invalid JSON: expected ident at line 1 column 2");
}

#[tokio::test]
async fn an_access_token_expires_after_one_day() {
    let local = Local::start().await;
    let token = local.token().await;
    local.advance_clock(86_400 - 60).await;
    assert_eq!(local.create_as(&token, json!({ "name": "in time" })).await.status, 201);
    local.advance_clock(60).await;
    let late = local.create_as(&token, json!({ "name": "late" })).await;
    late.assert_error(401, "The access token has expired.");
    assert_eq!(late.header(WWW_AUTHENTICATE), "Bearer");
    assert_eq!(local.create(json!({ "name": "with a new token" })).await.status, 201);
}

#[tokio::test]
async fn a_user_needs_the_permission_and_developer_mode() {
    let local = Local::start().await;
    let create = async |permissions: Value, developer_mode: bool| {
        let user = json!({ "orgId": 2, "permissions": permissions, "developerMode": developer_mode });
        local.create_as(&local.user_token(user).await, json!({ "name": "by a user" })).await
    };
    let permission = "The permission OAUTH_TOKEN_CREATE is required.";
    create(json!([]), true).await.assert_error(403, permission);
    create(json!(["ORG_VIEW_USERS", "OAUTH_TOKEN"]), true).await.assert_error(403, permission);
    create(json!(["OAUTH_TOKEN_CREATE"]), false).await.assert_error(403, "Developer mode is required.");
    let created = create(json!(["ORG_VIEW_USERS", "OAUTH_TOKEN_CREATE"]), true).await;
    assert_eq!((created.status, &created.body["orgId"]), (201, &json!(2)));
}

#[tokio::test]
async fn a_client_needs_the_platform_api_scope() {
    let local = Local::start().await;
    let token = local.token().await;
    let scope = format!("/_emulator/clients/{}/platform-api", local.emulator.credentials().client_id);

    assert_eq!(local.post(&scope, json!({ "enabled": false })).await.status, 200);
    let refused = local.create_as(&token, json!({ "name": 1 })).await;
    refused.assert_error(403, "Platform API scope is not enabled for this oauth client.");
    assert_eq!(local.post(&scope, json!({ "enabled": true })).await.status, 200);
    assert_eq!(local.create_as(&token, json!({ "name": "a" })).await.status, 201);
}

#[tokio::test]
async fn a_token_has_access_to_its_organization_and_those_below() {
    let local = Local::start().await;
    // The seeded tree: 1 is above 2 and 3, and 2 above 4.
    for (organization, accessible) in [(1, [1, 2, 3, 4].as_slice()), (2, &[2, 4]), (3, &[3]), (4, &[4])] {
        let user = json!({ "orgId": organization, "permissions": ["OAUTH_TOKEN_CREATE"], "developerMode": true });
        let token = local.user_token(user).await;
        for target in [1, 2, 3, 4, 5, 0, -1, i32::MAX, i32::MIN] {
            let response = local.create_as(&token, json!({ "name": "a", "orgId": target })).await;
            if accessible.contains(&target) {
                assert_eq!(
                    (response.status, &response.body["orgId"]),
                    (201, &json!(target)),
                    "{organization} {target}"
                );
            } else {
                response.assert_error(404, NOT_FOUND);
            }
        }
    }
}

#[tokio::test]
async fn a_created_client_can_create_clients_in_its_own_organization() {
    let local = Local::start().await;
    let parent = local.create(json!({ "name": "parent", "orgId": 2 })).await.body;
    let (client_id, secret) = (parent["clientId"].as_str().unwrap(), parent["secret"].as_str().unwrap());
    let response = local.request_token_as(client_id, secret, "grant_type=client_credentials").await;
    let token = response.body["access_token"].as_str().unwrap();

    let child = local.create_as(token, json!({ "name": "child" })).await;
    assert_eq!((child.status, &child.body["orgId"]), (201, &json!(2)));
    local.create_as(token, json!({ "name": "child", "orgId": 1 })).await.assert_error(404, NOT_FOUND);
}

#[tokio::test]
async fn creates_many_clients_concurrently() {
    let local = std::sync::Arc::new(Local::start().await);
    let token = local.token().await;
    let tasks: Vec<_> = (0..40)
        .map(|number| {
            let (local, token) = (local.clone(), token.clone());
            tokio::spawn(async move { local.create_as(&token, json!({ "name": number.to_string() })).await.status })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), 201);
    }
    let mut names: Vec<i32> =
        local.listed_clients().await.iter().map(|client| client["name"].as_str().unwrap().parse().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, (0..40).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_database_error_is_a_500_without_details() {
    let local = Local::start().await;
    let token = local.token().await;
    let database = format!("sqlite:{}", local.database().display());
    let database = sqlx::SqlitePool::connect(&database).await.unwrap();
    sqlx::query("ALTER TABLE clients RENAME COLUMN name TO label").execute(&database).await.unwrap();
    database.close().await;
    local.create_as(&token, json!({ "name": "a" })).await.assert_error(500, "Internal server error");
}
