//! Access tokens for an OAuth client's own credentials, by the document's own token operation.
//!
//! A later document may describe that operation with other types. What is decoded here is what RFC 6749 (5.1) requires
//! of every token response.

use std::time::Duration;

use runtime::{DynamicCall, Secret, Token, TokenFuture, TokenSource, Transport, Violation};
use serde::Deserialize;

use crate::{OPERATIONS, Operation};

/// A response of the token operation.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct IssuedToken {
    /// The token. Opaque: nothing may be read from its form.
    pub access_token: Secret,
    /// Type of the token: `Bearer`.
    pub token_type: String,
    /// Seconds until it expires.
    pub expires_in: i32,
    /// A token that can be exchanged once for a new pair of tokens.
    pub refresh_token: Option<Secret>,
}

/// The operation in errors where the document has no token operation.
static NONE: Operation = Operation::new("requestToken", "request_token", "POST", "/oauth2/token");

/// Finds the operation that exchanges a client's credentials for a token. Its path may have the query.
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
    /// When no token is issued, or the transport has no id and secret.
    pub(crate) async fn fetch(transport: &Transport) -> Result<Self, crate::Error<serde_json::Value>> {
        let Some(operation) = operation() else {
            return Err(crate::Error::invalid(&NONE, Violation::new("POST /oauth2/token", "is not in the document")));
        };
        let mut call = DynamicCall::new(transport, operation);
        if operation.parameters.iter().any(|parameter| parameter.name == "grant_type") {
            call = call.parameter("grant_type", "client_credentials");
        }
        call.send().await.map(crate::Response::into_body)
    }
}

/// Fetches tokens from the token operation, with HTTP Basic.
pub(crate) struct ClientCredentials {
    transport: Transport,
}

impl ClientCredentials {
    /// `transport` has the OAuth client's id and secret as its only credentials.
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
