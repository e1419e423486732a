//! A named step of generation.

/// A named step of generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass {
    /// Its name.
    pub name: &'static str,
    /// Why it is there.
    pub reason: &'static str,
    /// Threads of progenitor and typify about the same thing, as `progenitor#344`.
    pub upstream: &'static [&'static str],
}
