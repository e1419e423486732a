//! Files to upload.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::constraint::{Constraint, ConstraintViolation};

/// A file to upload as a part of a `multipart/form-data` body.
///
/// `Debug` shows the name and the size, not the content.
#[derive(Clone)]
pub struct File {
    pub(crate) name: String,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

impl File {
    /// Returns a file with the name that the server receives, and its content. The document specifies the content type
    /// (default `application/octet-stream`).
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), content_type: None, bytes: bytes.into() }
    }

    /// Sets the content type, which replaces the document's.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "File({:?}, {} bytes)", self.name, self.bytes.len())
    }
}

/// Always an error: a file is sent as a part of a multipart form, not as JSON.
impl Serialize for File {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("a file can only be sent as a part of a multipart form"))
    }
}

/// Always an error: a file is sent as a part of a multipart form, not as JSON.
impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        let detail = "binary: a file can only be sent as a part of a multipart form";
        Err(ConstraintViolation::new(Constraint::Binary, detail).into_error())
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for File {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "File".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "binary"})
    }
}
