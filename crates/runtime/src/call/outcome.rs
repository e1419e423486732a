//! The effect of a failed call.

use reqwest::StatusCode;

/// What is known about the effect of a failed call.
///
/// [`Error::is_safe_to_retry`](super::error::Error::is_safe_to_retry) returns whether the call can be repeated; it also
/// depends on the operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// No byte of the request reached the server.
    NotSent,
    /// The server rejected the request: it responded with a redirect or client error (3XX or 4XX, except 408).
    Rejected,
    /// The server applied the request: it responded with a success (2XX), but the response could not be read, or the
    /// document does not list its status.
    Applied,
    /// The server may or may not have applied the request: there was no response, or a server error (5XX) or 408.
    Unknown,
}

impl Outcome {
    /// Returns the outcome of a call by the status of its response.
    pub(crate) fn of(status: StatusCode) -> Self {
        match status.as_u16() {
            408 | 500..=599 => Self::Unknown,
            300..=499 => Self::Rejected,
            200..=299 => Self::Applied,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_determines_the_outcome() {
        let of = |status: u16| Outcome::of(StatusCode::from_u16(status).unwrap());
        assert!([200, 204, 299].into_iter().all(|status| of(status) == Outcome::Applied));
        assert!([300, 399, 400, 407, 409, 499].into_iter().all(|status| of(status) == Outcome::Rejected));
        assert!([100, 408, 500, 599, 600].into_iter().all(|status| of(status) == Outcome::Unknown));
    }
}
