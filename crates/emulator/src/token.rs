//! `POST /oauth2/token`: a token for a client's credentials, or for a refresh token.

use axum::Json;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;

use crate::{
    bearer::credentials,
    opaque,
    reply::{Failure, no_store},
    service::{Service, read_body},
    store::{AuthenticatedClient, NewTokens, Store},
};

/// Seconds that access and refresh tokens live: a day, "subject to change" [D].
pub(crate) const LIFETIME: i32 = 86_400;

/// Why no token is issued.
enum Refusal {
    /// One of the errors of RFC 6749, section 5.2, always with status 400 [L].
    OAuth { error: &'static str, description: String },
    /// Not an error of OAuth: too long a body, or a database that fails.
    Other(Failure),
}

impl Refusal {
    fn new(error: &'static str, description: impl Into<String>) -> Self {
        Self::OAuth { error, description: description.into() }
    }
}

impl<F: Into<Failure>> From<F> for Refusal {
    fn from(failure: F) -> Self {
        Self::Other(failure.into())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::OAuth { error, description } => {
                let body = Json(json!({ "error": error, "error_description": description }));
                (StatusCode::BAD_REQUEST, body).into_response()
            }
            Self::Other(failure) => failure.into_response(),
        }
    }
}

pub(crate) async fn token(State(service): State<Service>, request: Request) -> Response {
    no_store(issue(&service, request).await)
}

async fn issue(service: &Service, request: Request) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    // The body says nothing [D], but it is bounded all the same.
    read_body(body).await?;

    let parameters = Parameters::of(&parts.uri)?;
    let grant_type = parameters.one("grant_type")?.ok_or_else(|| {
        let description = "grant_type is missing from the query string; parameters in the body are not read";
        Refusal::new("invalid_request", description)
    })?;
    let refresh_token = parameters.one("refresh_token")?;
    let client = authenticate(&service.store, &parts.headers).await?;

    if !service.document.knows_grant(grant_type) {
        return Err(unsupported());
    }
    let (access_token, new_refresh_token) = (opaque::secret()?, opaque::secret()?);
    let tokens = NewTokens {
        access_hash: opaque::hash(&access_token),
        refresh_hash: opaque::hash(&new_refresh_token),
        lifetime: i64::from(LIFETIME),
    };
    match (grant_type, refresh_token) {
        ("client_credentials", _) => service.store.issue_tokens(client, tokens).await?,
        ("refresh_token", None) => {
            return Err(Refusal::new("invalid_request", "refresh_token is missing from the query string"));
        }
        ("refresh_token", Some(refresh_token)) => {
            // A refresh token works once [D]; the access token that came with it lives on until it expires [A].
            if !service.store.redeem_refresh_token(client, opaque::hash(refresh_token), tokens).await? {
                let description =
                    "The refresh token is not known, was issued to another client, was used or has expired.";
                return Err(Refusal::new("invalid_grant", description));
            }
        }
        _ => return Err(unsupported()),
    }
    let body = json!({
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": LIFETIME,
        "refresh_token": new_refresh_token,
    });
    Ok(Json(body).into_response())
}

fn unsupported() -> Refusal {
    Refusal::new("unsupported_grant_type", "grant_type is neither client_credentials nor refresh_token")
}

/// The client that HTTP Basic names and whose password is right.
async fn authenticate(store: &Store, headers: &HeaderMap) -> Result<AuthenticatedClient, Refusal> {
    // One message for every case [L]: nobody learns which clients there are.
    let invalid_client = || Refusal::new("invalid_client", "Client ID is not found or password is wrong.");
    let (client_id, secret) = basic(headers).ok_or_else(invalid_client)?;
    store.authenticate_client(&client_id, opaque::hash(&secret)).await?.ok_or_else(invalid_client)
}

/// User name and password of HTTP Basic.
pub(crate) fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let decoded = BASE64_STANDARD.decode(credentials(headers, "Basic")?).ok()?;
    let (user, password) = str::from_utf8(&decoded).ok()?.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

/// The parameters in the query string.
struct Parameters(Vec<(String, String)>);

impl Parameters {
    fn of(uri: &Uri) -> Result<Self, Refusal> {
        let Query(parameters) = Query::try_from_uri(uri)
            .map_err(|_| Refusal::new("invalid_request", "The query string cannot be read."))?;
        Ok(Self(parameters))
    }

    /// The value of a parameter. One without a value counts as omitted, and none may be there twice (RFC 6749, section
    /// 3.2).
    fn one(&self, name: &str) -> Result<Option<&str>, Refusal> {
        let mut values = self.0.iter().filter(|(named, _)| named == name).map(|(_, value)| value.as_str());
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Refusal::new("invalid_request", format!("{name} is there more than once"))),
            (value, None) => Ok(value.filter(|value| !value.is_empty())),
        }
    }
}
