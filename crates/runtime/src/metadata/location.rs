//! Locations of parameters and API keys.

/// Location of a parameter or API key: the document's `in`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// A part of the path.
    Path,
    /// A parameter of the query string.
    Query,
    /// A request header.
    Header,
    /// A cookie in the `Cookie` header.
    Cookie,
}
