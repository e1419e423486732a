//! Permissions that operations require.

/// A permission that the caller must have, as an operation's description states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Permission {
    /// Its name.
    pub name: &'static str,
    /// When it is required, quoted from the description. `None`: always.
    pub when: Option<&'static str>,
}

impl Permission {
    /// Returns a permission. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, when: Option<&'static str>) -> Self {
        Self { name, when }
    }
}
