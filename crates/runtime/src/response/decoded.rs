//! Responses of successful calls.

use std::fmt;

use reqwest::{StatusCode, header::HeaderMap};

/// The response of a successful call: status, headers and decoded body.
///
/// `Debug` does not show the headers, which may contain a secret.
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

    /// Returns the HTTP status, such as 201.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns all headers, including undocumented ones.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the value of a header by its name, in any case. `None` if it is absent or not visible ASCII.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the decoded body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Returns the decoded body and drops status and headers.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }
}

/// Does not show the headers, which may contain a secret.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response").field("status", &self.status).field("body", &self.body).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_has_no_headers() {
        let headers = HeaderMap::from_iter([(reqwest::header::SET_COOKIE, "topsecret".parse().unwrap())]);
        let response = Response::new(StatusCode::OK, headers, 1);
        assert_eq!(format!("{response:?}"), "Response { status: 200, body: 1, .. }");
        assert_eq!(response.header("Set-Cookie"), Some("topsecret"));
    }
}
