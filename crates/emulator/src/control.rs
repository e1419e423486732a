//! The control interface under `/_emulator/`, for tests and operators. No documented path has this prefix; everything
//! here is our own [A].

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json, body::Body};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{
    failure::{Failure, no_store},
    opaque,
    service::{Service, method_not_allowed, not_found, parse_json, read_body, require_json},
    store::{CreateOrganizationError, MAX_LEVELS, from_json},
    token,
};

/// Maximum of one clock advance, in seconds (ten years).
const MAX_ADVANCE: i64 = 10 * 365 * 86_400;

/// Maximum lifetime of a user's token, in seconds (one year).
const MAX_EXPIRES_IN: i32 = 365 * 86_400;

/// Maximum length of an organization's name, in characters.
const MAX_NAME: usize = 64;

type JsonResult = Result<Json<Value>, Failure>;

pub(crate) fn router() -> Router<Service> {
    Router::new()
        .route("/health", get(health))
        .route("/ready", get(ready))
        .route("/clients", get(clients))
        .route("/clients/{client_id}/platform-api", post(set_platform_api))
        .route("/clock", post(advance_clock))
        .route("/organizations", get(organizations).post(create_organization))
        .route("/tokens", post(create_token))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn(refuse_web_pages))
}

/// Refuses requests of web pages, since these paths issue tokens without authentication. A browser adds `Origin` to
/// cross-origin requests; a page that resolves its own host name to the loopback address (DNS rebinding) sends that
/// name in `Host`.
async fn refuse_web_pages(request: Request, next: Next) -> Result<Response, Failure> {
    let forbidden = |message: &str| Err(Failure::new(StatusCode::FORBIDDEN, message));
    if request.headers().contains_key(header::ORIGIN) {
        return forbidden(
            "Origin: requests with this header are rejected, since web pages may not use the control interface.",
        );
    }
    if !names_loopback(request.uri(), request.headers()) {
        return forbidden(
            "Host: must be 127.0.0.1, [::1] or localhost, since only this machine may use the control interface.",
        );
    }
    Ok(next.run(request).await)
}

/// Returns whether the request names a host, and every host that it names is a loopback name.
fn names_loopback(uri: &Uri, headers: &HeaderMap) -> bool {
    let in_headers = headers.get_all(header::HOST).iter().map(|host| host.to_str().unwrap_or_default());
    let mut hosts = uri.authority().map(Authority::as_str).into_iter().chain(in_headers).peekable();
    hosts.peek().is_some() && hosts.all(is_loopback)
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    name.eq_ignore_ascii_case("localhost")
        || name == "[::1]"
        || name.parse().is_ok_and(|address: std::net::Ipv4Addr| address.is_loopback())
}

async fn health(State(service): State<Service>) -> JsonResult {
    service.store.now().await?;
    Ok(Json(json!({ "status": "ok" })))
}

async fn ready(State(service): State<Service>) -> JsonResult {
    service.store.can_write().await?;
    Ok(Json(json!({ "status": "ok" })))
}

