//! The SDK calls the emulator over HTTP.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use blynk_emulator::Emulator;
use blynk_platform::{Blynk, OPERATIONS, Operation, Outcome, operations::CreateOAuthClientError};

async fn emulator() -> (tempfile::TempDir, Emulator) {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::builder().database(folder.path().join("emulator.db")).start().await.unwrap();
    (folder, emulator)
}

fn client(emulator: &Emulator) -> Blynk {
    let credentials = emulator.credentials();
    Blynk::builder()
        .server(emulator.url())
        .client_credentials(&credentials.client_id, credentials.client_secret.as_str())
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_created_client_can_fetch_a_token() {
    let (_folder, emulator) = emulator().await;
    let created = client(&emulator)
        .create_oauth_client()
        .name("Greenhouse")
        .redirect_urls(["https://greenhouse.example/callback"])
        .send()
        .await
        .unwrap();
    assert_eq!(created.name, "Greenhouse");
    assert_eq!(created.org_id, emulator.root_organization());
    assert_eq!(created.redirect_urls, ["https://greenhouse.example/callback"]);
    assert_eq!(created.client_id.strip_prefix("oa2-client-id_").map(str::len), Some(32));
    assert_eq!(created.secret.expose_secret().len(), 40);

    let secret = created.secret.expose_secret().to_owned();
    for shown in [format!("{created:?}"), format!("{created:#?}"), format!("{:?}", created.secret)] {
        assert!(!shown.contains(&secret), "{shown}");
    }

    let own = Blynk::builder()
        .server(emulator.url())
        .client_credentials(&created.client_id, secret.as_str())
        .build()
        .unwrap();
    let second = own.create_oauth_client().name("Second").send().await.unwrap();
    assert_ne!(second.client_id, created.client_id);
    assert!(second.redirect_urls.is_empty());
}

#[tokio::test]
async fn documented_errors_are_typed() {
    let (_folder, emulator) = emulator().await;
    let elsewhere = client(&emulator).create_oauth_client().name("x").org_id(999_999).send().await.unwrap_err();
    let Some(CreateOAuthClientError::NotFound(body)) = elsewhere.documented() else { panic!("{elsewhere:?}") };
    assert!(body.error.message.contains("Organization is not found"), "{}", body.error.message);
    assert_eq!(elsewhere.outcome(), Outcome::Rejected);
    assert_eq!(
        elsewhere.to_string(),
        "the server responded with 404 Not Found: Organization is not found or you don't have access to it."
    );

    let nobody = Blynk::builder().server(emulator.url()).client_credentials("nobody", "wrong-secret").build().unwrap();
    let error = nobody.create_oauth_client().name("x").send().await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotSent);
    assert!(error.to_string().contains("Client ID is not found or password is wrong."), "{error}");
    assert!(!format!("{error:?} {error}").contains("wrong-secret"));

    // 401 is not documented: the error has its status but no documented body
    let stranger = Blynk::builder().server(emulator.url()).token("no-such-token").build().unwrap();
    let error = stranger.create_oauth_client().name("x").send().await.unwrap_err();
    assert_eq!((error.status().map(|status| status.as_u16()), error.outcome()), (Some(401), Outcome::Rejected));
    assert!(error.documented().is_none());
    assert!(!format!("{error:?} {error}").contains("no-such-token"));
}

