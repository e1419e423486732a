//! One call: credentials, the request, at most one repeat after a 401, and an answer read whole or not at all.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
};

use futures_util::StreamExt as _;
use progenitor_client::{ByteStream, Error as RawError, ResponseValue};
use reqwest::{
    StatusCode, Url,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue, LOCATION},
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tracing::Instrument as _;

use super::{
    Answer, Body, Core, Error, Location, Operation, Requirement, Scheme, Secret, Written,
    builder::{Bearer, bearer_header, sensitive},
    decode::decode,
    error::Kind,
    parameters::encoded,
};

/// Answers longer than this are not read to their end.
const LONGEST_BODY: usize = 16 * 1024 * 1024;

/// What one attempt adds to the generated request. Made for generated code.
#[doc(hidden)]
#[derive(Clone)]
pub struct Call {
    http: reqwest::Client,
    base: String,
    target: String,
    headers: HeaderMap,
    accept: HeaderValue,
    content_type: Option<HeaderValue>,
    body: Vec<u8>,
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

type RawResult = Result<ResponseValue<ByteStream>, RawError<ByteStream>>;

/// One call, however often it is attempted.
struct Request<F> {
    operation: &'static Operation,
    parameters: Written,
    body: Option<Body>,
    send: F,
    /// How far the current attempt has come: [`NOT_SENT`], [`SENT`], or the status of the answer.
    progress: AtomicU16,
}

const NOT_SENT: u16 = 0;
/// A byte may be on the wire.
const SENT: u16 = 1;

/// What one attempt shows of who calls.
#[derive(Default)]
struct Credential {
    headers: HeaderMap,
    /// `name=value`, encoded.
    query: Vec<String>,
    cookies: Vec<String>,
    /// The fetched token among them, which a 401 makes worth replacing.
    fetched: Option<Arc<Secret>>,
}

impl Core {
    /// Makes a call. `send` runs the generated request once; it runs a second time only after a 401 and a new token.
    ///
    /// # Errors
    /// When no answer could be had, or the answer is a redirect.
    #[doc(hidden)]
    pub async fn call<E, F, Fut>(
        &self,
        operation: &'static Operation,
        parameters: Written,
        body: Option<Body>,
        send: F,
    ) -> Result<Reply, Error<E>>
    where
        F: Fn(Call) -> Fut,
        Fut: Future<Output = RawResult>,
    {
        let request = Request { operation, parameters, body, send, progress: AtomicU16::new(NOT_SENT) };
        let limit = self.0.total_timeout;
        let span = tracing::debug_span!("call", operation = operation.id, status = tracing::field::Empty);
        match tokio::time::timeout(limit, self.attempts(&request).instrument(span)).await {
            Ok(result) => result,
            Err(_) => {
                let progress = request.progress.load(Ordering::Relaxed);
                let kind = match StatusCode::from_u16(progress) {
                    // the server has said that it did it, and only the rest of the answer is missing
                    Ok(status) if status.is_success() => {
                        let reason = format!("it was not complete within {limit:?}");
                        Kind::Unreadable { status, headers: HeaderMap::new(), reason }
                    }
                    Ok(status) => {
                        Kind::Undocumented { status, headers: HeaderMap::new(), body: Vec::new(), listed: true }
                    }
                    Err(_) => Kind::OutOfTime { limit, sent: progress != NOT_SENT },
                };
                Err(Error::new(operation, kind))
            }
        }
    }

    async fn attempts<E, F, Fut>(&self, request: &Request<F>) -> Result<Reply, Error<E>>
    where
        F: Fn(Call) -> Fut,
        Fut: Future<Output = RawResult>,
    {
        let first = self.credential(request.operation, None).await?;
        let reply = self.attempt(request, &first).await?;
        if reply.status == StatusCode::UNAUTHORIZED && first.fetched.is_some() {
            tracing::debug!("the server refused the access token; asking for a new one");
            request.progress.store(NOT_SENT, Ordering::Relaxed);
            let second = self.credential(request.operation, first.fetched.as_ref()).await?;
            return self.attempt(request, &second).await;
        }
        Ok(reply)
    }

