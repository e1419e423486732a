//! Permissions that operations require.

/// A permission that the caller needs, parsed from an operation's description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Permission {
    /// Name of the permission.
    pub name: &'static str,
    /// Condition under which it is required, quoted from the description. `None` if it is always required.
    pub when: Option<&'static str>,
}

impl Permission {
    /// Returns a permission. Used by generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, when: Option<&'static str>) -> Self {
        Self { name, when }
    }
}
