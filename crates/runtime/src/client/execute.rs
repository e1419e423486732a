//! Execution of calls: credentials, the request, and at most one repetition after a 401.

use std::{
    future::Future,
    sync::atomic::{AtomicU16, Ordering},
};

use progenitor_client::{ByteStream, Error as TransportError, ResponseValue};
use reqwest::{
    StatusCode, Url,
    header::{HeaderMap, HeaderValue, LOCATION},
};
use tracing::Instrument as _;

use super::{
    super::{
        call::{
            credentials::AttemptCredentials,
            error::{Error, Kind, Mismatch},
            printable::line,
        },
        metadata::operation::Operation,
        request::{body::Body, parameters::EncodedParameters},
        response::{bytes::ResponseBytes, deadline::Deadline, raw::RawResponse},
        values::violation::Violation,
    },
    attempt::Attempt,
    destination::Destination,
    transport::Transport,
};

type Sent = Result<ResponseValue<ByteStream>, TransportError<ByteStream>>;

/// One call with one or two attempts.
struct Request<F> {
    operation: &'static Operation,
    parameters: EncodedParameters,
    body: Option<Body>,
    send: F,
    /// Progress of the current attempt: [`NOT_SENT`], [`SENT`], or the status of the response.
    progress: AtomicU16,
    deadline: Deadline,
}

const NOT_SENT: u16 = 0;
/// The server may have received part of the request.
const SENT: u16 = 1;

impl Transport {
    /// Makes a call. `send` sends the generated request; it is called a second time only after a 401, with a new token.
    /// Used by generated code.
    ///
    /// # Errors
    /// When there is no response, or the response is an undocumented redirect.
    #[doc(hidden)]
    pub async fn call<E, F, Fut>(
        &self,
        operation: &'static Operation,
        parameters: EncodedParameters,
        body: Option<Body>,
        send: F,
    ) -> Result<RawResponse, Error<E>>
    where
        F: Fn(Attempt) -> Fut,
        Fut: Future<Output = Sent>,
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
                        // a success means that the server applied the request, and only its response is incomplete
                        if status.is_success() {
                            Kind::Unreadable { status, headers: HeaderMap::new(), reason }
                        } else {
                            let mismatch = Mismatch::Unreadable(reason);
                            Kind::Undocumented { status, headers: HeaderMap::new(), body: Vec::new(), mismatch }
                        }
                    }
                    Err(_) => Kind::TimedOut { limit, sent: progress != NOT_SENT },
                };
                Err(Error::new(operation, kind))
            }
        }
    }

    async fn attempts<E, F, Fut>(&self, request: &Request<F>) -> Result<RawResponse, Error<E>>
    where
        F: Fn(Attempt) -> Fut,
        Fut: Future<Output = Sent>,
    {
        let operation = request.operation;
        let destination = self.0.addresses.of(operation)?;
        let requirements = self.0.credentials.requirements(operation)?;
        let sends_secrets = !requirements.is_empty() || !self.0.headers.is_empty();
        if sends_secrets && !destination.is_trusted {
            return Err(Error::new(operation, Kind::UntrustedServer { server: destination.origin() }));
        }
        let first = self.0.credentials.of_attempt(operation, requirements, None).await?;
        let response = self.attempt(request, &destination, &first).await?;
        if response.status == StatusCode::UNAUTHORIZED && first.fetched.is_some() {
            tracing::debug!("the server rejected the access token; fetching a new one");
            request.progress.store(NOT_SENT, Ordering::Relaxed);
            let second = self.0.credentials.of_attempt(operation, requirements, first.fetched.as_ref()).await?;
            return self.attempt(request, &destination, &second).await;
        }
        Ok(response)
    }

    async fn attempt<E, F, Fut>(
        &self,
        request: &Request<F>,
        destination: &Destination,
        credential: &AttemptCredentials,
    ) -> Result<RawResponse, Error<E>>
    where
        F: Fn(Attempt) -> Fut,
        Fut: Future<Output = Sent>,
    {
        let Request { operation, parameters, body, send, progress, deadline } = request;
        let accept = HeaderValue::from_str(&operation.accept()).unwrap_or(HeaderValue::from_static("*/*"));
        // without a content type, the attempt would drop the body
        let content_type = body.as_ref().map(|body| HeaderValue::from_str(&body.content_type)).transpose();
        let content_type = content_type.map_err(|_| {
            Error::invalid(
                operation,
                Violation::new("body", "has a content type with characters that are not allowed in a header"),
            )
        })?;
        let http = self.0.http.of(destination.is_loopback());
        let attempt = Attempt {
            http: http.map_err(|source| Error::new(operation, Kind::Transport { source, sent: false }))?,
            base: destination.base(),
            target: credential.target(&parameters.target),
            headers: credential.headers(&self.0.headers, &parameters.headers),
            accept,
            content_type,
            body: body.as_ref().map(|body| body.bytes.clone()).unwrap_or_default(),
        };
        progress.store(SENT, Ordering::Relaxed);
        let response = match send(attempt).await {
            Ok(response) | Err(TransportError::ErrorResponse(response)) => response,
            Err(error) => return Err(transport_error(operation, error)),
        };
        let status = response.status();
        progress.store(status.as_u16(), Ordering::Relaxed);
        tracing::Span::current().record("status", status.as_u16());
        tracing::debug!(%status, "response received");
        let headers = response.headers().clone();
        if status.is_redirection() && !operation.is_documented(status.as_u16()) {
            let to = headers.get(LOCATION).and_then(|location| origin(&destination.url, location));
            return Err(Error::new(operation, Kind::Redirect { status, headers, to }));
        }
        let body = ResponseBytes::read(response.into_inner_stream(), self.0.max_response_bytes).await;
        Ok(RawResponse { operation, status, headers, body, deadline: *deadline })
    }
}

/// Returns the scheme and host of a `Location`, without path and query, which may contain secrets.
fn origin(base: &Url, location: &HeaderValue) -> Option<String> {
    let url = base.join(location.to_str().ok()?).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| line(&url.origin().ascii_serialization()))
}

fn transport_error<E>(operation: &'static Operation, error: TransportError<ByteStream>) -> Error<E> {
    match error {
        TransportError::CommunicationError(source)
        | TransportError::ResponseBodyError(source)
        | TransportError::InvalidUpgrade(source) => {
            let sent = !(source.is_connect() || source.is_builder());
            // the query of the URL may contain a secret
            Error::new(operation, Kind::Transport { source: source.without_url(), sent })
        }
        TransportError::InvalidRequest(_) => Error::new(
            operation,
            Kind::Invalid(Violation::new("header", "contains characters that are not allowed in a header")),
        ),
        // generated code accepts every status, so no other error can occur; the outcome of one would be unknown
        _ => Error::new(operation, Kind::NoResponse),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_only_the_host_of_a_redirect() {
        let base = Url::parse("https://fra1.example").unwrap();
        let to = |location: &'static str| origin(&base, &HeaderValue::from_static(location));
        assert_eq!(to("https://lon1.example/oauth2/token?secret=x").as_deref(), Some("https://lon1.example"));
        assert_eq!(to("/elsewhere").as_deref(), Some("https://fra1.example"));
        assert_eq!(to("javascript:alert(1)"), None);
    }
}
