//! Why a client cannot be built.

/// Why a client cannot be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The server's address is invalid.
    #[error("server: {reason}")]
    Server {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The user name of HTTP Basic, such as an OAuth client's id, is invalid.
    #[error("client id: it must not be empty, and must not have a colon")]
    User,
    /// A header of every request is invalid.
    #[error("header `{name}`: its name or value has characters that a header cannot carry")]
    Header {
        /// The name that was given.
        name: String,
    },
    /// An API key is no valid header value.
    #[error("API key: it has characters that a header cannot carry")]
    ApiKey,
    /// The token is no valid header value.
    #[error("token: it has characters that a header cannot carry")]
    Token,
    /// The HTTP client could not be set up, for instance because the system has no certificates.
    #[error("the HTTP client could not be set up")]
    Http(#[source] reqwest::Error),
}
