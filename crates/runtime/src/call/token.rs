//! Access tokens, and where they come from.

use std::{future::Future, pin::Pin, time::Duration};

use super::super::values::secret::Secret;

/// An access token as a token endpoint issues it. Clients treat it as an opaque string.
#[derive(Clone, Debug)]
pub struct Token {
    /// The token.
    pub access_token: Secret,
    /// Lifetime from now.
    pub expires_in: Duration,
}

/// A token that is being fetched.
pub type TokenFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Token, Box<dyn std::error::Error + Send + Sync>>> + Send + 'a>>;

/// A source of access tokens.
pub trait TokenSource: Send + Sync {
    /// Fetches a new token, once. One client never calls it twice at the same time.
    fn fetch(&self) -> TokenFuture<'_>;
}
