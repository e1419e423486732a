//! `POST /oauth2/token`.

use std::collections::HashSet;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, CACHE_CONTROL, PRAGMA};
use serde_json::json;

use crate::support::{Local, Response, send};

const INVALID_CLIENT: (&str, &str) = ("invalid_client", "Client ID is not found or password is wrong.");
const INVALID_GRANT: (&str, &str) =
    ("invalid_grant", "The refresh token is unknown, expired, already used, or issued to another client.");

fn refresh_token(response: &Response) -> String {
    assert_eq!(response.status, 200, "{response:?}");
    response.body["refresh_token"].as_str().unwrap().to_owned()
}

async fn refresh(local: &Local, refresh_token: &str) -> Response {
    local.request_token(&format!("grant_type=refresh_token&refresh_token={refresh_token}")).await
}

#[tokio::test]
async fn issues_an_access_and_a_refresh_token_for_one_day() {
    let local = Local::start().await;
    let response = local.request_token("grant_type=client_credentials").await;
    assert_eq!(response.status, 200);
    response.assert_valid(include_str!("../../../../openapi/oauth2-token.json"), "/components/schemas/TokenResponse");
    assert_eq!(response.header(CACHE_CONTROL), "no-store");
    assert_eq!(response.header(PRAGMA), "no-cache");
    assert_eq!(response.body["token_type"], "Bearer");
    assert_eq!(response.body["expires_in"], 86_400);

    let again = local.request_token("grant_type=client_credentials").await;
    let tokens = [&response, &again].map(|response| [&response.body["access_token"], &response.body["refresh_token"]]);
    let tokens: HashSet<&str> = tokens.as_flattened().iter().map(|token| token.as_str().unwrap()).collect();
    assert_eq!(tokens.len(), 4, "every token is new");
    let is_alphabet = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    assert!(tokens.iter().all(|token| token.len() == 40 && token.bytes().all(is_alphabet)), "{tokens:?}");
}

#[tokio::test]
async fn a_refresh_token_works_once() {
    let local = Local::start().await;
    let first = local.request_token("grant_type=client_credentials").await;
    let second = refresh(&local, &refresh_token(&first)).await;
    second.assert_valid(include_str!("../../../../openapi/oauth2-token.json"), "/components/schemas/TokenResponse");
    let created = local.create_as(second.body["access_token"].as_str().unwrap(), json!({ "name": "refreshed" })).await;
    assert_eq!(created.status, 201);

    refresh(&local, &refresh_token(&first)).await.assert_token_error(INVALID_GRANT.0, INVALID_GRANT.1);
    assert_eq!(refresh(&local, &refresh_token(&second)).await.status, 200);
}

#[tokio::test]
async fn only_one_of_two_concurrent_refreshes_succeeds() {
    let local = Local::start().await;
    for _ in 0..10 {
        let token = refresh_token(&local.request_token("grant_type=client_credentials").await);
        let (one, other) = tokio::join!(refresh(&local, &token), refresh(&local, &token));
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 400], "{one:?} {other:?}");
    }
}

#[tokio::test]
async fn a_refresh_token_expires_after_one_day() {
    let local = Local::start().await;
    let early = refresh_token(&local.request_token("grant_type=client_credentials").await);
    let late = refresh_token(&local.request_token("grant_type=client_credentials").await);
    local.advance_clock(86_400 - 60).await;
    assert_eq!(refresh(&local, &early).await.status, 200);
    local.advance_clock(60).await;
    refresh(&local, &late).await.assert_token_error(INVALID_GRANT.0, INVALID_GRANT.1);
}

#[tokio::test]
async fn a_refresh_token_is_bound_to_its_client() {
    let local = Local::start().await;
    let token = refresh_token(&local.request_token("grant_type=client_credentials").await);
    let other = local.create(json!({ "name": "other" })).await.body;
    let (client_id, secret) = (other["clientId"].as_str().unwrap(), other["secret"].as_str().unwrap());
    let query = format!("grant_type=refresh_token&refresh_token={token}");
    local.request_token_as(client_id, secret, &query).await.assert_token_error(INVALID_GRANT.0, INVALID_GRANT.1);
    assert_eq!(refresh(&local, &token).await.status, 200, "the refused attempt did not consume it");
}

