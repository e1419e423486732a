//! Errors of calls.

use std::{
    error::Error as StdError,
    fmt,
    sync::Arc,
    time::{Duration, SystemTime},
};

use reqwest::{StatusCode, header::HeaderMap};

use super::{
    super::{metadata::operation::Operation, values::violation::Violation},
    outcome::Outcome,
    printable::line,
    retry_after::retry_after,
};

/// The error of fetching a token. Shared by all calls that waited for it.
pub(crate) type TokenFailure = Arc<dyn std::error::Error + Send + Sync>;

/// The error of a call.
///
/// `E` is the type of the documented error bodies; an enum if the document lists several error responses.
///
/// - [`violation`](Self::violation) returns the field that is missing or violates a constraint of the document; nothing
///   was sent.
/// - [`documented`](Self::documented) returns the body of a documented error response, [`status`](Self::status) and
///   [`headers`](Self::headers) those of any response.
/// - [`outcome`](Self::outcome) returns whether the server applied the request.
/// - [`is_safe_to_retry`](Self::is_safe_to_retry) returns whether the call can be repeated without harm, and
///   [`retry_after`](Self::retry_after) how long to wait.
///
/// # Display
/// `Display` writes what failed, with the message of the server if the error body has one: on one line of at most 500
/// characters, without control characters. `Display` shows no other part of headers and bodies, because a response may
/// contain a secret. `Debug` also shows the documented error body, in which secrets are redacted.
pub struct Error<E> {
    operation: &'static str,
    reads_only: bool,
    kind: Box<Kind<E>>,
}

pub(crate) enum Kind<E> {
    Invalid(Violation),
    NoCredentials {
        needs: String,
    },
    /// The URL of the operation's server in the document is unusable, for this reason, which is a predicate.
    Address {
        url: String,
        reason: &'static str,
    },
    /// The call would send credentials or headers of the client to a server that the caller has not named.
    UntrustedServer {
        server: String,
    },
    Token(TokenFailure),
    Transport {
        source: reqwest::Error,
        sent: bool,
    },
    TimedOut {
        limit: Duration,
        sent: bool,
    },
    NoResponse,
    Documented {
        status: StatusCode,
        headers: HeaderMap,
        error: E,
        message: Option<String>,
    },
    Undocumented {
        status: StatusCode,
        headers: HeaderMap,
        body: Vec<u8>,
        mismatch: Mismatch,
    },
    Redirect {
        status: StatusCode,
        headers: HeaderMap,
        to: Option<String>,
    },
    Unreadable {
        status: StatusCode,
        headers: HeaderMap,
        reason: String,
    },
}

/// How a response differs from the document.
pub(crate) enum Mismatch {
    /// The document does not list its status.
    Status,
    /// Its body does not match the document.
    OtherBody,
    /// Its body could not be read, for this reason.
    Unreadable(String),
}

impl<E> Error<E> {
    pub(crate) fn new(operation: &Operation, kind: Kind<E>) -> Self {
        Self { operation: operation.id, reads_only: operation.reads_only(), kind: Box::new(kind) }
    }