#[tokio::test]
async fn an_expired_token_is_renewed_transparently() {
    let (_folder, emulator) = emulator().await;
    let blynk = client(&emulator);
    blynk.create_oauth_client().name("before").send().await.unwrap();
    let http = reqwest::Client::new();
    let clock = format!("{}/clock", emulator.control_url());
    http.post(clock)
        .json(&serde_json::json!({"advance_seconds": 86_401}))
        .send()
        .await
        .unwrap()
        .error_for_status()
        .unwrap();
    // the server rejects the cached token, which the client considers valid: one renewal, one retry
    blynk.create_oauth_client().name("after").send().await.unwrap();
    let list: serde_json::Value =
        http.get(format!("{}/clients", emulator.control_url())).send().await.unwrap().json().await.unwrap();
    let names: Vec<_> = list.as_array().unwrap().iter().map(|client| client["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["before", "after"]);
}

#[tokio::test]
async fn name_lengths_are_counted_in_characters() {
    let (_folder, emulator) = emulator().await;
    let name = "🌱".repeat(64);
    let created = client(&emulator).create_oauth_client().name(&*name).send().await.unwrap();
    assert_eq!(created.name, name);
    let urls: Vec<_> = (0..10).map(|number| format!("https://x.example/{number}")).collect();
    let created = client(&emulator).create_oauth_client().name("ten").redirect_urls(urls.clone()).send().await.unwrap();
    assert_eq!(created.redirect_urls, urls);
}

#[tokio::test]
async fn the_token_operation_issues_and_exchanges_tokens() {
    let (_folder, emulator) = emulator().await;
    let blynk = client(&emulator);
    let first = blynk_platform::IssuedToken::request(&blynk).await.unwrap();
    assert_eq!((first.token_type.as_str(), first.expires_in), ("Bearer", 86_400));
    let refresh = first.refresh_token.clone().unwrap();
    let Some(exchange) = token_operation("refresh_token") else { return };
    let call = || {
        let call = blynk.call_operation(exchange).parameter("refresh_token", &refresh);
        if exchange.path.contains('?') { call } else { call.parameter("grant_type", "refresh_token") }
    };
    let second = call().send::<blynk_platform::IssuedToken>().await.unwrap().into_body();
    assert_ne!(second.access_token.expose_secret(), first.access_token.expose_secret());
    let again = call().send::<blynk_platform::IssuedToken>().await.unwrap_err();
    assert_eq!(again.documented().and_then(|error| error["error"].as_str()), Some("invalid_grant"));
    assert!(!format!("{again:?} {again}").contains(refresh.expose_secret()));
}

/// Returns the token operation of a grant type, from the transcribed document or a page; a page may lack the grant
/// type.
fn token_operation(grant: &str) -> Option<&'static Operation> {
    let mut operations = OPERATIONS.iter().filter(|operation| operation.path.starts_with("/oauth2/token"));
    operations.find(|operation| operation.path.split_once('?').is_none_or(|(_, query)| query.ends_with(grant)))
}

#[tokio::test]
async fn calls_an_operation_of_the_operation_table() {
    let (_folder, emulator) = emulator().await;
    let blynk = client(&emulator);
    let create = OPERATIONS.iter().find(|operation| operation.id == "createOAuthClient").unwrap();
    let body = |value: serde_json::Value| blynk_platform::Body::json("application/json", &value).unwrap();
    let response = blynk
        .call_operation(create)
        .body(body(serde_json::json!({"name": "dynamic call"})))
        .send_for_bytes()
        .await
        .unwrap();
    assert_eq!(response.status().as_u16(), 201);
    let created: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(created["name"], "dynamic call");

    let refused = blynk.call_operation(create).body(body(serde_json::json!({"name": 1}))).send_for_bytes().await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.to_string(), "the server responded with 400 Bad Request: name: violates type string");
    assert_eq!(refused.documented().unwrap()["error"]["message"], "name: violates type string");
    let missing = blynk.call_operation(create).send_for_bytes().await.unwrap_err();
    assert_eq!(missing.violation().map(blynk_platform::Violation::field), Some("body"));
    let secret = blynk.call_operation(create).parameter("name", "hunter2").body(body(serde_json::json!("hunter2")));
    assert!(!format!("{secret:?}").contains("hunter2"), "{secret:?}");
    let unknown = blynk.call_operation(create).parameter("colour", 1).send_for_bytes().await.unwrap_err();
    assert_eq!(unknown.violation().map(blynk_platform::Violation::field), Some("colour"));
}
