//! Documented operations that nobody has written a behaviour for: requests are validated by the document, and answered
//! with a value made from its schema, marked as such. Nothing is kept [A].

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
    bearer, opaque,
    reply::Failure,
    service::{Service, read_body, unknown_path, wrong_method},
    token,
};

/// Tells that an answer was made from the schema.
const HEADER: HeaderName = HeaderName::from_static("x-blynk-emulator");

/// A path that has no behaviour of its own.
pub(crate) async fn or_unknown(State(service): State<Service>, request: Request) -> Response {
    match service.routes.find(request.method(), request.uri()) {
        Found::Operation(route, values) => {
            answer(&service, route, values, request).await.unwrap_or_else(IntoResponse::into_response)
        }
        Found::OtherMethods(methods) => {
            let mut response = wrong_method().await.into_response();
            if let Ok(methods) =
                HeaderValue::from_str(&methods.iter().map(|method| method.name()).collect::<Vec<_>>().join(","))
            {
                response.headers_mut().insert(header::ALLOW, methods);
            }
            response
        }
        Found::Nothing => unknown_path().await.into_response(),
    }
}

/// A method that the path has no behaviour for.
pub(crate) async fn or_wrong_method(State(service): State<Service>, request: Request) -> Response {
    match service.routes.find(request.method(), request.uri()) {
        Found::Operation(route, values) => {
            answer(&service, route, values, request).await.unwrap_or_else(IntoResponse::into_response)
        }
        _ => wrong_method().await.into_response(),
    }
}

async fn answer(
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
    let (status, response) = success(route);
    let content = response.get("content").and_then(Value::as_object).into_iter().flatten();
    // JSON before the rest, as clients ask for it
    let content = content.min_by_key(|(content_type, _)| !MediaType::parse(content_type).is_json());
    let mut answer = match content {
        None => status.into_response(),
        Some((content_type, media)) => {
            let value = sample::of_media(document, media);
            let body = match &value {
                value if MediaType::parse(content_type).is_json() => Body::from(value.to_string()),
                Value::String(text) => Body::from(text.clone()),
                value => Body::from(value.to_string()),
            };
            let mut answer = (status, body).into_response();
            if let Ok(content_type) = HeaderValue::from_str(content_type) {
                answer.headers_mut().insert(header::CONTENT_TYPE, content_type);
            }
            answer
        }
    };
    answer.headers_mut().insert(HEADER, HeaderValue::from_static("generated"));
    Ok(answer)
}

/// The first documented success.
fn success(route: &Route) -> (StatusCode, &Value) {
    let operation = route.operation();
    let responses = operation.get("responses").and_then(Value::as_object);
    let successes = responses.into_iter().flatten().filter(|(status, _)| status.starts_with('2'));
    let found = successes.min_by_key(|(status, _)| status.as_str()).or_else(|| responses?.get_key_value("default"));
    let (status, response) = found.map_or(("200", &Value::Null), |(status, response)| (status.as_str(), response));
    let status = status.parse().ok().and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(StatusCode::OK);
    (status, dereferenced(&route.document, response))
}

/// One of the schemes that the operation asks for: a bearer token, or a client's id and secret. Others are not checked.
async fn authenticate(service: &Service, route: &Route, headers: &HeaderMap) -> Result<(), Failure> {
    let schemes = route.schemes();
    let asks = |kind: &str| schemes.iter().any(|scheme| scheme == kind);
    if schemes.is_empty() || schemes.iter().any(|scheme| !["bearer", "basic"].contains(&scheme.as_str())) {
        return Ok(());
    }
    if asks("basic") {
        if let Some((client_id, secret)) = token::basic(headers)
            && service.store.authenticate_client(&client_id, opaque::hash(&secret)).await?.is_some()
        {
            return Ok(());
        }
        if !asks("bearer") {
            return Err(Failure::new(StatusCode::UNAUTHORIZED, "Client ID is not found or password is wrong."));
        }
    }
    bearer::authenticate(&service.store, headers).await.map(drop)
}
