//! What the verbs know of the program that offers them: its name, and where it compiles crates.

use std::{
    fs,
    path::{Path, PathBuf},
};

use codegen::Settings;

/// The program that offers the verbs, the folder that it compiles in, and the versions that it compiles with.
#[derive(Clone, Debug)]
pub struct Place {
    program: &'static str,
    target: PathBuf,
    lock: Option<PathBuf>,
    settings: Settings,
}

impl Place {
    /// Returns the place of `openapi-tools`: `target/openapi-tools` below the current folder; cargo chooses the
    /// versions.
    #[must_use]
    pub fn here() -> Self {
        Self {
            program: "openapi-tools",
            target: PathBuf::from("target/openapi-tools"),
            lock: None,
            settings: Settings::package(),
        }
    }

    /// Returns the place of `cargo xtask`: the target folder of its workspace, with the versions of its `Cargo.lock`,
    /// so that crates share what they build. `settings` are the names of its generated code.
    #[must_use]
    pub fn of_workspace(root: &Path, settings: Settings) -> Self {
        Self { program: "cargo xtask", target: root.join("target"), lock: Some(root.join("Cargo.lock")), settings }
    }

    /// Returns the command of a verb, as its user types it.
    pub(crate) fn command(&self, verb: &str) -> String {
        format!("{} {verb}", self.program)
    }

    /// Returns the names of the generated code that `diff` compares.
    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
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