    async fn attempt<E, F, Fut>(&self, request: &Request<F>, credential: &Credential) -> Result<Reply, Error<E>>
    where
        F: Fn(Call) -> Fut,
        Fut: Future<Output = RawResult>,
    {
        let Request { operation, parameters, body, send, progress } = request;
        let accept = HeaderValue::from_str(&operation.accept()).unwrap_or(HeaderValue::from_static("*/*"));
        let call = Call {
            http: self.0.http.clone(),
            base: self.0.base.clone(),
            target: credential.target(&parameters.target),
            headers: credential.headers(&self.0.headers, &parameters.headers),
            accept,
            content_type: body.as_ref().and_then(|body| HeaderValue::from_str(&body.content_type).ok()),
            body: body.as_ref().map(|body| body.bytes.clone()).unwrap_or_default(),
        };
        progress.store(SENT, Ordering::Relaxed);
        let response = match send(call).await {
            Ok(response) | Err(RawError::ErrorResponse(response)) => response,
            Err(error) => return Err(transport_error(operation, error)),
        };
        let status = response.status();
        progress.store(status.as_u16(), Ordering::Relaxed);
        tracing::Span::current().record("status", status.as_u16());
        tracing::debug!(%status, "answered");
        let headers = response.headers().clone();
        if status.is_redirection() && !operation.documents(status.as_u16()) {
            let to = headers.get(LOCATION).and_then(|location| origin(&self.0.base, location));
            return Err(Error::new(operation, Kind::Redirect { status, headers, to }));
        }
        let body = read(response.into_inner_stream()).await;
        Ok(Reply { operation, status, headers, body })
    }

    async fn credential<E>(
        &self,
        operation: &'static Operation,
        refused: Option<&Arc<Secret>>,
    ) -> Result<Credential, Error<E>> {
        // an empty alternative means that the operation may be called without credentials: the last resort
        let (named, anonymous): (Vec<&[Requirement]>, Vec<&[Requirement]>) =
            operation.security.iter().copied().partition(|alternative| !alternative.is_empty());
        for alternative in &named {
            if alternative.iter().all(|requirement| self.has(requirement)) {
                let mut credential = Credential::default();
                for requirement in *alternative {
                    self.show(operation, requirement, refused, &mut credential).await?;
                }
                return Ok(credential);
            }
        }
        if named.is_empty() || !anonymous.is_empty() {
            return Ok(Credential::default());
        }
        Err(Error::new(operation, Kind::NoCredentials { needs: needs(operation) }))
    }

    /// Whether this client was given what a requirement asks for.
    fn has(&self, requirement: &Requirement) -> bool {
        match requirement.scheme {
            Scheme::Bearer { .. } => self.0.bearer.is_some(),
            Scheme::Basic => self.0.basic.is_some(),
            Scheme::ApiKey { .. } => self.0.api_keys.contains_key(requirement.name),
            Scheme::Other { .. } => false,
        }
    }

