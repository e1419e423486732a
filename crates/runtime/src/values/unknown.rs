//! Enum values that the document does not list: kept in responses, rejected in requests.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer, ser::Error as _};

/// An enum value in a response that the document does not list.
///
/// Enums of responses have a variant `Unknown` with it, so that a new value on the server does not fail the call. It
/// cannot be constructed, only received. `Unknown<false>`, used for enums that also occur in requests, cannot be
/// serialized.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(transparent)]
pub struct Unknown<const WRITTEN: bool = true>(String);

impl<const WRITTEN: bool> Unknown<WRITTEN> {
    /// Returns the value as the server sent it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const WRITTEN: bool> fmt::Display for Unknown<WRITTEN> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const WRITTEN: bool> Serialize for Unknown<WRITTEN> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !WRITTEN {
            return Err(S::Error::custom(
                "violates enum (the document does not list this value, so it cannot be sent)",
            ));
        }
        self.0.serialize(serializer)
    }
}
