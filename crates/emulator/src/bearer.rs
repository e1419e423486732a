//! Authenticates bearer tokens, and checks whether their owner may create clients.

use axum::http::{HeaderMap, StatusCode, header};

use crate::{
    failure::Failure,
    opaque,
    store::{Bearer, Owner, Store},
};

/// The permission that a user-scoped token needs to create clients [S].
const CREATE_PERMISSION: &str = "OAUTH_TOKEN_CREATE";

/// Returns the owner of the request's token. A missing or invalid token is a 401, a status that the document does not
/// list [A].
pub(crate) async fn authenticate(store: &Store, headers: &HeaderMap) -> Result<Bearer, Failure> {
    let unauthorized = |message: &str| Failure::new(StatusCode::UNAUTHORIZED, message);
    let token = match credentials(headers, "Bearer") {
        Some(token) if !token.contains(' ') => token,
        _ => return Err(unauthorized("A bearer token is required.")),
    };
    match store.bearer(opaque::hash(token)).await? {
        None => Err(unauthorized("The access token is unknown.")),
        Some(Bearer { expired: true, .. }) => Err(unauthorized("The access token has expired.")),
        Some(bearer) => Ok(bearer),
    }
}

/// Returns a 403 if the owner may not create clients.
pub(crate) fn may_create_clients(bearer: &Bearer) -> Result<(), Failure> {
    let reason = match &bearer.owner {
        // The exact message of the service [O].
        Owner::Client { platform_api: false } => "Platform API scope is not enabled for this oauth client.",
        // The page requires both of a user [S]; the messages are our own [A].
        Owner::User { permissions, .. } if !permissions.iter().any(|permission| permission == CREATE_PERMISSION) => {
            "The permission OAUTH_TOKEN_CREATE is required."
        }
        Owner::User { developer_mode: false, .. } => "Developer mode is required.",
        Owner::Client { .. } | Owner::User { .. } => return Ok(()),
    };
    Err(Failure::new(StatusCode::FORBIDDEN, reason))
}

/// Returns the credentials after the scheme, if there is exactly one `Authorization` header and it has this scheme.
/// Schemes are case-insensitive (RFC 9110, section 11.1).
pub(crate) fn credentials<'h>(headers: &'h HeaderMap, scheme: &str) -> Option<&'h str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (value, None) = (values.next()?.to_str().ok()?, values.next()) else { return None };
    let (named, credentials) = value.split_once(' ')?;
    let credentials = credentials.trim();
    (named.eq_ignore_ascii_case(scheme) && !credentials.is_empty()).then_some(credentials)
}