    async fn show<E>(
        &self,
        operation: &'static Operation,
        requirement: &Requirement,
        refused: Option<&Arc<Secret>>,
        credential: &mut Credential,
    ) -> Result<(), Error<E>> {
        match (requirement.scheme, &self.0.bearer) {
            (Scheme::Bearer { .. }, Some(Bearer::Fixed(token))) => {
                credential.headers.extend(bearer_header(token).map(|header| (AUTHORIZATION, header)));
            }
            (Scheme::Bearer { .. }, Some(Bearer::Fetched(cache))) => {
                let token = match refused {
                    None => cache.token().await,
                    Some(refused) => cache.token_other_than(Some(refused)).await,
                }
                .map_err(|failure| Error::new(operation, Kind::Token(failure)))?;
                let Some(header) = bearer_header(&token) else {
                    let reason = "the token endpoint issued a token that no header can carry";
                    return Err(Error::new(operation, Kind::Token(Arc::from(Box::from(reason)))));
                };
                credential.headers.insert(AUTHORIZATION, header);
                credential.fetched = Some(token);
            }
            (Scheme::Basic, _) => {
                credential.headers.extend(self.0.basic.clone().map(|header| (AUTHORIZATION, header)));
            }
            (Scheme::ApiKey { location, name }, _) => {
                let Some(key) = self.0.api_keys.get(requirement.name) else { return Ok(()) };
                match location {
                    Location::Header => {
                        let header = HeaderName::from_bytes(name.as_bytes()).ok().zip(sensitive(key.expose_secret()));
                        credential.headers.extend(header);
                    }
                    Location::Cookie => credential.cookies.push(pair(name, key)),
                    Location::Query | Location::Path => credential.query.push(pair(name, key)),
                }
            }
            _ => {}
        }
        Ok(())
    }
}

fn pair(name: &str, key: &Secret) -> String {
    format!("{}={}", encoded(name), encoded(key.expose_secret()))
}

impl Credential {
    /// Path and query with what stands in the query.
    fn target(&self, target: &str) -> String {
        let mut target = target.to_owned();
        for pair in &self.query {
            target.push(if target.contains('?') { '&' } else { '?' });
            target.push_str(pair);
        }
        target
    }

    /// The headers of every call, then those of this one, then what stands in headers and cookies.
    fn headers(&self, of_every: &HeaderMap, of_this: &HeaderMap) -> HeaderMap {
        let mut headers = of_every.clone();
        headers.extend(of_this.clone());
        headers.extend(self.headers.clone());
        if !self.cookies.is_empty() {
            let own = headers.get(COOKIE).and_then(|value| value.to_str().ok()).map(str::to_owned);
            let all: Vec<_> = own.into_iter().chain(self.cookies.iter().cloned()).collect();
            if let Some(value) = sensitive(&all.join("; ")) {
                headers.insert(COOKIE, value);
            }
        }
        headers
    }
}

/// What an operation asks for, for people.
fn needs(operation: &Operation) -> String {
    let one = |requirement: &Requirement| match requirement.scheme {
        Scheme::Basic => "a user name and password (HTTP Basic)".to_owned(),
        Scheme::Bearer { .. } => "a bearer token".to_owned(),
        Scheme::ApiKey { .. } => format!("an API key (`{}`)", requirement.name),
        Scheme::Other { kind } => format!("{} ({kind}, which is not supported)", requirement.name),
    };
    operation
        .security
        .iter()
        .map(|alternative| alternative.iter().map(one).collect::<Vec<_>>().join(" and "))
        .collect::<Vec<_>>()
        .join(", or ")
}

/// Scheme and host that a `Location` leads to. Path and query may hold anything and are left out.
fn origin(base: &str, location: &HeaderValue) -> Option<String> {
    let url = Url::parse(base).ok()?.join(location.to_str().ok()?).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.origin().ascii_serialization())
}

fn transport_error<E>(operation: &'static Operation, error: RawError<ByteStream>) -> Error<E> {
    match error {
        RawError::CommunicationError(source)
        | RawError::ResponseBodyError(source)
        | RawError::InvalidUpgrade(source) => {
            let sent = !(source.is_connect() || source.is_builder());
            // the URL may carry a secret in its query
            Error::new(operation, Kind::Transport { source: source.without_url(), sent })
        }
        RawError::InvalidRequest(_) => Error::new(
            operation,
            Kind::Invalid(super::Violation::new("header", "has characters that a header cannot carry")),
        ),
        // every status is lowered to a raw answer, so the rest cannot come; if it did, the effect would be unknown
        _ => Error::new(operation, Kind::NoAnswer),
    }
}

/// The body of an answer as far as it was read.
struct Received {
    bytes: Vec<u8>,
    /// Why it was not read to its end, if it was not.
    cut: Option<String>,
}

