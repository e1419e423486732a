//! A temporary workspace, and `cargo xtask` run in it.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::panic, reason = "each test uses a part of it")]

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::{Value, json};

/// A workspace with the seed page only.
pub struct Scratch(pub tempfile::TempDir);

impl Scratch {
    pub fn new() -> Self {
        let scratch = Self(tempfile::tempdir().unwrap());
        let root = test_support::root();
        let seed = root.join("crates/drift/tests/seed");
        for (from, to) in [
            (root.join("openapi/pages/oauth.md"), "openapi/pages/oauth.md"),
            (seed.join("oauth2-token.json"), "openapi/oauth2-token.json"),
            (seed.join("overlay.yaml"), "openapi/overlay.yaml"),
            (root.join("openapi/README.md"), "openapi/README.md"),
        ] {
            let to = scratch.path(to);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(from, to).unwrap();
        }
        for folder in ["src", "tests/snapshots", "in"] {
            fs::create_dir_all(scratch.path(folder)).unwrap();
        }
        // the documentation, and what it names
        for entry in fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().file_name()) {
            // a link to the real lock file would make all copies wait for each other
            if entry != blynk_drift::WORKSPACE_LOCK && !scratch.path(&entry.to_string_lossy()).exists() {
                std::os::unix::fs::symlink(root.join(&entry), scratch.0.path().join(&entry)).unwrap();
            }
        }
        scratch.import(&[]).done();
        scratch.xtask(&["regen"]).done();
        scratch
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A page to import, beside the workspace.
    pub fn page(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path("in").join(name);
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(arguments).env("CARGO_MANIFEST_DIR", self.path("xtask")).env("NO_COLOR", "1");
        command
    }

    pub fn xtask(&self, arguments: &[&str]) -> Run {
        Run(self.command(arguments).output().unwrap())
    }

    pub fn import(&self, pages: &[&str]) -> Run {
        self.xtask(&[&["import"], pages].concat())
    }

    pub fn import_from_stdin(&self, bytes: &[u8], arguments: &[&str]) -> Run {
        let mut command = self.command(&[&["import", "-"], arguments].concat());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(bytes).unwrap();
        Run(child.wait_with_output().unwrap())
    }

    /// Returns the files in `openapi/`.
    pub fn openapi(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let found = test_support::files(&self.path("openapi")).into_iter();
        found.map(|(path, bytes)| (Path::new("openapi").join(path), bytes)).collect()
    }

    pub fn document(&self) -> Value {
        serde_json::from_slice(&fs::read(self.path("openapi/blynk-platform.json")).unwrap()).unwrap()
    }

    /// Returns the output of a run, without the path of the temporary folder.
    pub fn output(&self, run: &Run) -> String {
        let text = format!("{}{}", String::from_utf8_lossy(&run.0.stdout), String::from_utf8_lossy(&run.0.stderr));
        text.replace(&format!("{}/", self.0.path().display()), "")
    }
}

pub struct Run(pub Output);

impl Run {
    pub fn done(&self) -> &Self {
        assert_eq!(self.0.status.code(), Some(0), "{:?}", self.0);
        self
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.0.stdout).unwrap_or_else(|error| panic!("{error}: {:?}", self.0))
    }
}

pub const PAGES: [&str; 4] = ["authentication.md", "devices.md", "models.md", "users.md"];

pub fn page_path(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(name).display().to_string()
}

pub fn all_pages() -> Vec<String> {
    PAGES.map(page_path).to_vec()
}

pub fn refs(pages: &[String]) -> Vec<&str> {
    pages.iter().map(String::as_str).collect()
}

/// Returns a page with a document on one line.
pub fn page(title: &str, document: &Value) -> String {
    format!("# {title}\n\n## An operation\n\n```json\n{document}\n```\n")
}

/// Returns a minimal document with paths and schemas.
pub fn document(paths: Value, schemas: Value) -> Value {
    json!({"openapi": "3.0.3", "info": {"title": "Blynk Platform API", "version": "1.0.0"}, "paths": paths,
        "components": {"schemas": schemas}})
}

pub fn operation(id: &str) -> Value {
    json!({"operationId": id, "responses": {"204": {"description": "Done"}}})
}
