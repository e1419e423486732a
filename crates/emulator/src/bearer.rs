//! Who sends a request: the owner of the bearer token, and whether they may create clients.

use axum::http::{HeaderMap, StatusCode, header};

use crate::{
    opaque,
    reply::Failure,
    store::{Bearer, Owner, Store},
};

/// The permission that user-scoped tokens need to create clients [S].
const CREATE_PERMISSION: &str = "OAUTH_TOKEN_CREATE";

/// The owner of the request's token. Whatever is wrong with the token gives a 401, which the document does not have
/// [A].
pub(crate) async fn authenticate(store: &Store, headers: &HeaderMap) -> Result<Bearer, Failure> {
    let unauthorized = |message: &str| Failure::new(StatusCode::UNAUTHORIZED, message);
    let token = match credentials(headers, "Bearer") {
        Some(token) if !token.contains(' ') => token,
        _ => return Err(unauthorized("A bearer token is required.")),
    };
    match store.bearer(opaque::hash(token)).await? {
        None => Err(unauthorized("The access token is not known.")),
        Some(Bearer { expired: true, .. }) => Err(unauthorized("The access token has expired.")),
        Some(bearer) => Ok(bearer),
    }
}

/// Refuses an owner who may not create clients.
pub(crate) fn may_create_clients(bearer: &Bearer) -> Result<(), Failure> {
    let reason = match &bearer.owner {
        // The service was seen to say just this [O].
        Owner::Client { platform_api: false } => "Platform API scope is not enabled for this oauth client.",
        // The page demands both of a user [S]; the words are ours [A].
        Owner::User { permissions, .. } if !permissions.iter().any(|permission| permission == CREATE_PERMISSION) => {
            "The permission OAUTH_TOKEN_CREATE is required."
        }
        Owner::User { developer_mode: false, .. } => "Developer mode is required.",
        Owner::Client { .. } | Owner::User { .. } => return Ok(()),
    };
    Err(Failure::new(StatusCode::FORBIDDEN, reason))
}

/// What follows the scheme in the one `Authorization` header. Schemes are case-insensitive (RFC 9110, section 11.1).
pub(crate) fn credentials<'h>(headers: &'h HeaderMap, scheme: &str) -> Option<&'h str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (value, None) = (values.next()?.to_str().ok()?, values.next()) else { return None };
    let (named, credentials) = value.split_once(' ')?;
    let credentials = credentials.trim();
    (named.eq_ignore_ascii_case(scheme) && !credentials.is_empty()).then_some(credentials)
}
