//! Everything that the checks compare, read once.

use std::{
    collections::BTreeMap,
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use codegen::Generated;
use openapi::{Document, Location, Problem};
use pages::{DOCUMENT, INPUTS, OVERLAY, PAGES, Sources, TRANSCRIBED};
use serde::Deserialize;
use toml::Spanned;

use crate::{
    commands::CommandLine,
    lock::Lock,
    paths::{CLIENT, DOCS, LOCK, MANIFEST, RELEASED, SURFACE, UNREPRESENTED, fix_of, is_page},
    published::Published,
    released::Released,
};

/// The files of a workspace, in memory.
#[derive(Clone, Debug)]
pub struct Workspace {
    pub(crate) root: PathBuf,
    /// Texts or errors, by path relative to the workspace.
    files: BTreeMap<String, Result<String, Unread>>,
    /// The document that stands in for the committed one, if any.
    pub(crate) candidate: Option<Document>,
    commands: Vec<CommandLine>,
    published: OnceLock<Result<Arc<Published>, Vec<Problem>>>,
    sources: OnceLock<Result<Sources, Vec<Problem>>>,
    generated: OnceLock<Result<Generated, Vec<Problem>>>,
}

impl Workspace {
    /// Reads the workspace at `root`.
    ///
    /// # Errors
    /// When `root` is no workspace of this kind.
    pub fn load(root: &Path) -> Result<Self, Problem> {
        let known = [DOCUMENT, TRANSCRIBED, OVERLAY, LOCK, UNREPRESENTED, CLIENT, SURFACE, MANIFEST];
        let mut names: Vec<String> = known.iter().chain(DOCS).map(ToString::to_string).collect();
        let pages = fs::read_dir(root.join(PAGES)).map_err(|error| {
            Problem::new(format!("cannot read the folder of pages: {error}"), "run this inside the workspace")
                .in_file(PAGES)
        })?;
        for page in pages {
            let name = page.map(|page| page.file_name().to_string_lossy().into_owned());
            names.extend(name.ok().filter(|name| name.ends_with(".md")).map(|name| format!("{PAGES}/{name}")));
        }
        if root.join(RELEASED).exists() {
            names.push(RELEASED.to_owned());
        }
        let files = names.into_iter().map(|name| (name.clone(), read(&root.join(&name)))).collect();
        Ok(Self {
            root: root.to_owned(),
            files,
            candidate: None,
            commands: Vec::new(),
            published: OnceLock::new(),
            sources: OnceLock::new(),
            generated: OnceLock::new(),
        })
    }

    /// The same workspace with another text in one file, in memory only.
    #[must_use]
    pub fn with_file(&self, name: &str, text: impl Into<String>) -> Self {
        let mut edited = self.clone();
        edited.files.insert(name.to_owned(), Ok(text.into()));
        if is_page(name) {
            edited.published = OnceLock::new();
        }
        if INPUTS.contains(&name) {
            edited.sources = OnceLock::new();
            edited.generated = OnceLock::new();
        }
        edited
    }

    /// Returns its folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The same workspace with the commands that documentation may name. Without any, no command in it is looked at.
    #[must_use]
    pub fn with_commands(mut self, commands: Vec<CommandLine>) -> Self {
        self.commands = commands;
        self
    }

    /// Returns the commands that documentation may name.
    #[must_use]
    pub fn commands(&self) -> &[CommandLine] {
        &self.commands
    }

    /// Whether a file or folder is there.
    pub fn is_there(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.root.join(path).exists()
    }

    /// The text of a file that problems name.
    pub fn source(&self, name: &str) -> Option<&str> {
        let candidate = self.candidate.as_ref().filter(|candidate| candidate.name() == name).map(Document::text);
        candidate.or_else(|| self.text(name).ok())
    }

    /// The same workspace with another document in place of the committed one.
    #[must_use]
    pub fn with_document(mut self, document: Document) -> Self {
        self.candidate = Some(document);
        self.sources = OnceLock::new();
        self.generated = OnceLock::new();
        self
    }

    /// The text of a file.
    ///
    /// # Errors
    /// When the file is missing or no text.
    pub fn text(&self, name: &str) -> Result<&str, Problem> {
        match self.files.get(name) {
            Some(Ok(text)) => Ok(text),
            Some(Err(error)) => Err(Problem::new(format!("cannot be read: {error}"), fix_of(name)).in_file(name)),
            None => Err(Problem::new("is missing", fix_of(name)).in_file(name)),
        }
    }

    /// What is written, or decides what is written: all files but the documentation.
    pub fn inputs(&self) -> impl Iterator<Item = &str> {
        let names = self.files.keys().map(String::as_str);
        names.filter(|name| !DOCS.contains(name))
    }

    /// The text of a file as it was read; none where there was no file.
    ///
    /// # Errors
    /// When there was something that could not be read.
    pub(crate) fn as_read(&self, name: &str) -> Result<Option<&str>, ()> {
        match self.files.get(name) {
            Some(Ok(text)) => Ok(Some(text)),
            Some(Err(Unread::Missing)) | None => Ok(None),
            Some(Err(_)) => Err(()),
        }
    }

    /// The pages by name, with their texts.
    pub fn pages(&self) -> impl Iterator<Item = (&str, Result<&str, Problem>)> {
        self.files.keys().filter(|name| is_page(name)).map(|name| (name.as_str(), self.text(name)))
    }

    /// The record of the last release, if there was one.
    pub fn released(&self) -> Option<Result<Released, Problem>> {
        self.files.contains_key(RELEASED).then(|| Released::parse(self.text(RELEASED)?))
    }

    /// The record of a release of what is there now.
    ///
    /// # Errors
    /// When no client can be generated, or the manifest has no version.
    pub fn as_released(&self) -> Result<Released, Vec<Problem>> {
        let document = self.sources().as_ref().map_err(Clone::clone)?.corrected()?;
        let (version, _) = self.version().map_err(|problem| vec![problem])?;
        Ok(Released { format_version: 1, version, document })
    }

    /// The version of this workspace's packages, and where it stands.
    ///
    /// # Errors
    /// When the manifest cannot be read or has none.
    pub(crate) fn version(&self) -> Result<(String, Location), Problem> {
        let text = self.text(MANIFEST)?;
        let manifest: Manifest = toml::from_str(text).map_err(|error| {
            let what = format!("has no version of the workspace's packages: {}", error.message());
            let place = error.span().map(|span| Location::of_offset(text, span.start));
            Problem::new(what, "write `version = \"…\"` under [workspace.package]").in_file(MANIFEST).at(place)
        })?;
        let version = manifest.workspace.package.version;
        // behind the quotation mark
        let place = Location::of_offset(text, version.span().start + 1);
        Ok((version.into_inner(), place))
    }

    /// What the pages say together.
    pub fn published(&self) -> &Result<Arc<Published>, Vec<Problem>> {
        self.published.get_or_init(|| Published::of(self.pages()).map(Arc::new))
    }

    /// The lock.
    pub fn lock(&self) -> Result<Lock, Problem> {
        Lock::parse(self.text(LOCK)?)
    }

    /// The parsed inputs of generation.
    pub fn sources(&self) -> &Result<Sources, Vec<Problem>> {
        self.sources.get_or_init(|| {
            let document = match &self.candidate {
                Some(document) => Ok(document.clone()),
                None => self.document(DOCUMENT),
            };
            Sources::of(document, self.document(TRANSCRIBED), self.document(OVERLAY))
        })
    }

    /// Returns a file as a document.
    ///
    /// # Errors
    /// When it is missing or neither JSON nor YAML.
    pub fn document(&self, name: &str) -> Result<Document, Problem> {
        Document::parse(name, self.text(name)?)
    }

    /// What the generator makes of the sources.
    pub fn generated(&self) -> &Result<Generated, Vec<Problem>> {
        self.generated.get_or_init(|| self.sources().as_ref().map_err(Clone::clone)?.generate())
    }
}

/// What is read of the manifest.
#[derive(Deserialize)]
struct Manifest {
    workspace: ManifestWorkspace,
}

#[derive(Deserialize)]
struct ManifestWorkspace {
    package: ManifestPackage,
}

#[derive(Deserialize)]
struct ManifestPackage {
    version: Spanned<String>,
}

/// Why a file has no text.
#[derive(Clone, Debug)]
enum Unread {
    Missing,
    NotText,
    /// A folder, a pipe, a socket or a device.
    NotAFile,
    Failed(String),
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::InvalidData => Self::NotText,
            _ => Self::Failed(error.to_string()),
        }
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "no such file",
            Self::NotText => "it is not UTF-8 text",
            Self::NotAFile => "it is not a regular file",
            Self::Failed(error) => error,
        })
    }
}

fn read(path: &Path) -> Result<String, Unread> {
    // opening a pipe waits for somebody who writes into it
    if !fs::metadata(path)?.is_file() {
        return Err(Unread::NotAFile);
    }
    Ok(fs::read_to_string(path)?)
}
