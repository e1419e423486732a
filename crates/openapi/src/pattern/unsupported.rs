//! Why a pattern is not enforced.

/// Why a pattern is not enforced.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[non_exhaustive]
pub enum Unsupported {
    /// ECMA-262 does not know this syntax.
    #[error("not an ECMA-262 regular expression: {0}")]
    Invalid(String),
    /// Lookahead or lookbehind.
    #[error("lookaround cannot be matched in linear time")]
    Lookaround,
    /// A reference to what a group matched.
    #[error("back references cannot be matched in linear time")]
    BackReference,
    /// One half of a surrogate pair, which no Rust string contains.
    #[error("an unpaired surrogate is in no UTF-8 text")]
    Surrogate,
    /// A property of Unicode that `regex` does not know.
    #[error("`regex` does not know this syntax or property")]
    Unknown,
    /// It compiles to more than the size or nesting limit of `regex`.
    #[error("compiles to more than the size limit of `regex`")]
    TooLarge,
}