    /// Returns the error of a request that is not sent, because a value is missing or invalid. Used by generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn invalid(operation: &Operation, violation: Violation) -> Self {
        Self::new(operation, Kind::Invalid(violation))
    }

    /// Returns the `operationId` of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns what is known about the effect of the call: whether the server applied the request.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match &*self.kind {
            Kind::Invalid(_)
            | Kind::NoCredentials { .. }
            | Kind::Address { .. }
            | Kind::UntrustedServer { .. }
            | Kind::Token(_) => Outcome::NotSent,
            Kind::Transport { sent, .. } | Kind::TimedOut { sent, .. } => {
                if *sent {
                    Outcome::Unknown
                } else {
                    Outcome::NotSent
                }
            }
            Kind::NoResponse => Outcome::Unknown,
            Kind::Unreadable { .. } => Outcome::Applied,
            Kind::Redirect { .. } => Outcome::Rejected,
            Kind::Documented { status, .. } | Kind::Undocumented { status, .. } => Outcome::of(*status),
        }
    }

    /// Returns whether the call can be repeated without harm.
    ///
    /// `true` if the server did not apply the request ([`Outcome::NotSent`], [`Outcome::Rejected`]), or the operation
    /// is read-only ([`Operation::reads_only`]). `false` if the server applied the request or may have applied it,
    /// because repeating the call may apply it twice. A repeated call does not necessarily succeed: an invalid request
    /// stays invalid.
    #[must_use]
    pub fn is_safe_to_retry(&self) -> bool {
        self.reads_only || matches!(self.outcome(), Outcome::NotSent | Outcome::Rejected)
    }

    /// Returns the field that is missing or violates a constraint of the document, if the request was not sent because
    /// of it.
    #[must_use]
    pub fn violation(&self) -> Option<&Violation> {
        match &*self.kind {
            Kind::Invalid(violation) => Some(violation),
            _ => None,
        }
    }

    /// Returns the body of the response, if it is a documented error.
    #[must_use]
    pub fn documented(&self) -> Option<&E> {
        match &*self.kind {
            Kind::Documented { error, .. } => Some(error),
            _ => None,
        }
    }

    /// Returns the HTTP status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match &*self.kind {
            Kind::Documented { status, .. }
            | Kind::Undocumented { status, .. }
            | Kind::Redirect { status, .. }
            | Kind::Unreadable { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Returns the headers of the response, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        match &*self.kind {
            Kind::Documented { headers, .. }
            | Kind::Undocumented { headers, .. }
            | Kind::Redirect { headers, .. }
            | Kind::Unreadable { headers, .. } => Some(headers),
            _ => None,
        }
    }

    /// Returns the body of an undocumented response, as far as it was read. It may contain secrets.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        match &*self.kind {
            Kind::Undocumented { body, .. } => Some(body),
            _ => None,
        }
    }

    /// Returns how long to wait before another call, from the `Retry-After` header; at most a year. `None` if there is
    /// no such header.
    ///
    /// A date in `Retry-After` is relative to the `Date` header of the response.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(self.headers()?, SystemTime::now())
    }

    /// Returns whether the connect, attempt or total timeout elapsed before there was a response.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match &*self.kind {
            Kind::TimedOut { .. } => true,
            Kind::Transport { source, .. } => source.is_timeout(),
            _ => false,
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.kind {
            Kind::Invalid(violation) => write!(f, "{violation}"),
            Kind::NoCredentials { needs } => {
                write!(f, "{} requires {needs}, which the client does not have", self.operation)
            }
            Kind::Address { url, reason } => write!(
                f,
                "{} goes to the server {} of the document, which {reason}: set another address with \
                 `Builder::replace_server`",
                self.operation,
                line(url)
            ),
            Kind::UntrustedServer { server } => write!(
                f,
                "{} goes to {server}, and the client sends credentials and its own headers to its own server only: \
                 allow it with `Builder::allow_host(\"{server}\")`, or set another address with \
                 `Builder::replace_server`",
                self.operation,
                server = line(server)
            ),
            Kind::Token(failure) => write!(f, "fetching an access token failed: {}", line(failure)),
            Kind::Transport { source, sent: false } => {
                write!(f, "the request could not be sent: {}", innermost(source))
            }
            Kind::Transport { source, sent: true } if source.is_timeout() => {
                f.write_str("no response before the timeout")
            }
            Kind::Transport { source, sent: true } => {
                write!(f, "the connection failed before the response was complete: {}", innermost(source))
            }
            Kind::TimedOut { limit, .. } => write!(f, "no response within {limit:?}"),
            Kind::NoResponse => f.write_str("the request returned no response"),
            Kind::Documented { status, message, .. } => {
                write!(f, "the server responded with {status}")?;
                message.as_ref().map_or(Ok(()), |message| write!(f, ": {message}"))
            }
            Kind::Undocumented { status, mismatch: Mismatch::OtherBody, .. } => {
                write!(f, "the server responded with {status} and a body that does not match the document")
            }
            Kind::Undocumented { status, mismatch: Mismatch::Unreadable(reason), .. } => {
                write!(f, "the server responded with {status}, but the response could not be read: {reason}")
            }
            Kind::Undocumented { status, mismatch: Mismatch::Status, .. } => {
                write!(f, "the server responded with {status}, which the document does not list for {}", self.operation)
            }
            Kind::Redirect { status, to: Some(to), .. } => {
                write!(f, "the server responded with {status}, a redirect to {to}; redirects are not followed")
            }
            Kind::Redirect { status, to: None, .. } => {
                write!(f, "the server responded with {status}; redirects are not followed")
            }
            Kind::Unreadable { status, reason, .. } => {
                write!(f, "the server responded with {status}, but the response could not be read: {reason}")
            }
        }
    }
}

/// Returns the message of the innermost error. Those around it only say that there is one.
fn innermost(error: &reqwest::Error) -> String {
    let mut innermost: &dyn StdError = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    line(innermost)
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("operation", &self.operation)
            .field("outcome", &self.outcome())
            .field("status", &self.status())
            .field("message", &format_args!("{self}"))
            .field("documented", &format_args!("{}", line(&format_args!("{:?}", self.documented()))))
            .finish()
    }
}

impl<E: fmt::Debug> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &*self.kind {
            Kind::Invalid(violation) => Some(violation),
            Kind::Token(failure) => Some(&**failure),
            Kind::Transport { source, .. } => Some(source),
            _ => None,
        }
    }
}