#[tokio::test]
async fn an_access_token_is_not_a_refresh_token() {
    let local = Local::start().await;
    refresh(&local, &local.token().await).await.assert_token_error(INVALID_GRANT.0, INVALID_GRANT.1);
}

#[tokio::test]
async fn requires_the_client_secret() {
    let local = Local::start().await;
    let credentials = local.emulator.credentials();
    let (id, secret) = (credentials.client_id.as_str(), credentials.client_secret.as_str());
    let wrong = [(id, "wrong"), (id, ""), ("oa2-client-id_nobody", secret), ("", ""), (secret, id)];
    for (client_id, secret) in wrong {
        let response = local.request_token_as(client_id, secret, "grant_type=client_credentials").await;
        response.assert_token_error(INVALID_CLIENT.0, INVALID_CLIENT.1);
    }
    for header in ["", "Basic", "Basic ", "Basic !!!", "Basic bm8tY29sb24=", "Basic //46/w==", "Bearer abc"] {
        let request = local.request(Method::POST, "/oauth2/token?grant_type=client_credentials");
        send(request.header(AUTHORIZATION, header)).await.assert_token_error(INVALID_CLIENT.0, INVALID_CLIENT.1);
    }
    let request = local.request(Method::POST, "/oauth2/token?grant_type=client_credentials");
    send(request).await.assert_token_error(INVALID_CLIENT.0, INVALID_CLIENT.1);
}

#[tokio::test]
async fn the_scheme_is_case_insensitive() {
    let local = Local::start().await;
    let credentials = local.emulator.credentials();
    let pair = format!("{}:{}", credentials.client_id, credentials.client_secret);
    let pair = BASE64_STANDARD.encode(pair);
    let request = local.request(Method::POST, "/oauth2/token?grant_type=client_credentials");
    assert_eq!(send(request.header(AUTHORIZATION, format!("bAsIc {pair}"))).await.status, 200);
}

#[tokio::test]
async fn reads_parameters_from_the_query_string_only() {
    let local = Local::start().await;
    let credentials = local.emulator.credentials();
    let request = local
        .request(Method::POST, "/oauth2/token")
        .basic_auth(&credentials.client_id, Some(&credentials.client_secret))
        .header("content-type", "application/x-www-form-urlencoded")
        .body("grant_type=client_credentials");
    let missing = "grant_type is required in the query string; parameters in the body are ignored";
    send(request).await.assert_token_error("invalid_request", missing);
    local.request_token("grant_type=").await.assert_token_error("invalid_request", missing);
    local.request_token("").await.assert_token_error("invalid_request", missing);
}

#[tokio::test]
async fn refuses_duplicate_parameters() {
    let local = Local::start().await;
    local
        .request_token("grant_type=client_credentials&grant_type=client_credentials")
        .await
        .assert_token_error("invalid_request", "grant_type occurs more than once");
    local
        .request_token("grant_type=refresh_token&refresh_token=a&refresh_token=b")
        .await
        .assert_token_error("invalid_request", "refresh_token occurs more than once");
}

#[tokio::test]
async fn an_undocumented_grant_type_is_unsupported() {
    let local = Local::start().await;
    for grant_type in ["password", "user_credentials", "CLIENT_CREDENTIALS", "%ff"] {
        local
            .request_token(&format!("grant_type={grant_type}"))
            .await
            .assert_token_error("unsupported_grant_type", "grant_type must be client_credentials or refresh_token");
    }
}

#[tokio::test]
async fn a_refresh_requires_a_refresh_token() {
    let local = Local::start().await;
    for query in ["grant_type=refresh_token", "grant_type=refresh_token&refresh_token="] {
        local
            .request_token(query)
            .await
            .assert_token_error("invalid_request", "refresh_token is required in the query string");
    }
}

#[tokio::test]
async fn ignores_unknown_parameters() {
    let local = Local::start().await;
    assert_eq!(local.request_token("scope=all&scope=more&grant_type=client_credentials").await.status, 200);
}
