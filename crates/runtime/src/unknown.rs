//! Values of an enum that a server sends and the document does not list: kept on the way in, refused on the way out.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer, ser::Error as _};

/// A text of an answer where the document lists others. It cannot be made, only received.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Unknown(String);

impl Unknown {
    /// The text as the server wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Keeps an unlisted value out of requests. Made for generated code.
///
/// # Errors
/// Always.
#[doc(hidden)]
pub fn refuse_unknown<S: Serializer>(_: &Unknown, _: S) -> Result<S::Ok, S::Error> {
    Err(S::Error::custom("is a value that the document does not list; it can be read, and not sent"))
}
