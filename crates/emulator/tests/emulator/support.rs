//! An emulator with an HTTP client, and assertions about responses.

use std::path::PathBuf;

use blynk_emulator::{Builder, Emulator};
use reqwest::header::{HeaderMap, HeaderName};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) const CREATE: &str = "/api/v1/organization/oauth/clients/create";

/// An emulator with a new database, and an HTTP client.
pub(crate) struct Local {
    pub(crate) emulator: Emulator,
    http: reqwest::Client,
    folder: TempDir,
}

/// A response of the emulator.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Local {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let emulator = start(folder.path().join("emulator.db")).await;
        Self { emulator, http: reqwest::Client::new(), folder }
    }

    /// Starts an emulator with this configuration on a new database.
    pub(crate) async fn with(builder: Builder) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let emulator = builder.database(folder.path().join("emulator.db")).start().await.unwrap();
        Self { emulator, http: reqwest::Client::new(), folder }
    }

    /// Stops the emulator and starts another one with the same file.
    pub(crate) async fn restart(self) -> Self {
        self.emulator.shutdown().await.unwrap();
        let emulator = start(self.folder.path().join("emulator.db")).await;
        Self { emulator, ..self }
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("emulator.db")
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.emulator.url()))
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Response {
        send(self.request(Method::POST, path).json(&body)).await
    }

    /// Requests a token with the credentials of the seeded client and this query string.
    pub(crate) async fn request_token(&self, query: &str) -> Response {
        let credentials = self.emulator.credentials();
        self.request_token_as(&credentials.client_id, &credentials.client_secret, query).await
    }

    pub(crate) async fn request_token_as(&self, client_id: &str, secret: &str, query: &str) -> Response {
        let path = format!("/oauth2/token?{query}");
        send(self.request(Method::POST, &path).basic_auth(client_id, Some(secret))).await
    }

    /// Returns an access token of the seeded client.
    pub(crate) async fn token(&self) -> String {
        let response = self.request_token("grant_type=client_credentials").await;
        response.body["access_token"].as_str().unwrap().to_owned()
    }

    /// Returns an access token of a user.
    pub(crate) async fn user_token(&self, user: Value) -> String {
        let response = self.post("/_emulator/tokens", user).await;
        assert_eq!(response.status, 201, "{response:?}");
        response.body["access_token"].as_str().unwrap().to_owned()
    }

    /// Creates a client with a token of the seeded client.
    pub(crate) async fn create(&self, body: Value) -> Response {
        self.create_as(&self.token().await, body).await
    }

    pub(crate) async fn create_as(&self, token: &str, body: Value) -> Response {
        send(self.request(Method::POST, CREATE).bearer_auth(token).json(&body)).await
    }

    /// Sends this text unchanged as the body of a create request.
    pub(crate) async fn create_raw(&self, body: impl Into<reqwest::Body>) -> Response {
        send(self.request(Method::POST, CREATE).bearer_auth(self.token().await).body(body)).await
    }

    pub(crate) async fn advance_clock(&self, seconds: i64) {
        let response = self.post("/_emulator/clock", json!({ "advance_seconds": seconds })).await;
        assert_eq!(response.status, 200, "{response:?}");
    }

    pub(crate) async fn listed_clients(&self) -> Vec<Value> {
        self.get("/_emulator/clients").await.body.as_array().unwrap().clone()
    }
}

async fn start(database: PathBuf) -> Emulator {
    Emulator::builder().database(database).start().await.unwrap()
}

/// Sends the request. A response body must be JSON.
pub(crate) async fn send(request: RequestBuilder) -> Response {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = response.bytes().await.unwrap();
    let body = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).unwrap() };
    Response { status, headers, body }
}

impl Response {
    pub(crate) fn header(&self, name: HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Asserts the status, the schema `ErrorResponse` and the message.
    #[track_caller]
    pub(crate) fn assert_error(&self, status: u16, message: &str) {
        assert_eq!(self.status, status, "{self:?}");
        self.assert_valid(include_str!("../../../../openapi/blynk-platform.json"), "/components/schemas/ErrorResponse");
        assert_eq!(self.body["error"]["message"], message);
    }

    /// Asserts the schema `TokenError`, the error code and the description.
    #[track_caller]
    pub(crate) fn assert_token_error(&self, error: &str, description: &str) {
        assert_eq!(self.status, 400, "{self:?}");
        self.assert_valid(include_str!("../../../../openapi/oauth2-token.json"), "/components/schemas/TokenError");
        assert_eq!(self.body, json!({ "error": error, "error_description": description }));
        assert_eq!(self.header(reqwest::header::CACHE_CONTROL), "no-store");
    }

    /// Asserts that the body is valid JSON of the schema at `pointer` of the document.
    #[track_caller]
    pub(crate) fn assert_valid(&self, document: &str, pointer: &str) {
        let document: Value = serde_json::from_str(document).unwrap();
        let schema = openapi::json_schema::json_schema(&document, pointer).unwrap();
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
        assert_eq!(validator.validate(&self.body).map_err(|error| error.to_string()), Ok(()), "{self:?}");
        assert_eq!(self.header(reqwest::header::CONTENT_TYPE), "application/json");
    }
}
