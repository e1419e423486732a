//! Access tokens for an OAuth client's own credentials, by the document's own token operation.

use std::time::Duration;

use blynk_runtime::{Token, TokenFuture, TokenSource};

use crate::{Blynk, types::RequestTokenGrantType};

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
            let answer =
                self.client.request_token().grant_type(RequestTokenGrantType::ClientCredentials).send().await?;
            let expires_in = Duration::from_secs(u64::try_from(answer.expires_in).unwrap_or(0));
            Ok(Token { access_token: answer.access_token, expires_in })
        })
    }
}
