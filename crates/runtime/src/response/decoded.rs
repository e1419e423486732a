//! Responses of calls that succeeded.

use std::fmt;

use reqwest::{StatusCode, header::HeaderMap};

/// A documented success: status, headers and decoded body.
#[derive(Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
}

impl<T> Response<T> {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        Self { status, headers, body }
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns all headers, documented or not.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the value of a header, if it is there and is ASCII text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Returns the body, without status and headers.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }
}

/// Headers may hold a secret and are left out.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response").field("status", &self.status).field("body", &self.body).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_no_headers() {
        let headers = HeaderMap::from_iter([(reqwest::header::SET_COOKIE, "topsecret".parse().unwrap())]);
        let response = Response::new(StatusCode::OK, headers, 1);
        assert_eq!(format!("{response:?}"), "Response { status: 200, body: 1, .. }");
        assert_eq!(response.header("Set-Cookie"), Some("topsecret"));
    }
}
