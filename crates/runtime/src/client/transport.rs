//! The state that all calls of a client share.

use std::{fmt, sync::Arc, time::Duration};

use reqwest::header::HeaderMap;

use super::{super::call::credentials::Credentials, destination::Addresses, http::HttpClients};

/// HTTP client, server, credentials and limits of a client.
///
/// Built by [`Builder::build`](super::builder::Builder::build). Clones share connections and credentials.
#[derive(Clone)]
pub struct Transport(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) http: HttpClients,
    pub(crate) base: String,
    pub(crate) addresses: Addresses,
    pub(crate) credentials: Credentials,
    pub(crate) headers: HeaderMap,
    pub(crate) total_timeout: Duration,
    pub(crate) max_response_bytes: usize,
}

impl Transport {
    /// Returns the server's base URL, without a slash at its end.
    #[must_use]
    pub fn server(&self) -> &str {
        &self.0.base
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").field("server", &self.0.base).finish_non_exhaustive()
    }
}
