//! The description of a pass.

/// A named step of generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass {
    /// Name of the pass.
    pub name: &'static str,
    /// Why it exists.
    pub reason: &'static str,
    /// Issues of progenitor and typify about the same problem, such as `progenitor#344`.
    pub upstream: &'static [&'static str],
}
