//! Access tokens for the credentials of an OAuth client, fetched by the document's token operation.
//!
//! A later document may describe that operation with other types, so only the properties that RFC 6749 (5.1) defines
//! for every token response are decoded here.

use std::time::Duration;

use runtime::{DynamicCall, Secret, Token, TokenFuture, TokenSource, Transport, Violation};
use serde::Deserialize;

use crate::{OPERATIONS, Operation};

/// A response of the token operation: an access token and its lifetime.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct IssuedToken {
    /// The access token, an opaque string.
    pub access_token: Secret,
    /// Type of the token, such as `Bearer`.
    pub token_type: String,
    /// Lifetime of the access token in seconds.
    pub expires_in: i32,
    /// Refresh token, which can be exchanged once for a new access and refresh token.
    pub refresh_token: Option<Secret>,
}

/// The operation of errors if the document has no token operation.
static NONE: Operation = Operation::new("requestToken", "request_token", "POST", "/oauth2/token");

/// Returns the operation that exchanges a client's credentials for a token. Its path may contain the query.
fn operation() -> Option<&'static Operation> {
    let is_token = |operation: &&Operation| operation.method == "POST" && operation.path.starts_with("/oauth2/token");
    let mut operations = OPERATIONS.iter().filter(is_token);
    operations.find(|operation| match operation.path.split_once('?') {
        Some((_, query)) => query.split('&').any(|pair| pair == "grant_type=client_credentials"),
        None => true,
    })
}

impl IssuedToken {
    /// Fetches a new access token with the credentials of a transport.
    ///
    /// # Errors
    /// When the transport has no id and secret, or the server issues no token.
    pub(crate) async fn fetch(transport: &Transport) -> Result<Self, crate::Error<serde_json::Value>> {
        let Some(operation) = operation() else {
            let violation = Violation::new("POST /oauth2/token", "is not an operation of the document");
            return Err(crate::Error::invalid(&NONE, violation));
        };
        let mut call = DynamicCall::new(transport, operation);
        if operation.parameters.iter().any(|parameter| parameter.name == "grant_type") {
            call = call.parameter("grant_type", "client_credentials");
        }
        call.send().await.map(crate::Response::into_body)
    }
}

/// Fetches tokens with the token operation and HTTP Basic.
pub(crate) struct ClientCredentials {
    transport: Transport,
}

impl ClientCredentials {
    /// Returns a token source. `transport` must have the OAuth client's id and secret as its only credentials.
    pub(crate) fn new(transport: Transport) -> Self {
        Self { transport }
    }
}

impl TokenSource for ClientCredentials {
    fn fetch(&self) -> TokenFuture<'_> {
        Box::pin(async {
            let issued = IssuedToken::fetch(&self.transport).await?;
            let expires_in = Duration::from_secs(u64::try_from(issued.expires_in).unwrap_or(0));
            Ok(Token { access_token: issued.access_token, expires_in })
        })
    }
}
