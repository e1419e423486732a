//! The record of the last release: its version and its document.

use openapi::Problem;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::paths::RELEASED;

/// Contents of `openapi/released.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Released {
    /// Version of the format.
    pub format_version: u32,
    /// The version that was released.
    pub version: String,
    /// The corrected document that the release was generated from.
    pub document: Value,
}

impl Released {
    /// Parses the text of a record.
    ///
    /// # Errors
    /// When it is not a valid record.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        serde_json::from_str(text).map_err(|error| {
            Problem::new(
                format!("{RELEASED} is not a valid record of a release: {error}"),
                "cargo xtask regen --released",
            )
            .in_file(RELEASED)
        })
    }

    /// Returns the record as JSON.
    ///
    /// # Errors
    /// When it cannot be serialized.
    pub fn to_text(&self) -> Result<String, Problem> {
        serde_json::to_string_pretty(self).map(|text| text + "\n").map_err(|error| {
            Problem::new(format!("{RELEASED} cannot be serialized: {error}"), "report this as a bug")
                .of(openapi::Code::Bug)
                .in_file(RELEASED)
        })
    }
}
