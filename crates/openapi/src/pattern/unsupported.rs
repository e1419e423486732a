//! Reasons why a pattern is unsupported.

/// Why a pattern is unsupported, and therefore not enforced.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[non_exhaustive]
pub enum Unsupported {
    /// ECMA-262 does not have this syntax.
    #[error("not an ECMA-262 regular expression: {0}")]
    Invalid(String),
    /// Lookahead or lookbehind.
    #[error("lookaround cannot be matched in linear time")]
    Lookaround,
    /// A back reference to a group.
    #[error("back references cannot be matched in linear time")]
    BackReference,
    /// One half of a surrogate pair, which no Rust string contains.
    #[error("an unpaired surrogate cannot occur in UTF-8")]
    Surrogate,
    /// A Unicode property that `regex` does not support.
    #[error("the regex engine does not support this syntax or Unicode property")]
    Unknown,
    /// It exceeds the limit of size or nesting.
    #[error("exceeds the size limit of the regex engine")]
    TooLarge,
}
