//! The provenance lock: hashes of inputs and outputs, generator versions, and where the document departs from its page.

use std::collections::BTreeMap;

use openapi::{Difference, Problem};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::paths::LOCK;

/// Contents of `openapi/lock.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// Version of this form.
    pub format_version: u32,
    /// Versions of what generates.
    pub generator: BTreeMap<String, String>,
    /// SHA-256 of each file, by path.
    pub sha256: BTreeMap<String, String>,
    /// Values of the document that are not what its page says, accepted by `regen`.
    #[serde(default, skip_serializing_if = "Vec::is_empty", rename = "departure")]
    pub departures: Vec<Departure>,
}

/// A value at which the document says something else than its page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Departure {
    /// JSON Pointer of the value.
    pub pointer: String,
    /// The page's value as JSON, absent if the page has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The document's value as JSON, absent if the document has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
}

impl From<Difference> for Departure {
    fn from(difference: Difference) -> Self {
        let json = |value: Option<serde_json::Value>| value.map(|value| value.to_string());
        Self { pointer: difference.pointer, page: json(difference.left), document: json(difference.right) }
    }
}

const HEADING: &str =
    "# Written by `cargo xtask regen`: what the committed client was generated from, and by what.\n\n";

/// What the last line begins with.
const SEAL: &str = "\n# SHA-256 of all above: ";

impl Lock {
    /// Parses the text of a lock.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        toml::from_str(text).map_err(|error: toml::de::Error| {
            let place = error.span().map(|span| openapi::Location::of_offset(text, span.start));
            Problem::new(format!("not a lock: {}", error.message()), "cargo xtask regen").in_file(LOCK).at(place)
        })
    }

    /// Returns its text, with the checksum of all lines before it.
    ///
    /// # Errors
    /// When it cannot be written as TOML.
    pub fn to_text(&self) -> Result<String, Problem> {
        let body = toml::to_string(self).map_err(|error| {
            Problem::new(format!("the lock cannot be written: {error}"), "report this as a bug")
                .of(openapi::Code::Bug)
                .in_file(LOCK)
        })?;
        let text = format!("{HEADING}{body}");
        let seal = sha256(&text);
        Ok(format!("{text}{SEAL}{seal}\n"))
    }
}

/// Whether a lock is as it was written: its last line has the hash of all lines before it.
pub(crate) fn is_as_written(text: &str) -> bool {
    text.rsplit_once(SEAL).is_some_and(|(body, seal)| seal.strip_suffix('\n') == Some(&*sha256(body)))
}

/// The versions that are compiled into this program.
pub(crate) fn generator_versions() -> BTreeMap<String, String> {
    [("openapi-tools-codegen", codegen::VERSION), ("progenitor", codegen::PROGENITOR_VERSION)]
        .into_iter()
        .map(|(name, version)| (name.to_owned(), version.to_owned()))
        .collect()
}

/// Returns the SHA-256 of a text in hexadecimal digits.
#[must_use]
pub fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
