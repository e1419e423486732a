//! The record of the last release: its version, and the document that it was made of.

use blynk_document::Problem;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::load::{RELEASED, Workspace};

/// Contents of `openapi/released.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Released {
    pub(crate) format_version: u32,
    /// The version that was released.
    pub(crate) version: String,
    /// The corrected document that it was generated from.
    pub(crate) document: Value,
}

impl Released {
    pub(crate) fn parse(text: &str) -> Result<Self, Problem> {
        serde_json::from_str(text).map_err(|error| {
            Problem::new(format!("not the record of a release: {error}"), "cargo xtask regen --released")
                .in_file(RELEASED)
        })
    }

    /// The record that says: what is there now is released.
    pub(crate) fn now(workspace: &Workspace) -> Result<Self, Vec<Problem>> {
        let document = workspace.sources().as_ref().map_err(Clone::clone)?.corrected()?;
        let (version, _) = workspace.version().map_err(|problem| vec![problem])?;
        Ok(Self { format_version: 1, version: version.to_owned(), document })
    }

    pub(crate) fn to_text(&self) -> Result<String, Problem> {
        serde_json::to_string_pretty(self).map(|text| text + "\n").map_err(|error| {
            Problem::new(format!("cannot be written: {error}"), "report this as a bug").in_file(RELEASED)
        })
    }
}