async fn clients(State(service): State<Service>) -> JsonResult {
    let clients = service.store.clients().await?.into_iter().map(|client| {
        let redirect_urls: Vec<String> =
            client.redirect_urls.as_deref().map(from_json).transpose()?.unwrap_or_default();
        Ok(json!({
            "clientId": client.client_id,
            "name": client.name,
            "orgId": client.organization,
            "redirectUrls": redirect_urls,
        }))
    });
    Ok(Json(clients.collect::<sqlx::Result<_>>()?))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlatformApi {
    enabled: bool,
}

async fn set_platform_api(
    State(service): State<Service>,
    Path(client_id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> JsonResult {
    let PlatformApi { enabled } = read(&headers, body).await?;
    if !service.store.set_platform_api(&client_id, enabled).await? {
        return Err(Failure::new(
            StatusCode::NOT_FOUND,
            "clientId: no client has this ID; fix: list the clients with GET /_emulator/clients",
        ));
    }
    Ok(Json(json!({ "clientId": client_id, "enabled": enabled })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_seconds: i64,
}

async fn advance_clock(State(service): State<Service>, headers: HeaderMap, body: Body) -> JsonResult {
    let Advance { advance_seconds } = read(&headers, body).await?;
    if !(0..=MAX_ADVANCE).contains(&advance_seconds) {
        return Err(Failure::bad_request(format!("advance_seconds: must be an integer from 0 to {MAX_ADVANCE}")));
    }
    match service.store.advance_clock(advance_seconds).await? {
        Some(now) => Ok(Json(json!({ "now": now }))),
        None => Err(Failure::bad_request("advance_seconds: the clock cannot be more than 100 years ahead")),
    }
}

async fn organizations(State(service): State<Service>) -> JsonResult {
    let organizations = service.store.organizations().await?;
    Ok(Json(organizations.into_iter().map(|(id, name, parent)| organization(id, &name, parent)).collect()))
}

fn organization(id: i32, name: &str, parent: Option<i32>) -> Value {
    json!({ "id": id, "name": name, "parentId": parent })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct NewOrganization {
    name: String,
    parent_id: i32,
}

async fn create_organization(
    State(service): State<Service>,
    headers: HeaderMap,
    body: Body,
) -> Result<(StatusCode, Json<Value>), Failure> {
    let NewOrganization { name, parent_id } = read(&headers, body).await?;
    if !(1..=MAX_NAME).contains(&name.chars().count()) {
        return Err(Failure::bad_request(format!("name: must have 1 to {MAX_NAME} characters")));
    }
    match service.store.create_organization(&name, parent_id).await? {
        Ok(id) => Ok((StatusCode::CREATED, Json(organization(id, &name, Some(parent_id))))),
        Err(CreateOrganizationError::UnknownParent) => Err(unknown_organization("parentId")),
        Err(CreateOrganizationError::TooDeep) => {
            Err(Failure::bad_request(format!("parentId: organizations have at most {MAX_LEVELS} levels")))
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct NewUserToken {
    org_id: i32,
    #[serde(default)]
    permissions: Vec<String>,
    #[serde(default)]
    developer_mode: bool,
    #[serde(default = "lifetime")]
    expires_in: i32,
}

fn lifetime() -> i32 {
    token::LIFETIME
}

async fn create_token(State(service): State<Service>, headers: HeaderMap, body: Body) -> Result<Response, Failure> {
    let NewUserToken { org_id, permissions, developer_mode, expires_in } = read(&headers, body).await?;
    if !(1..=MAX_EXPIRES_IN).contains(&expires_in) {
        return Err(Failure::bad_request(format!(
            "expiresIn: must be an integer from 1 to {MAX_EXPIRES_IN} (seconds)"
        )));
    }
    let access_token = opaque::secret()?;
    let hash = opaque::hash(&access_token);
    if !service.store.issue_user_token(hash, org_id, &permissions, developer_mode, i64::from(expires_in)).await? {
        return Err(unknown_organization("orgId"));
    }
    let body = json!({ "access_token": access_token, "token_type": "Bearer", "expires_in": expires_in });
    Ok(no_store((StatusCode::CREATED, Json(body))))
}

fn unknown_organization(field: &str) -> Failure {
    Failure::new(
        StatusCode::NOT_FOUND,
        format!("{field}: no organization has this ID; fix: list them with GET /_emulator/organizations"),
    )
}

/// Parses the body of a control request. Unknown properties are errors, since they are mistakes of a test.
async fn read<T: DeserializeOwned>(headers: &HeaderMap, body: Body) -> Result<T, Failure> {
    let body = read_body(body).await?;
    require_json(headers)?;
    serde_json::from_value(parse_json(&body)?).map_err(|error| {
        let message: String = error.to_string().chars().take(200).collect();
        Failure::bad_request(message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_loopback_hosts() {
        for host in ["127.0.0.1", "127.0.0.1:80", "127.9.9.9:1", "localhost", "LocalHost:8080", "[::1]", "[::1]:80"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example:80",
            "[::2]:80",
            "0.0.0.0",
            "a@127.0.0.1",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
