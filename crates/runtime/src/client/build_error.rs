//! Errors of building a client.

/// The error of building a client: a setting is invalid. `Display` does not show credentials.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The server's address is not a host or URL, or is plain http to another machine.
    #[error("the server address {reason}")]
    Server {
        /// What is wrong, as a predicate: `has a query or fragment`.
        reason: &'static str,
    },
    /// The user name for HTTP Basic, such as the id of an OAuth client, is empty or contains a colon.
    #[error("the client id or user name is empty or contains a colon")]
    User,
    /// A header that is added to every request is invalid.
    #[error("the name or value of header `{name}` contains characters that are not allowed in a header")]
    Header {
        /// Name of the header.
        name: String,
    },
    /// An API key is not a valid header value.
    #[error("the API key contains characters that are not allowed in a header")]
    ApiKey,
    /// The bearer token is not a valid header value.
    #[error("the token contains characters that are not allowed in a header")]
    Token,
    /// The HTTP client could not be created, for example because the system has no certificates.
    #[error("the HTTP client could not be created")]
    Http(#[source] reqwest::Error),
}
