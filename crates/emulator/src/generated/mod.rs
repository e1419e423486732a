//! Documented operations without an implementation of their own. Requests are validated against the document, and the
//! response is a value generated from its schema, marked by a header. Nothing is stored [A].

mod request;
mod routes;
mod sample;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use openapi::{MediaType, references::dereferenced};
use serde_json::Value;

pub(crate) use self::routes::Routes;
use self::routes::{Found, Route};
use crate::{
    bearer,
    failure::Failure,
    opaque,
    service::{Service, method_not_allowed, not_found, read_body},
    token,
};

/// Marks a response that was generated from the schema.
const HEADER: HeaderName = HeaderName::from_static("x-blynk-emulator");

/// Handles a path that has no implementation: a documented operation, 405 or 404.
pub(crate) async fn or_not_found(State(service): State<Service>, request: Request) -> Response {
    match service.routes.find(request.method(), request.uri()) {
        Found::Operation(route, values) => {
            respond(&service, route, values, request).await.unwrap_or_else(IntoResponse::into_response)
        }
        Found::OtherMethods(methods) => {
            let mut response = method_not_allowed().await.into_response();
            if let Ok(methods) =
                HeaderValue::from_str(&methods.iter().map(|method| method.name()).collect::<Vec<_>>().join(","))
            {
                response.headers_mut().insert(header::ALLOW, methods);
            }
            response
        }
        Found::Nothing => not_found().await.into_response(),
    }
}

/// Handles a method that the path has no implementation of: a documented operation or 405.
pub(crate) async fn or_method_not_allowed(State(service): State<Service>, request: Request) -> Response {
    match service.routes.find(request.method(), request.uri()) {
        Found::Operation(route, values) => {
            respond(&service, route, values, request).await.unwrap_or_else(IntoResponse::into_response)
        }
        _ => method_not_allowed().await.into_response(),
    }
}

async fn respond(
    service: &Service,
    route: &Route,
    values: Vec<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let body = read_body(body).await?;
    authenticate(service, route, &parts.headers).await?;
    request::check(route, &values, &parts, &body)?;

    let document = &*route.document;
    let (status, documented) = success(route);
    let content = documented.get("content").and_then(Value::as_object).into_iter().flatten();
    // Clients prefer JSON.
    let content = content.min_by_key(|(content_type, _)| !MediaType::parse(content_type).is_json());
    let mut response = match content {
        None => status.into_response(),
        Some((content_type, media)) => {
            let value = sample::for_media_type(document, media);
            let body = match &value {
                value if MediaType::parse(content_type).is_json() => Body::from(value.to_string()),
                Value::String(text) => Body::from(text.clone()),
                value => Body::from(value.to_string()),
            };
            let mut response = (status, body).into_response();
            if let Ok(content_type) = HeaderValue::from_str(content_type) {
                response.headers_mut().insert(header::CONTENT_TYPE, content_type);
            }
            response
        }
    };
    response.headers_mut().insert(HEADER, HeaderValue::from_static("generated"));
    Ok(response)
}

/// Returns the first documented success status and its response.
fn success(route: &Route) -> (StatusCode, &Value) {
    let operation = route.operation();
    let responses = operation.get("responses").and_then(Value::as_object);
    let successes = responses.into_iter().flatten().filter(|(status, _)| status.starts_with('2'));
    let found = successes.min_by_key(|(status, _)| status.as_str()).or_else(|| responses?.get_key_value("default"));
    let (status, response) = found.map_or(("200", &Value::Null), |(status, response)| (status.as_str(), response));
    let status = status.parse().ok().and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(StatusCode::OK);
    (status, dereferenced(&route.document, response))
}

/// Authenticates a bearer token or a client's credentials, if the operation requires one of them. Other schemes are not
/// checked.
async fn authenticate(service: &Service, route: &Route, headers: &HeaderMap) -> Result<(), Failure> {
    let schemes = route.schemes();
    let accepts = |kind: &str| schemes.iter().any(|scheme| scheme == kind);
    if schemes.is_empty() || schemes.iter().any(|scheme| !["bearer", "basic"].contains(&scheme.as_str())) {
        return Ok(());
    }
    if accepts("basic") {
        if let Some((client_id, secret)) = token::basic(headers)
            && service.store.authenticate_client(&client_id, opaque::hash(&secret)).await?.is_some()
        {
            return Ok(());
        }
        if !accepts("bearer") {
            return Err(Failure::new(StatusCode::UNAUTHORIZED, "Client ID is not found or password is wrong."));
        }
    }
    bearer::authenticate(&service.store, headers).await.map(drop)
}
