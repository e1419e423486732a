//! What all calls of a client share.

use std::{fmt, sync::Arc, time::Duration};

use reqwest::header::HeaderMap;

use super::super::call::credentials::Credentials;

/// What all calls of a client share. Cheap to clone.
#[derive(Clone)]
pub struct Core(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) http: reqwest::Client,
    pub(crate) base: String,
    pub(crate) credentials: Credentials,
    pub(crate) headers: HeaderMap,
    pub(crate) total_timeout: Duration,
    pub(crate) max_response_bytes: usize,
}

impl Core {
    /// The server's base URL, without a slash at its end.
    #[must_use]
    pub fn server(&self) -> &str {
        &self.0.base
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core").field("server", &self.0.base).finish_non_exhaustive()
    }
}
