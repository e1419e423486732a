//! Null where the document does not allow it.

use serde::{Deserialize, Deserializer};

/// Reads an optional property that the document does not let be null: absent is `None`, null is an error.
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

/// Reads a list or map of a response where a server may send null for an empty one: an error would lose the response.
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
