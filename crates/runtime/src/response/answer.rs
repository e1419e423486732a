//! What a call that succeeded was answered with.

use std::fmt;

use reqwest::{StatusCode, header::HeaderMap};

/// A documented success: its status, headers and body.
#[derive(Clone)]
pub struct Answer<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
}

impl<T> Answer<T> {
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        Self { status, headers, body }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// All headers, documented or not.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The text of a header, if it is there and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The body alone.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }
}

/// Headers may hold a secret and are left out.
impl<T: fmt::Debug> fmt::Debug for Answer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("status", &self.status).field("body", &self.body).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_no_headers() {
        let headers = HeaderMap::from_iter([(reqwest::header::SET_COOKIE, "topsecret".parse().unwrap())]);
        let answer = Answer::new(StatusCode::OK, headers, 1);
        assert_eq!(format!("{answer:?}"), "Answer { status: 200, body: 1, .. }");
        assert_eq!(answer.header("Set-Cookie"), Some("topsecret"));
    }
}
