//! What is known about the effect of a call that failed.

use reqwest::StatusCode;

/// What is known about the effect of a call that failed.
///
/// Whether a call may be repeated also depends on the operation: `Error::is_safe_to_retry` considers both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// No byte of the request reached the server.
    NotSent,
    /// The server refused the request: it responded with a redirect or a client error (3XX or 4XX, but for 408).
    Rejected,
    /// The server applied the request and said so by a success (2XX), but its response could not be read, or the
    /// document does not list it.
    Applied,
    /// The server may or may not have applied the request: there was no response, or it was a server error (5XX) or
    /// 408.
    Unknown,
}

impl Outcome {
    /// Returns what the status of an error response says.
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
    fn a_status_says_whether_the_request_was_applied() {
        let of = |status: u16| Outcome::of(StatusCode::from_u16(status).unwrap());
        assert!([200, 204, 299].into_iter().all(|status| of(status) == Outcome::Applied));
        assert!([300, 399, 400, 407, 409, 499].into_iter().all(|status| of(status) == Outcome::Rejected));
        assert!([100, 408, 500, 599, 600].into_iter().all(|status| of(status) == Outcome::Unknown));
    }
}
