//! Values of an enum that a server sends and the document does not list: kept in responses, refused in requests.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer, ser::Error as _};

/// A value of a response that the document does not list. It cannot be made, only received. Where requests have its
/// enum too, it is `Unknown<false>`, which serde refuses to write.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(transparent)]
pub struct Unknown<const WRITTEN: bool = true>(String);

impl<const WRITTEN: bool> Unknown<WRITTEN> {
    /// Returns the value as the server wrote it.
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
                "violates enum (a value that the document does not list can be received, and not sent)",
            ));
        }
        self.0.serialize(serializer)
    }
}
