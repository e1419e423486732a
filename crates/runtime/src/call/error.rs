//! What can go wrong with a call.

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

/// The error of a token that could not be fetched. Shared by all calls that waited for it.
pub(crate) type TokenFailure = Arc<dyn std::error::Error + Send + Sync>;

/// Why a call failed.
///
/// `E` is the body of the documented errors: a type, or an enum where the document lists several.
///
/// - [`Error::violation`]: the request violates a constraint of the document. Correct the field that it names.
/// - [`Error::documented`]: the server refused for a documented reason. [`Error::status`] and the message say which.
/// - [`Error::is_safe_to_retry`]: whether calling again can do any harm; [`Error::retry_after`]: when to.
/// - [`Error::outcome`]: whether the server applied the request.
///
/// `Display` says what happened. `Display` and `Debug` show neither headers nor bodies: a response may hold a secret.
/// The message of a server is shown on one line of bounded length, without control characters.
pub struct Error<E> {
    operation: &'static str,
    reads_only: bool,
    kind: Box<Kind<E>>,
}

pub(crate) enum Kind<E> {
    Invalid(Violation),
    NoCredentials { needs: String },
    Token(TokenFailure),
    Transport { source: reqwest::Error, sent: bool },
    TimedOut { limit: Duration, sent: bool },
    NoResponse,
    Documented { status: StatusCode, headers: HeaderMap, error: E, message: Option<String> },
    Undocumented { status: StatusCode, headers: HeaderMap, body: Vec<u8>, mismatch: Mismatch },
    Redirect { status: StatusCode, headers: HeaderMap, to: Option<String> },
    Unreadable { status: StatusCode, headers: HeaderMap, reason: String },
}

/// How an error response differs from the document.
pub(crate) enum Mismatch {
    /// The document does not list the status.
    Status,
    /// The body is not the documented one.
    OtherBody,
    /// The body could not be read, for this reason.
    Unreadable(String),
}

impl<E> Error<E> {
    pub(crate) fn new(operation: &Operation, kind: Kind<E>) -> Self {
        Self { operation: operation.id, reads_only: operation.reads_only(), kind: Box::new(kind) }
    }

    /// Returns the error of a request that is refused before it is sent. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn invalid(operation: &Operation, violation: Violation) -> Self {
        Self::new(operation, Kind::Invalid(violation))
    }

    /// Returns the `operationId` of the call.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns what is known about the effect of the call.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match &*self.kind {
            Kind::Invalid(_) | Kind::NoCredentials { .. } | Kind::Token(_) => Outcome::NotSent,
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

    /// Returns whether calling again can do no harm.
    ///
    /// True when the server did not apply the request ([`Outcome::NotSent`], [`Outcome::Rejected`]), and for every
    /// failed call of an operation that only reads ([`Operation::reads_only`]). False when the server applied it or may
    /// have applied it, since calling again may apply it twice. It says nothing about the chance of success: an invalid
    /// request stays invalid.
    #[must_use]
    pub fn is_safe_to_retry(&self) -> bool {
        self.reads_only || matches!(self.outcome(), Outcome::NotSent | Outcome::Rejected)
    }

    /// Returns the field that violates a constraint of the document, if that is why the request was not sent.
    #[must_use]
    pub fn violation(&self) -> Option<&Violation> {
        match &*self.kind {
            Kind::Invalid(violation) => Some(violation),
            _ => None,
        }
    }

    /// Returns the documented error that the server responded with.
    #[must_use]
    pub fn documented(&self) -> Option<&E> {
        match &*self.kind {
            Kind::Documented { error, .. } => Some(error),
            _ => None,
        }
    }

    /// Returns the status of the response, if there was one.
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

    /// Returns the body of a response that the document does not describe. It may hold anything, secrets included.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        match &*self.kind {
            Kind::Undocumented { body, .. } => Some(body),
            _ => None,
        }
    }

    /// Returns how long the server asks to wait (`Retry-After`), if it does; at most a year. A date there is counted
    /// from the `Date` of the response.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(self.headers()?, SystemTime::now())
    }

    /// Returns whether there was no response within a time limit.
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
                write!(f, "{} requires {needs}, and this client was built without", self.operation)
            }
            Kind::Token(failure) => write!(f, "no access token could be fetched: {}", line(failure)),
            Kind::Transport { source, sent: false } => {
                write!(f, "the request could not be sent: {}", innermost(source))
            }
            Kind::Transport { source, sent: true } if source.is_timeout() => f.write_str("no response in time"),
            Kind::Transport { source, sent: true } => {
                write!(f, "the connection failed before the response was complete: {}", innermost(source))
            }
            Kind::TimedOut { limit, .. } => write!(f, "no response within {limit:?}"),
            Kind::NoResponse => f.write_str("the generated code returned no response"),
            Kind::Documented { status, message, .. } => {
                write!(f, "the server answered {status}")?;
                message.as_ref().map_or(Ok(()), |message| write!(f, ": {message}"))
            }
            Kind::Undocumented { status, mismatch: Mismatch::OtherBody, .. } => {
                write!(f, "the server answered {status} with a body that does not match the document")
            }
            Kind::Undocumented { status, mismatch: Mismatch::Unreadable(reason), .. } => {
                write!(f, "the server answered {status}, but the response could not be read: {reason}")
            }
            Kind::Undocumented { status, mismatch: Mismatch::Status, .. } => {
                write!(f, "the server answered {status}, which the document does not list for {}", self.operation)
            }
            Kind::Redirect { status, to: Some(to), .. } => {
                write!(
                    f,
                    "the server answered {status} and redirects to {to}; redirects are not followed with credentials, "
                )?;
                f.write_str("so name that server instead")
            }
            Kind::Redirect { status, to: None, .. } => {
                write!(f, "the server answered {status}; redirects are not followed with credentials")
            }
            Kind::Unreadable { status, reason, .. } => {
                write!(f, "the server answered {status}, but the response could not be read: {reason}")
            }
        }
    }
}

/// The outer layers of a transport error say only that there is an inner one.
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
