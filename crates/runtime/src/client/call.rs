//! What one attempt adds to the generated request.

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue};

/// What one attempt adds to the generated request. Made for generated code.
#[doc(hidden)]
#[derive(Clone)]
pub struct Call {
    pub(crate) http: reqwest::Client,
    pub(crate) base: String,
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) accept: HeaderValue,
    pub(crate) content_type: Option<HeaderValue>,
    pub(crate) body: Vec<u8>,
}

impl Call {
    /// The bytes of the request's body. They are taken once.
    #[must_use]
    pub fn take_body(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.body)
    }

    /// The HTTP client.
    #[must_use]
    pub fn http(&self) -> reqwest::Client {
        self.http.clone()
    }

    /// The server's base URL.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Where the request goes: the server's base URL, then path and query.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}{}", self.base, self.target)
    }

    /// Puts the headers on a request that is about to be sent.
    pub fn prepare(&self, request: &mut reqwest::Request) {
        let headers = request.headers_mut();
        headers.extend(self.headers.clone());
        headers.insert(ACCEPT, self.accept.clone());
        // progenitor sends every body as bytes of no known kind; what it is, is known here
        match &self.content_type {
            Some(content_type) => drop(headers.insert(CONTENT_TYPE, content_type.clone())),
            None => {
                headers.remove(CONTENT_TYPE);
                *request.body_mut() = None;
            }
        }
    }
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call").field("base", &self.base).finish_non_exhaustive()
    }
}