async fn read(mut stream: impl futures_util::Stream<Item = reqwest::Result<impl AsRef<[u8]>>> + Unpin) -> Received {
    let mut body = Received { bytes: Vec::new(), cut: None };
    while let Some(chunk) = stream.next().await {
        match chunk {
            Ok(chunk) => body.bytes.extend_from_slice(chunk.as_ref()),
            Err(error) => body.cut = Some(format!("the connection failed ({})", error.without_url())),
        }
        if body.bytes.len() > LONGEST_BODY {
            body.bytes.truncate(LONGEST_BODY);
            body.cut = Some(format!("it is longer than {LONGEST_BODY} bytes"));
        }
        if body.cut.is_some() {
            break;
        }
    }
    body
}

impl Received {
    fn whole(&self) -> Option<&[u8]> {
        self.cut.is_none().then_some(self.bytes.as_slice())
    }
}

/// An answer, read whole. Made for generated code, which decodes it by status.
#[doc(hidden)]
pub struct Reply {
    operation: &'static Operation,
    status: StatusCode,
    headers: HeaderMap,
    body: Received,
}

impl Reply {
    /// Status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Whether the document lists this status for the operation.
    pub(super) fn documents(&self, status: u16) -> bool {
        self.operation.documents(status)
    }

    /// A documented success with a JSON body.
    ///
    /// # Errors
    /// When the body cannot be read or is not as documented: then it was done all the same.
    pub fn success<T: DeserializeOwned, S, E>(self, wrap: impl FnOnce(T) -> S) -> Result<Answer<S>, Error<E>> {
        self.whole(|bytes, _| decode(bytes).map(wrap))
    }

    /// A documented success with a text.
    ///
    /// # Errors
    /// When the body cannot be read or is no text: then it was done all the same.
    pub fn text<S, E>(self, wrap: impl FnOnce(String) -> S) -> Result<Answer<S>, Error<E>> {
        self.whole(|bytes, headers| text(bytes, headers).map(wrap))
    }

    /// A documented success with another body.
    ///
    /// # Errors
    /// When the body cannot be read: then it was done all the same.
    pub fn bytes<S, E>(self, wrap: impl FnOnce(Vec<u8>) -> S) -> Result<Answer<S>, Error<E>> {
        self.whole(|bytes, _| Ok(wrap(bytes.to_vec())))
    }

    /// A documented success without a body.
    ///
    /// # Errors
    /// Never: what comes beside the documentation is passed over.
    pub fn empty<S, E>(self, success: S) -> Result<Answer<S>, Error<E>> {
        Ok(Answer::new(self.status, self.headers, success))
    }

    fn whole<S, E>(self, decode: impl FnOnce(&[u8], &HeaderMap) -> Result<S, String>) -> Result<Answer<S>, Error<E>> {
        let decoded = match self.body.cut {
            Some(reason) => Err(reason),
            None => decode(&self.body.bytes, &self.headers),
        };
        match decoded {
            Ok(body) => Ok(Answer::new(self.status, self.headers, body)),
            Err(reason) => {
                Err(Error::new(self.operation, Kind::Unreadable { status: self.status, headers: self.headers, reason }))
            }
        }
    }

    /// A documented error with a body; as undocumented if the body is not as documented.
    #[must_use]
    pub fn error<T: DeserializeOwned, E>(self, wrap: impl FnOnce(T) -> E) -> Error<E> {
        let parsed = self.body.whole().and_then(|body| {
            let value: Value = serde_json::from_slice(body).ok()?;
            Some((T::deserialize(&value).ok()?, message(&value)))
        });
        match parsed {
            Some((error, message)) => Error::new(
                self.operation,
                Kind::Documented { status: self.status, headers: self.headers, error: wrap(error), message },
            ),
            None => self.undescribed(true),
        }
    }

    /// A documented error with a text; as undocumented if the body is no text.
    #[must_use]
    pub fn text_error<E>(self, wrap: impl FnOnce(String) -> E) -> Error<E> {
        match self.body.whole().and_then(|body| text(body, &self.headers).ok()) {
            Some(text) => self.empty_error(wrap(text)),
            None => self.undescribed(true),
        }
    }

