//! Values of an enum that a server sends and the document does not list: kept on the way in, refused on the way out.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer, ser::Error as _};

/// A text of an answer where the document lists others. It cannot be made, only received. Where its enum also goes into
/// requests, it is `Unknown<false>`, which serde refuses to write.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(transparent)]
pub struct Unknown<const WRITTEN: bool = true>(String);

impl<const WRITTEN: bool> Unknown<WRITTEN> {
    /// The text as the server wrote it.
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
            return Err(S::Error::custom("is a value that the document does not list; it can be read, and not sent"));
        }
        self.0.serialize(serializer)
    }
}
