//! The inputs of generation in `openapi/`.

use std::path::Path;

use codegen::{Generated, Settings, generate};
use openapi::{Document, Problem, overlay};
use serde_json::Value;

use crate::merge;

/// Folder of the published pages, relative to the workspace.
pub const PAGES: &str = "openapi/pages";
/// The published document, relative to the workspace.
pub const DOCUMENT: &str = "openapi/blynk-platform.json";
/// The operations that we transcribed, relative to the workspace.
pub const TRANSCRIBED: &str = "openapi/oauth2-token.json";
/// The corrections, relative to the workspace.
pub const OVERLAY: &str = "openapi/overlay.yaml";

/// The files that generation depends on.
pub const INPUTS: &[&str] = &[DOCUMENT, TRANSCRIBED, OVERLAY];

/// The documents that generation starts from.
#[derive(Clone, Debug)]
pub struct Sources {
    /// The published document.
    pub document: Document,
    /// The operations that we transcribed.
    pub transcribed: Document,
    /// The corrections.
    pub overlay: Document,
}

impl Sources {
    /// Reads the documents of the workspace at `root`.
    ///
    /// # Errors
    /// One problem for each file that cannot be read or parsed.
    pub fn load(root: &Path) -> Result<Self, Vec<Problem>> {
        let read = |name: &str| Document::read(&root.join(name), name);
        Self::of(read(DOCUMENT), read(TRANSCRIBED), read(OVERLAY))
    }

    /// Returns the sources if all of them could be read.
    ///
    /// # Errors
    /// The problems of those that could not be read.
    pub fn of(
        document: Result<Document, Problem>,
        transcribed: Result<Document, Problem>,
        overlay: Result<Document, Problem>,
    ) -> Result<Self, Vec<Problem>> {
        match (document, transcribed, overlay) {
            (Ok(document), Ok(transcribed), Ok(overlay)) => Ok(Self { document, transcribed, overlay }),
            (document, transcribed, overlay) => {
                Err([document, transcribed, overlay].into_iter().filter_map(Result::err).collect())
            }
        }
    }

    /// Returns the published and transcribed operations as one document, with the overlay applied.
    ///
    /// # Errors
    /// The conflicts of the merge, or the problems of the overlay.
    pub fn corrected(&self) -> Result<Value, Vec<Problem>> {
        overlay::apply(&self.overlay, &self.merged()?)
    }

    /// Returns the published and transcribed operations as one document, without the overlay.
    ///
    /// # Errors
    /// The conflicts of the merge.
    pub fn merged(&self) -> Result<Value, Vec<Problem>> {
        merge::merge(&self.document, std::slice::from_ref(&self.transcribed))
    }

    /// Generates the SDK's client code.
    ///
    /// # Errors
    /// All problems found, each with its file, line and column.
    pub fn generate(&self) -> Result<Generated, Vec<Problem>> {
        let corrected = self.corrected()?;
        generate(&corrected, &settings())
            .map_err(|problems| problems.into_iter().map(|problem| self.place(problem)).collect())
    }

    /// Returns the problem with the file, line and column of the value that it points to.
    fn place(&self, problem: Problem) -> Problem {
        if problem.file.is_some() {
            return problem;
        }
        let pointer = problem.pointer.clone().unwrap_or_default();
        let transcribed = !pointer.is_empty()
            && self.document.value().pointer(&pointer).is_none()
            && self.transcribed.value().pointer(&pointer).is_some();
        let document = if transcribed { &self.transcribed } else { &self.document };
        problem.at(document.location(&pointer)).in_file(document.name())
    }
}

/// Returns the settings of the SDK in this workspace.
#[must_use]
pub fn settings() -> Settings {
    Settings {
        runtime: "::runtime".to_owned(),
        module: "crate::client".to_owned(),
        client: "crate::Blynk".to_owned(),
        command: "cargo xtask regen".to_owned(),
    }
}
