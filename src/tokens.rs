//! Access tokens for an OAuth client's own credentials, by the document's own token operation.
//!
//! Transcribed by us or published, that operation may be described in other types tomorrow. What is read here is what RFC
//! 6749 (5.1) has in every such answer.

use std::time::Duration;

use blynk_runtime::{Secret, Token, TokenFuture, TokenSource, Violation};
use serde::Deserialize;

use crate::{Blynk, OPERATIONS, Operation};

/// An access token as the token operation answers it.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct IssuedToken {
    /// The token. Opaque: nothing may be read from its form.
    pub access_token: Secret,
    /// How to present it: `Bearer`.
    pub token_type: String,
    /// Seconds until it expires.
    pub expires_in: i32,
    /// A token that can be exchanged once for a new pair of tokens.
    pub refresh_token: Option<Secret>,
}

/// Stands in errors for a token operation that the document lacks.
static NONE: Operation = Operation::new("requestToken", "request_token", "POST", "/oauth2/token");

/// The operation that exchanges a client's credentials for a token. The documentation may write it with the query in its path.
fn operation() -> Option<&'static Operation> {
    let is_token = |operation: &&Operation| operation.method == "POST" && operation.path.starts_with("/oauth2/token");
    let mut operations = OPERATIONS.iter().filter(is_token);
    operations.find(|operation| match operation.path.split_once('?') {
        Some((_, query)) => query.split('&').any(|pair| pair == "grant_type=client_credentials"),
        None => true,
    })
}

impl IssuedToken {
    /// Asks for a new access token with the client's id and secret, whether or not one is held. No method of [`Blynk`],
    /// whose names are for the document's operations.
    ///
    /// # Errors
    /// When no token is issued, or the client was given no id and secret.
    pub async fn request(blynk: &Blynk) -> Result<Self, crate::Error<serde_json::Value>> {
        let Some(operation) = operation() else {
            return Err(crate::Error::invalid(&NONE, Violation::new("POST /oauth2/token", "is not in the document")));
        };
        let mut call = blynk.call_operation(operation);
        if operation.parameters.iter().any(|parameter| parameter.name == "grant_type") {
            call = call.parameter("grant_type", "client_credentials");
        }
        call.send().await.map(crate::Answer::into_body)
    }
}

/// Asks the token operation for tokens, with HTTP Basic.
pub(crate) struct ClientCredentials {
    client: Blynk,
}

impl ClientCredentials {
    /// `client` holds the OAuth client's id and secret, and nothing else.
    pub(crate) fn new(client: Blynk) -> Self {
        Self { client }
    }
}

impl TokenSource for ClientCredentials {
    fn fetch(&self) -> TokenFuture<'_> {
        Box::pin(async {
            let issued = IssuedToken::request(&self.client).await?;
            let expires_in = Duration::from_secs(u64::try_from(issued.expires_in).unwrap_or(0));
            Ok(Token { access_token: issued.access_token, expires_in })
        })
    }
}
