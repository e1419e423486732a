//! `/_emulator/`: what tests and people steer the emulator by. No documented path begins like this. All of it is ours
//! [A].

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
    opaque,
    reply::{Failure, no_store},
    service::{Service, parse_json, read_body, require_json, unknown_path, wrong_method},
    store::{MAX_LEVELS, NoOrganization, from_json},
    token,
};

/// The furthest the clock moves at once: ten years.
const MAX_ADVANCE: i64 = 10 * 365 * 86_400;

/// The longest that the token of a user may live: a year.
const MAX_EXPIRES_IN: i32 = 365 * 86_400;

/// The longest name of an organization, in characters.
const MAX_NAME: usize = 64;

type Answer = Result<Json<Value>, Failure>;

pub(crate) fn router() -> Router<Service> {
    Router::new()
        .route("/health", get(health))
        .route("/ready", get(ready))
        .route("/clients", get(clients))
        .route("/clients/{client_id}/platform-api", post(set_platform_api))
        .route("/clock", post(advance_clock))
        .route("/organizations", get(organizations).post(create_organization))
        .route("/tokens", post(create_token))
        .fallback(unknown_path)
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn(refuse_web_pages))
}

/// These paths give out tokens and ask for none. A web page must not reach them: not by itself, when the browser sends
/// `Origin`, nor by a host name of its own that it has led to the loopback address.
async fn refuse_web_pages(request: Request, next: Next) -> Result<Response, Failure> {
    let forbidden = |message: &str| Err(Failure::new(StatusCode::FORBIDDEN, message));
    if request.headers().contains_key(header::ORIGIN) {
        return forbidden("The control interface is not for web pages: requests with the header Origin are refused.");
    }
    if !names_loopback(request.uri(), request.headers()) {
        return forbidden(
            "The control interface is for this machine only: the header Host must be 127.0.0.1, [::1] or localhost.",
        );
    }
    Ok(next.run(request).await)
}

/// Whether every host the request names is this machine's own, and there is one.
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

async fn health(State(service): State<Service>) -> Answer {
    service.store.now().await?;
    Ok(Json(json!({ "status": "ok" })))
}

async fn ready(State(service): State<Service>) -> Answer {
    service.store.can_write().await?;
    Ok(Json(json!({ "status": "ok" })))
}

async fn clients(State(service): State<Service>) -> Answer {
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
) -> Answer {
    let PlatformApi { enabled } = read(&headers, body).await?;
    if !service.store.set_platform_api(&client_id, enabled).await? {
        return Err(Failure::new(StatusCode::NOT_FOUND, "There is no such client."));
    }
    Ok(Json(json!({ "clientId": client_id, "enabled": enabled })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_seconds: i64,
}

async fn advance_clock(State(service): State<Service>, headers: HeaderMap, body: Body) -> Answer {
    let Advance { advance_seconds } = read(&headers, body).await?;
    if !(0..=MAX_ADVANCE).contains(&advance_seconds) {
        return Err(Failure::bad_request(format!("advance_seconds: is not between 0 and {MAX_ADVANCE}")));
    }
    match service.store.advance_clock(advance_seconds).await? {
        Some(now) => Ok(Json(json!({ "now": now }))),
        None => Err(Failure::bad_request("advance_seconds: the clock would be more than a hundred years ahead")),
    }
}

async fn organizations(State(service): State<Service>) -> Answer {
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
        return Err(Failure::bad_request(format!("name: is not between 1 and {MAX_NAME} characters long")));
    }
    match service.store.create_organization(&name, parent_id).await? {
        Ok(id) => Ok((StatusCode::CREATED, Json(organization(id, &name, Some(parent_id))))),
        Err(NoOrganization::UnknownParent) => Err(no_such_organization("parentId")),
        Err(NoOrganization::TooDeep) => {
            Err(Failure::bad_request(format!("parentId: organizations are at most {MAX_LEVELS} levels deep")))
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
        return Err(Failure::bad_request(format!("expiresIn: is not between 1 and {MAX_EXPIRES_IN}")));
    }
    let access_token = opaque::secret()?;
    let hash = opaque::hash(&access_token);
    if !service.store.issue_user_token(hash, org_id, &permissions, developer_mode, i64::from(expires_in)).await? {
        return Err(no_such_organization("orgId"));
    }
    let body = json!({ "access_token": access_token, "token_type": "Bearer", "expires_in": expires_in });
    Ok(no_store((StatusCode::CREATED, Json(body))))
}

fn no_such_organization(field: &str) -> Failure {
    Failure::new(StatusCode::NOT_FOUND, format!("{field}: there is no such organization"))
}

/// The body as what the endpoint takes. A property it does not know is an error here: it would be a slip in a test.
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
    fn only_names_of_this_machine_are_loopback() {
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
