//! Where crates of a run are compiled.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The folder that a command compiles in, and the versions that it compiles with.
#[derive(Clone, Debug)]
pub struct Place {
    target: PathBuf,
    lock: Option<PathBuf>,
}

impl Place {
    /// Returns a place below the current folder, `target/openapi-tools`; cargo chooses the versions.
    #[must_use]
    pub fn here() -> Self {
        Self { target: PathBuf::from("target/openapi-tools"), lock: None }
    }

    /// Returns the target folder of a workspace, with the versions of its `Cargo.lock`, so that crates share what they
    /// build.
    #[must_use]
    pub fn of_workspace(root: &Path) -> Self {
        Self { target: root.join("target"), lock: Some(root.join("Cargo.lock")) }
    }

    /// Returns a folder in the target folder.
    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        // cargo is run in other folders
        let folder = self.target.join(name);
        std::path::absolute(&folder).unwrap_or(folder)
    }

    /// Gives a crate the known set of versions, unless it has one.
    pub(crate) fn pin(&self, folder: &Path) {
        if let Some(lock) = &self.lock {
            // without it cargo chooses versions
            let _ = fs::copy(lock, folder.join("Cargo.lock"));
        }
    }
}
