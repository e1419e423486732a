//! The environment of the commands: the program that has them, and where it compiles crates.

use std::{
    fs,
    path::{Path, PathBuf},
};

use codegen::Settings;

/// The environment of the commands: name of the program, target folder, and versions of dependencies.
#[derive(Clone, Debug)]
pub struct Environment {
    program: &'static str,
    target: PathBuf,
    lock: Option<PathBuf>,
    settings: Settings,
}

impl Environment {
    /// Returns the environment of `openapi-tools`: the target folder is `target/openapi-tools` in the current folder,
    /// and cargo chooses the versions.
    #[must_use]
    pub fn standalone() -> Self {
        Self {
            program: "openapi-tools",
            target: PathBuf::from("target/openapi-tools"),
            lock: None,
            settings: Settings { carve: true, ..Settings::package() },
        }
    }

    /// Returns the environment of `cargo xtask`: the target folder and the `Cargo.lock` of its workspace, so that
    /// crates share build artifacts. `settings` are those of its generated code.
    #[must_use]
    pub fn of_workspace(root: &Path, settings: Settings) -> Self {
        Self { program: "cargo xtask", target: root.join("target"), lock: Some(root.join("Cargo.lock")), settings }
    }

    /// Returns the command line of a command, as users type it.
    pub(crate) fn command(&self, verb: &str) -> String {
        format!("{} {verb}", self.program)
    }

    /// Returns the settings of the generated code that `diff` compares.
    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Returns a folder in the target folder.
    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        // cargo runs in other folders
        let folder = self.target.join(name);
        std::path::absolute(&folder).unwrap_or(folder)
    }

    /// Copies the `Cargo.lock` of the environment, if it has one, into a crate.
    pub(crate) fn pin(&self, folder: &Path) {
        if let Some(lock) = &self.lock {
            // without it, cargo chooses the versions
            let _ = fs::copy(lock, folder.join("Cargo.lock"));
        }
    }
}
