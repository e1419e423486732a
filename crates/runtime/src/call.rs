//! One call: credentials, the request, at most one repeat after a 401.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
};

use progenitor_client::{ByteStream, Error as RawError, ResponseValue};
use reqwest::{
    StatusCode, Url,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue, LOCATION},
};
use tracing::Instrument as _;

use super::{
    Body, Core, Error, Location, Operation, Reply, Requirement, Scheme, Secret, Violation, Written,
    aside::Deadline,
    builder::{Bearer, bearer_header, sensitive},
    error::{Kind, Undescribed},
    parameters::encoded,
    printable::line,
    reply::Received,
};

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
    deadline: Deadline,
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
        let limit = self.0.total_timeout;
        let deadline = Deadline::after(limit);
        let request = Request { operation, parameters, body, send, progress: AtomicU16::new(NOT_SENT), deadline };
        let span = tracing::debug_span!("call", operation = operation.id, status = tracing::field::Empty);
        match tokio::time::timeout(limit, self.attempts(&request).instrument(span)).await {
            Ok(result) => result,
            Err(_) => {
                let progress = request.progress.load(Ordering::Relaxed);
                let kind = match StatusCode::from_u16(progress) {
                    Ok(status) => {
                        let reason = format!("it was not complete within {limit:?}");
                        // a success means that the server did it, and only the rest of the answer is missing
                        if status.is_success() {
                            Kind::Unreadable { status, headers: HeaderMap::new(), reason }
                        } else {
                            let why = Undescribed::Unreadable(reason);
                            Kind::Undocumented { status, headers: HeaderMap::new(), body: Vec::new(), why }
                        }
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
        let Request { operation, parameters, body, send, progress, deadline } = request;
        let accept = HeaderValue::from_str(&operation.accept()).unwrap_or(HeaderValue::from_static("*/*"));
        // without it the body would be left out
        let content_type = body.as_ref().map(|body| HeaderValue::from_str(&body.content_type)).transpose();
        let content_type = content_type.map_err(|_| {
            Error::invalid(operation, Violation::new("body", "has a content type that no header can hold"))
        })?;
        let call = Call {
            http: self.0.http.clone(),
            base: self.0.base.clone(),
            target: credential.target(&parameters.target),
            headers: credential.headers(&self.0.headers, &parameters.headers),
            accept,
            content_type,
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
        let body = Received::read(response.into_inner_stream(), self.0.max_response_bytes).await;
        Ok(Reply { operation, status, headers, body, deadline: *deadline })
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
    matches!(url.scheme(), "http" | "https").then(|| line(&url.origin().ascii_serialization()))
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
        RawError::InvalidRequest(_) => {
            Error::new(operation, Kind::Invalid(Violation::new("header", "has characters that a header cannot carry")))
        }
        // every status is lowered to a raw answer, so the rest cannot come; if it did, the effect would be unknown
        _ => Error::new(operation, Kind::NoAnswer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_where_a_redirect_leads_and_no_more() {
        let to = |location: &'static str| origin("https://fra1.example", &HeaderValue::from_static(location));
        assert_eq!(to("https://lon1.example/oauth2/token?secret=x").as_deref(), Some("https://lon1.example"));
        assert_eq!(to("/elsewhere").as_deref(), Some("https://fra1.example"));
        assert_eq!(to("javascript:alert(1)"), None);
    }
}
