//! Access tokens and their sources.

use std::{future::Future, pin::Pin, time::Duration};

use super::super::values::secret::Secret;

/// An access token from a token endpoint. It is opaque to the client.
#[derive(Clone, Debug)]
pub struct Token {
    /// The token, sent as `Authorization: Bearer`.
    pub access_token: Secret,
    /// Lifetime, from the moment it is returned.
    pub expires_in: Duration,
}

/// The future of [`TokenSource::fetch`].
pub type TokenFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Token, Box<dyn std::error::Error + Send + Sync>>> + Send + 'a>>;

/// A source of access tokens, such as a token endpoint or another process.
///
/// `Builder::token_source` sets the source of a client.
pub trait TokenSource: Send + Sync {
    /// Fetches a new token. A client does not call it concurrently, and does not repeat a failed fetch for the same
    /// call.
    ///
    /// # Errors
    /// Any error: each call that waits for the token fails with it as its [`source`](std::error::Error::source), and
    /// is not sent.
    fn fetch(&self) -> TokenFuture<'_>;
}
