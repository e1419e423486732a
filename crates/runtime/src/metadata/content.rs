//! Content types of bodies.

/// One content type of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Content {
    /// The content type, as it is sent or asked for.
    pub content_type: &'static str,
    /// Rust type that the body is written from or read as. `None`: this client does not ask for it.
    pub ty: Option<&'static str>,
}

impl Content {
    /// One of a body. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(content_type: &'static str, ty: Option<&'static str>) -> Self {
        Self { content_type, ty }
    }
}
