//! Null as the value of properties that are not nullable.

use serde::{Deserialize, Deserializer};

/// Deserializes an optional property that is not nullable: absent is `None`, null is an error. Used by generated code.
///
/// # Errors
/// When the value is null or not a `T`.
pub fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// Deserializes an array or map of a response, with null as an empty one. Some servers send it, and an error would lose
/// the complete response. Used by generated code.
///
/// # Errors
/// When the value is neither null nor a `T`.
pub fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}
