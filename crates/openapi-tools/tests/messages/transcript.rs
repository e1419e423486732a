//! Runs of `openapi-tools`, as text.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

/// The beginning of a valid document.
pub(crate) const HEAD: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\n";

/// A folder, and what the commands have written that ran in it.
pub(crate) struct Transcript {
    folder: TempDir,
    text: String,
    /// Environment of the commands.
    environment: Vec<(&'static str, String)>,
}

impl Transcript {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), text: String::new(), environment: Vec::new() }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file into the folder.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.folder().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Sets an environment variable of the following commands.
    #[cfg(unix)]
    pub(crate) fn set(&mut self, variable: &'static str, value: impl Into<String>) {
        self.environment.push((variable, value.into()));
    }

    /// Runs a command, and adds what it has written under a heading.
    pub(crate) fn run(&mut self, situation: &str, arguments: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_openapi-tools"));
        command.args(arguments.split_whitespace()).current_dir(self.folder());
        let output = command.envs(self.environment.iter().cloned()).output().unwrap();
        let code = output.status.code().unwrap();
        self.text += &format!("# {situation}\n$ openapi-tools {arguments}\n(exit code {code})\n");
        for written in [&output.stdout, &output.stderr] {
            self.text += &String::from_utf8_lossy(written);
        }
        self.text.push('\n');
        output
    }

    /// Returns the text, with the folder's path as `[folder]`.
    pub(crate) fn text(&self) -> String {
        let folder = self.folder().canonicalize().unwrap();
        let text = self.text.replace(&folder.display().to_string(), "[folder]");
        text.replace(&self.folder().display().to_string(), "[folder]")
    }
}
