//! One attempt of a call.

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue};

/// One attempt of a call: URL, headers and body of its request. Used by generated code.
#[doc(hidden)]
#[derive(Clone)]
pub struct Attempt {
    pub(crate) http: reqwest::Client,
    pub(crate) base: String,
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) accept: HeaderValue,
    pub(crate) content_type: Option<HeaderValue>,
    pub(crate) body: Vec<u8>,
}

impl Attempt {
    /// Takes the bytes of the request's body.
    #[must_use]
    pub fn take_body(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.body)
    }

    /// Returns the HTTP client.
    #[must_use]
    pub fn http(&self) -> reqwest::Client {
        self.http.clone()
    }

    /// Returns the server's base URL.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Returns the URL of the request: base URL, path and query.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}{}", self.base, self.target)
    }

    /// Sets the headers of a request before it is sent.
    pub fn prepare(&self, request: &mut reqwest::Request) {
        let headers = request.headers_mut();
        headers.extend(self.headers.clone());
        headers.insert(ACCEPT, self.accept.clone());
        // progenitor sends every body as `application/octet-stream`
        match &self.content_type {
            Some(content_type) => drop(headers.insert(CONTENT_TYPE, content_type.clone())),
            None => {
                headers.remove(CONTENT_TYPE);
                *request.body_mut() = None;
            }
        }
    }
}

impl std::fmt::Debug for Attempt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Attempt").field("base", &self.base).finish_non_exhaustive()
    }
}
