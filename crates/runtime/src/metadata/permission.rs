//! Permissions that operations ask for.

/// A permission that the caller must have, as an operation's description states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Permission {
    /// Its name.
    pub name: &'static str,
    /// When it is asked for, in the description's words. `None`: always.
    pub when: Option<&'static str>,
}

impl Permission {
    /// One of an operation. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, when: Option<&'static str>) -> Self {
        Self { name, when }
    }
}