    /// A documented error whose body is not JSON.
    #[must_use]
    pub fn raw_error<E>(self, wrap: impl FnOnce(Vec<u8>) -> E) -> Error<E> {
        let error = wrap(self.body.bytes);
        Error::new(
            self.operation,
            Kind::Documented { status: self.status, headers: self.headers, error, message: None },
        )
    }

    /// A documented error without a body.
    #[must_use]
    pub fn empty_error<E>(self, error: E) -> Error<E> {
        Error::new(
            self.operation,
            Kind::Documented { status: self.status, headers: self.headers, error, message: None },
        )
    }

    /// An answer whose status the document does not list.
    #[must_use]
    pub fn undocumented<E>(self) -> Error<E> {
        self.undescribed(false)
    }

    fn undescribed<E>(self, listed: bool) -> Error<E> {
        Error::new(
            self.operation,
            Kind::Undocumented { status: self.status, headers: self.headers, body: self.body.bytes, listed },
        )
    }
}

/// A body as text, by the charset of its content type: UTF-8 unless it is told.
fn text(bytes: &[u8], headers: &HeaderMap) -> Result<String, String> {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.trim().split_once('='));
    let charset = parameters.filter(|(name, _)| name.eq_ignore_ascii_case("charset")).map(|(_, value)| value);
    let charset = charset.last().unwrap_or("utf-8").trim_matches('"').to_ascii_lowercase();
    match charset.as_str() {
        "utf-8" | "utf8" | "us-ascii" => {
            String::from_utf8(bytes.to_vec()).map_err(|_| "it is not UTF-8 text".to_owned())
        }
        "iso-8859-1" | "latin1" => Ok(bytes.iter().copied().map(char::from).collect()),
        _ => Err("its charset is neither UTF-8 nor ISO 8859-1".to_owned()),
    }
}

/// The message for people in an error body, wherever APIs are used to put it; one line, bounded.
fn message(body: &Value) -> Option<String> {
    let text = ["/error/message", "/message", "/error_description", "/error", "/detail", "/title"]
        .iter()
        .find_map(|pointer| body.pointer(pointer)?.as_str())?;
    Some(text.chars().take(500).map(|c| if c.is_control() { ' ' } else { c }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn finds_the_message_for_people_and_keeps_it_to_one_line() {
        assert_eq!(message(&json!({"error": {"message": "a\nb"}})).as_deref(), Some("a b"));
        assert_eq!(message(&json!({"error": "invalid_client", "error_description": "no"})).as_deref(), Some("no"));
        assert_eq!(message(&json!({"error": "invalid_client"})).as_deref(), Some("invalid_client"));
        assert_eq!(message(&json!(["x"])), None);
        assert_eq!(message(&json!({"message": "é".repeat(9999)})).map(|text| text.chars().count()), Some(500));
    }

    #[test]
    fn texts_are_read_by_their_charset() {
        let read = |content_type: &'static str, bytes: &[u8]| {
            text(bytes, &HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(content_type))]))
        };
        assert_eq!(read("text/plain", "é".as_bytes()).as_deref(), Ok("é"));
        assert_eq!(read("text/plain; a=b; Charset=\"ISO-8859-1\"", b"\xe9").as_deref(), Ok("é"));
        assert!(read("text/plain", b"\xe9").is_err() && read("text/plain; charset=koi8-r", b"a").is_err());
        assert_eq!(text(b"a", &HeaderMap::new()).as_deref(), Ok("a"));
    }

    #[test]
    fn names_where_a_redirect_leads_and_no_more() {
        let to = |location: &'static str| origin("https://fra1.example", &HeaderValue::from_static(location));
        assert_eq!(to("https://lon1.example/oauth2/token?secret=x").as_deref(), Some("https://lon1.example"));
        assert_eq!(to("/elsewhere").as_deref(), Some("https://fra1.example"));
        assert_eq!(to("javascript:alert(1)"), None);
    }
}
