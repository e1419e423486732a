//! What is known about the effect of a call that failed.

use reqwest::StatusCode;

/// What is known about the effect of a call that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// No byte of the request reached the server. Calling again is safe.
    NotSent,
    /// The server answered that it did not do it. Calling again is safe, and useful once the cause is gone.
    Rejected,
    /// The request may or may not have been carried out. Calling again may do it twice.
    Unknown,
    /// The server answered that it did it, but the answer could not be read. Do not call again.
    Created,
    /// Whether it was carried out is not known, or it was and the answer could not be read. But the operation only reads
    /// ([`Operation::reads_only`]): there is nothing that could be done twice. Calling again is safe.
    OnlyRead,
}

pub(crate) fn outcome_of(status: StatusCode) -> Outcome {
    match status.as_u16() {
        408 | 500..=599 => Outcome::Unknown,
        300..=499 => Outcome::Rejected,
        200..=299 => Outcome::Created,
        _ => Outcome::Unknown,
    }
}
