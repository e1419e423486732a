//! Content types of bodies.

/// A content type of a request or response body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Content {
    /// The content type, as in `Content-Type` and `Accept`.
    pub content_type: &'static str,
    /// Rust type that a request body is encoded from or a response body is decoded as. `None` if the client does not
    /// support this content type.
    pub ty: Option<&'static str>,
}

impl Content {
    /// Returns a content type. Used by generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(content_type: &'static str, ty: Option<&'static str>) -> Self {
        Self { content_type, ty }
    }

    /// Returns the content type `application/json`. Used by generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn json(ty: &'static str) -> Self {
        Self::new("application/json", Some(ty))
    }
}
