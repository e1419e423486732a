//! Content types of bodies.

/// One content type of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Content {
    /// The content type, as in `Content-Type` and `Accept`.
    pub content_type: &'static str,
    /// Rust type that the body is encoded from or decoded as. `None`: this client does not accept it.
    pub ty: Option<&'static str>,
}

impl Content {
    /// Returns a content type. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(content_type: &'static str, ty: Option<&'static str>) -> Self {
        Self { content_type, ty }
    }
}
