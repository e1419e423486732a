//! The provenance lock: hashes of inputs and outputs, generator versions, and known differences between document and
//! pages.

use std::collections::BTreeMap;

use openapi::{Difference, Problem};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::paths::LOCK;

/// Contents of `openapi/lock.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// Version of the format.
    pub format_version: u32,
    /// Versions of the generator's crates.
    pub generator: BTreeMap<String, String>,
    /// SHA-256 of each file, by path.
    pub sha256: BTreeMap<String, String>,
    /// Values of the document that differ from its pages and were accepted by `regen`.
    #[serde(default, skip_serializing_if = "Vec::is_empty", rename = "departure")]
    pub known_differences: Vec<KnownDifference>,
}

/// A value of the document that differs from its page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownDifference {
    /// JSON Pointer of the value.
    pub pointer: String,
    /// The page's value as JSON; none if the page does not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The document's value as JSON; none if the document does not have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
}

impl From<Difference> for KnownDifference {
    fn from(difference: Difference) -> Self {
        let json = |value: Option<serde_json::Value>| value.map(|value| value.to_string());
        Self { pointer: difference.pointer, page: json(difference.left), document: json(difference.right) }
    }
}

const HEADING: &str =
    "# Written by `cargo xtask regen`: what the committed client was generated from, and by what.\n\n";

/// Start of the last line.
const CHECKSUM: &str = "\n# SHA-256 of all above: ";

impl Lock {
    /// Parses the text of a lock.
    ///
    /// # Errors
    /// When it is not a valid lock.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        toml::from_str(text).map_err(|error: toml::de::Error| {
            let location = error.span().map(|span| openapi::Location::of_offset(text, span.start));
            Problem::new(format!("{LOCK} is not a valid lock: {}", error.message()), "cargo xtask regen")
                .in_file(LOCK)
                .at(location)
        })
    }

    /// Returns the text, whose last line is a checksum of the lines before it.
    ///
    /// # Errors
    /// When it cannot be written as TOML.
    pub fn to_text(&self) -> Result<String, Problem> {
        let body = toml::to_string(self).map_err(|error| {
            Problem::new(format!("{LOCK} cannot be serialized: {error}"), "report this as a bug")
                .of(openapi::Code::Bug)
                .in_file(LOCK)
        })?;
        let text = format!("{HEADING}{body}");
        let checksum = sha256(&text);
        Ok(format!("{text}{CHECKSUM}{checksum}\n"))
    }
}

/// Returns whether the checksum in the last line of a lock matches the lines before it.
pub(crate) fn has_valid_checksum(text: &str) -> bool {
    text.rsplit_once(CHECKSUM).is_some_and(|(body, checksum)| checksum.strip_suffix('\n') == Some(&*sha256(body)))
}

/// Returns the versions of the generator in this program.
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
