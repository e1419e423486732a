//! A client that cannot be built.

/// A client that cannot be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The server's address cannot be used.
    #[error("server: {reason}")]
    Server {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The user name of HTTP Basic, an OAuth client's id, cannot be sent.
    #[error("client id: it must not be empty, and must not have a colon")]
    User,
    /// A header of every request cannot be one.
    #[error("header `{name}`: its name or value has characters that a header cannot carry")]
    Header {
        /// The name that was given.
        name: String,
    },
    /// An API key cannot be a header.
    #[error("API key: it has characters that a header cannot carry")]
    ApiKey,
    /// The token cannot be a header.
    #[error("token: it has characters that a header cannot carry")]
    Token,
    /// The HTTP client could not be set up, for instance because the system has no certificates.
    #[error("the HTTP client could not be set up")]
    Http(#[source] reqwest::Error),
}
