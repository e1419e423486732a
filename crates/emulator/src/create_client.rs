//! `POST /api/v1/organization/oauth/clients/create`: creates an OAuth client [S].

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    bearer::{authenticate, may_create_clients},
    failure::{Failure, no_store},
    opaque,
    service::{Service, parse_json, read_body, require_json},
    store::NewClient,
};

/// The schema `OAuthClient` of the document. Only this response contains the secret [D].
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CreatedClient<'a> {
    org_id: i32,
    name: &'a str,
    client_id: &'a str,
    secret: &'a str,
    /// Present if the request had it, even if it was empty [A].
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect_urls: Option<&'a Value>,
}

/// Creates a client. The order of the checks is our own [A]: cheap checks come first, and a caller without a token
/// learns nothing about the body or the organizations.
pub(crate) async fn create_client(State(service): State<Service>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let body = read_body(body).await?;
    require_json(&parts.headers)?;
    let bearer = authenticate(&service.store, &parts.headers).await?;
    may_create_clients(&bearer)?;

    let body = parse_json(&body)?;
    // Undocumented properties are ignored, since the document does not forbid them [S].
    service.document.check_create_client(&body).map_err(Failure::bad_request)?;
    let name = body["name"].as_str().ok_or_else(|| Failure::bad_request("name: violates type string"))?;
    let organization = match body.get("orgId") {
        Some(number) => int32(number).ok_or_else(|| Failure::bad_request("orgId: violates format int32"))?,
        // Defaults to the organization of the token [S].
        None => bearer.organization,
    };
    // A token has access to its organization and the organizations below it [A]; an organization without access and an
    // unknown one have the same response [L].
    if !service.store.has_access(bearer.organization, organization).await? {
        let message = "Organization is not found or you don't have access to it.";
        return Err(Failure::new(StatusCode::NOT_FOUND, message));
    }

    let (client_id, secret) = (opaque::client_id()?, opaque::secret()?);
    let redirect_urls = body.get("redirectUrls");
    // The new client has the Platform API scope, so that it can create clients with a token of its own [A].
    let client = NewClient {
        client_id: &client_id,
        secret_hash: opaque::hash(&secret),
        name,
        organization,
        redirect_urls: redirect_urls.map(Value::to_string),
    };
    service.store.create_client(client).await?;
    let created = CreatedClient { org_id: organization, name, client_id: &client_id, secret: &secret, redirect_urls };
    Ok(no_store((StatusCode::CREATED, Json(json!(created)))))
}

/// Returns the number as an `int32`. In JSON Schema, `1.0` is an integer.
fn int32(number: &Value) -> Option<i32> {
    match number.as_i64() {
        Some(integer) => i32::try_from(integer).ok(),
        None => number.as_f64().filter(|float| f64::from(*float as i32) == *float).map(|float| float as i32),
    }
}
