//! What can go wrong with a call.

use std::{error::Error as StdError, fmt, sync::Arc, time::Duration};

use reqwest::{StatusCode, header::HeaderMap};

use super::{
    super::{metadata::operation::Operation, values::violation::Violation},
    outcome::{Outcome, outcome_of},
    printable::line,
};

/// The error of a token that could not be had. Shared by all calls that waited for it.
pub(crate) type TokenFailure = Arc<dyn std::error::Error + Send + Sync>;

/// Why a call failed.
///
/// `E` is the body of the documented errors: a type, or an enum where the document lists several.
///
/// # Troubleshooting
/// - [`Error::violation`]: the request breaks a rule of the document. Mend the field that it names.
/// - [`Error::documented`]: the server refused for a documented reason. [`Error::status`] and the message say which.
/// - [`Error::outcome`] tells whether calling again can do any harm.
///
/// `Display` says what happened; what follows from it is [`Error::outcome`]. `Display` and `Debug` show neither headers nor bodies:
/// an answer may hold a secret. What a server says is shown on one line, bounded, and without control characters.
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
    OutOfTime { limit: Duration, sent: bool },
    NoAnswer,
    Documented { status: StatusCode, headers: HeaderMap, error: E, message: Option<String> },
    Undocumented { status: StatusCode, headers: HeaderMap, body: Vec<u8>, why: Undescribed },
    Redirect { status: StatusCode, headers: HeaderMap, to: Option<String> },
    Unreadable { status: StatusCode, headers: HeaderMap, reason: String },
}

/// In what an error of the server is not as documented.
pub(crate) enum Undescribed {
    /// The document does not list its status.
    Status,
    /// Its body is another.
    OtherBody,
    /// Its body could not be read, for this reason.
    Unreadable(String),
}

impl<E> Error<E> {
    pub(crate) fn new(operation: &Operation, kind: Kind<E>) -> Self {
        Self { operation: operation.id, reads_only: operation.reads_only(), kind: Box::new(kind) }
    }

    /// A request that breaks a rule of the document, refused before it is sent. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn invalid(operation: &Operation, violation: Violation) -> Self {
        Self::new(operation, Kind::Invalid(violation))
    }

    /// `operationId` of the call.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// What is known about the effect of the call.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let outcome = match &*self.kind {
            Kind::Invalid(_) | Kind::NoCredentials { .. } | Kind::Token(_) => Outcome::NotSent,
            Kind::Transport { sent, .. } | Kind::OutOfTime { sent, .. } => {
                if *sent {
                    Outcome::Unknown
                } else {
                    Outcome::NotSent
                }
            }
            Kind::NoAnswer => Outcome::Unknown,
            Kind::Unreadable { .. } => Outcome::Created,
            Kind::Redirect { .. } => Outcome::Rejected,
            Kind::Documented { status, .. } | Kind::Undocumented { status, .. } => outcome_of(*status),
        };
        match outcome {
            Outcome::Unknown | Outcome::Created if self.reads_only => Outcome::OnlyRead,
            outcome => outcome,
        }
    }

    /// The rule of the document that the request breaks, if that is why it was not sent.
    #[must_use]
    pub fn violation(&self) -> Option<&Violation> {
        match &*self.kind {
            Kind::Invalid(violation) => Some(violation),
            _ => None,
        }
    }

    /// The documented error that the server answered with.
    #[must_use]
    pub fn documented(&self) -> Option<&E> {
        match &*self.kind {
            Kind::Documented { error, .. } => Some(error),
            _ => None,
        }
    }

    /// Status of the answer, if there was one.
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

    /// Headers of the answer, if there was one.
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

    /// Body of an answer that the document does not describe. It may hold anything, secrets included.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        match &*self.kind {
            Kind::Undocumented { body, .. } => Some(body),
            _ => None,
        }
    }

    /// How long the server asks to wait (`Retry-After` in seconds), if it does. At most a year, so that sums with it cannot
    /// overflow.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        const LONGEST: Duration = Duration::from_secs(365 * 86_400);
        let value = self.headers()?.get(reqwest::header::RETRY_AFTER)?;
        value.to_str().ok()?.trim().parse().ok().map(|seconds| Duration::from_secs(seconds).min(LONGEST))
    }

    /// Whether no answer came within the time limit.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match &*self.kind {
            Kind::OutOfTime { .. } => true,
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
                write!(f, "{} needs {needs}, and this client was built without", self.operation)
            }
            Kind::Token(failure) => write!(f, "no access token could be had: {}", line(failure)),
            Kind::Transport { source, sent: false } => {
                write!(f, "the request could not be sent: {}", innermost(source))
            }
            Kind::Transport { source, sent: true } if source.is_timeout() => f.write_str("no answer came in time"),
            Kind::Transport { source, sent: true } => {
                write!(f, "the connection failed before the answer was complete: {}", innermost(source))
            }
            Kind::OutOfTime { limit, .. } => write!(f, "no answer within {limit:?}"),
            Kind::NoAnswer => f.write_str("the generated code handed back no answer"),
            Kind::Documented { status, message, .. } => {
                write!(f, "the server answered {status}")?;
                message.as_ref().map_or(Ok(()), |message| write!(f, ": {message}"))
            }
            Kind::Undocumented { status, why: Undescribed::OtherBody, .. } => {
                write!(f, "the server answered {status} with a body that is not as documented")
            }
            Kind::Undocumented { status, why: Undescribed::Unreadable(reason), .. } => {
                write!(f, "the server answered {status}, but the answer could not be read: {reason}")
            }
            Kind::Undocumented { status, why: Undescribed::Status, .. } => {
                write!(f, "the server answered {status}, which the document does not list for {}", self.operation)
            }
            Kind::Redirect { status, to: Some(to), .. } => {
                write!(
                    f,
                    "the server answered {status} and redirects to {to}; redirects are not followed with credentials, so name that server instead"
                )
            }
            Kind::Redirect { status, to: None, .. } => {
                write!(f, "the server answered {status}; redirects are not followed with credentials")
            }
            Kind::Unreadable { status, reason, .. } => {
                write!(f, "the server answered {status}, but the answer could not be read: {reason}")
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
