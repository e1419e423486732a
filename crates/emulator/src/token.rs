//! `POST /oauth2/token`: issues tokens for a client's credentials or a refresh token.

use axum::Json;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;

use crate::{
    bearer::credentials,
    failure::{Failure, no_store},
    opaque,
    service::{Service, read_body},
    store::{AuthenticatedClient, NewTokens, Store},
};

/// Lifetime of access and refresh tokens in seconds: one day, "subject to change" [D].
pub(crate) const LIFETIME: i32 = 86_400;

/// Why no token is issued.
enum Refusal {
    /// An error of RFC 6749, section 5.2, always with status 400 [L].
    OAuth { error: &'static str, description: String },
    /// Any other error: the body is too large, or the database failed.
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
    // The body is ignored [D], but its size is still limited.
    read_body(body).await?;

    let parameters = Parameters::parse(&parts.uri)?;
    let grant_type = parameters.single("grant_type")?.ok_or_else(|| {
        let description = "grant_type is required in the query string; parameters in the body are ignored";
        Refusal::new("invalid_request", description)
    })?;
    let refresh_token = parameters.single("refresh_token")?;
    let client = authenticate(&service.store, &parts.headers).await?;

    if !service.document.supports_grant(grant_type) {
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
            return Err(Refusal::new("invalid_request", "refresh_token is required in the query string"));
        }
        ("refresh_token", Some(refresh_token)) => {
            // A refresh token works once [D]; the access token issued with it stays valid until it expires [A].
            if !service.store.redeem_refresh_token(client, opaque::hash(refresh_token), tokens).await? {
                let description = "The refresh token is unknown, expired, already used, or issued to another client.";
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
    Refusal::new("unsupported_grant_type", "grant_type must be client_credentials or refresh_token")
}

/// Returns the client whose credentials the request has in HTTP Basic.
async fn authenticate(store: &Store, headers: &HeaderMap) -> Result<AuthenticatedClient, Refusal> {
    // One message for every case [L], which does not reveal whether a client exists.
    let invalid_client = || Refusal::new("invalid_client", "Client ID is not found or password is wrong.");
    let (client_id, secret) = basic(headers).ok_or_else(invalid_client)?;
    store.authenticate_client(&client_id, opaque::hash(&secret)).await?.ok_or_else(invalid_client)
}

/// Returns user name and password of HTTP Basic.
pub(crate) fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let decoded = BASE64_STANDARD.decode(credentials(headers, "Basic")?).ok()?;
    let (user, password) = str::from_utf8(&decoded).ok()?.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

/// The parameters in the query string.
struct Parameters(Vec<(String, String)>);

impl Parameters {
    fn parse(uri: &Uri) -> Result<Self, Refusal> {
        let Query(parameters) =
            Query::try_from_uri(uri).map_err(|_| Refusal::new("invalid_request", "The query string is malformed."))?;
        Ok(Self(parameters))
    }

    /// Returns the value of a parameter. An empty value counts as absent, and a duplicate is an error (RFC 6749,
    /// section 3.2).
    fn single(&self, name: &str) -> Result<Option<&str>, Refusal> {
        let mut values = self.0.iter().filter(|(named, _)| named == name).map(|(_, value)| value.as_str());
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Refusal::new("invalid_request", format!("{name} occurs more than once"))),
            (value, None) => Ok(value.filter(|value| !value.is_empty())),
        }
    }
}
