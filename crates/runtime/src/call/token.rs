//! Access tokens, and where they come from.

use std::{future::Future, pin::Pin, time::Duration};

use super::super::values::secret::Secret;

/// An access token as a token endpoint issues it. Clients treat it as opaque text.
#[derive(Clone, Debug)]
pub struct Token {
    /// The token.
    pub access_token: Secret,
    /// How long it lives from now.
    pub expires_in: Duration,
}

/// A token on its way.
pub type TokenFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Token, Box<dyn std::error::Error + Send + Sync>>> + Send + 'a>>;

/// Where tokens come from.
pub trait TokenSource: Send + Sync {
    /// Asks for a new token, once. Never called twice at the same time by one client.
    fn fetch(&self) -> TokenFuture<'_>;
}
