//! The files of a workspace, read once, and what is derived from them.

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

/// The files of a workspace in memory, and what is derived from them on first use.
#[derive(Clone, Debug)]
pub struct Workspace {
    pub(crate) root: PathBuf,
    /// Text or read error of each file, by path relative to the workspace.
    files: BTreeMap<String, Result<String, Unread>>,
    /// The candidate document in place of the committed one, if any.
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
    /// When `root` is not a workspace of this kind.
    pub fn load(root: &Path) -> Result<Self, Problem> {
        let known = [DOCUMENT, TRANSCRIBED, OVERLAY, LOCK, UNREPRESENTED, CLIENT, SURFACE, MANIFEST];
        let mut names: Vec<String> = known.iter().chain(DOCS).map(ToString::to_string).collect();
        let pages = fs::read_dir(root.join(PAGES)).map_err(|error| {
            Problem::new(format!("{PAGES} cannot be read: {error}"), "run this inside the workspace").in_file(PAGES)
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

    /// Returns the workspace with another text in a file, in memory only.
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

    /// Returns the root folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the workspace with the commands that the documentation may name. Without any, commands are not checked.
    #[must_use]
    pub fn with_commands(mut self, commands: Vec<CommandLine>) -> Self {
        self.commands = commands;
        self
    }

    /// Returns the commands that the documentation may name.
    #[must_use]
    pub fn commands(&self) -> &[CommandLine] {
        &self.commands
    }

    /// Returns whether a file or folder exists.
    pub fn exists(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.root.join(path).exists()
    }

    /// Returns the text of a file that a problem names, for its excerpt.
    pub fn source(&self, name: &str) -> Option<&str> {
        let candidate = self.candidate.as_ref().filter(|candidate| candidate.name() == name).map(Document::text);
        candidate.or_else(|| self.text(name).ok())
    }

    /// Returns the workspace with a candidate document in place of the committed one.
    #[must_use]
    pub fn with_document(mut self, document: Document) -> Self {
        self.candidate = Some(document);
        self.sources = OnceLock::new();
        self.generated = OnceLock::new();
        self
    }

    /// Returns the text of a file.
    ///
    /// # Errors
    /// When the file is missing or not UTF-8.
    pub fn text(&self, name: &str) -> Result<&str, Problem> {
        match self.files.get(name) {
            Some(Ok(text)) => Ok(text),
            Some(Err(error)) => {
                Err(Problem::new(format!("{name} cannot be read: {error}"), fix_of(name)).in_file(name))
            }
            None => Err(Problem::new(format!("{name} is missing"), fix_of(name)).in_file(name)),
        }
    }

    /// Returns the files that `import` and `regen` read or write: all except the documentation.
    pub fn inputs(&self) -> impl Iterator<Item = &str> {
        let names = self.files.keys().map(String::as_str);
        names.filter(|name| !DOCS.contains(name))
    }

    /// Returns the text of a file when the workspace was read; none if there was no file.
    ///
    /// # Errors
    /// When the file could not be read.
    pub(crate) fn text_when_read(&self, name: &str) -> Result<Option<&str>, ()> {
        match self.files.get(name) {
            Some(Ok(text)) => Ok(Some(text)),
            Some(Err(Unread::Missing)) | None => Ok(None),
            Some(Err(_)) => Err(()),
        }
    }

    /// Returns the names and texts of the pages, in the order of the names.
    pub fn pages(&self) -> impl Iterator<Item = (&str, Result<&str, Problem>)> {
        self.files.keys().filter(|name| is_page(name)).map(|name| (name.as_str(), self.text(name)))
    }

    /// Returns the record of the last release, if there was one.
    pub fn released(&self) -> Option<Result<Released, Problem>> {
        self.files.contains_key(RELEASED).then(|| Released::parse(self.text(RELEASED)?))
    }

    /// Returns the record of a release of the present document and version.
    ///
    /// # Errors
    /// When no client can be generated, or the manifest has no version.
    pub fn as_released(&self) -> Result<Released, Vec<Problem>> {
        let document = self.sources().as_ref().map_err(Clone::clone)?.corrected()?;
        let (version, _) = self.version().map_err(|problem| vec![problem])?;
        Ok(Released { format_version: 1, version, document })
    }

    /// Returns the version of the workspace's packages, and its location in the manifest.
    ///
    /// # Errors
    /// When the manifest cannot be read or has no version.
    pub(crate) fn version(&self) -> Result<(String, Location), Problem> {
        let text = self.text(MANIFEST)?;
        let manifest: Manifest = toml::from_str(text).map_err(|error| {
            let what = format!("{MANIFEST} has no version of the workspace's packages: {}", error.message());
            let location = error.span().map(|span| Location::of_offset(text, span.start));
            Problem::new(what, "write `version = \"…\"` under [workspace.package]").in_file(MANIFEST).at(location)
        })?;
        let version = manifest.workspace.package.version;
        // after the quotation mark
        let location = Location::of_offset(text, version.span().start + 1);
        Ok((version.into_inner(), location))
    }

    /// Returns the documents of the pages, and the document merged from them.
    pub fn published(&self) -> &Result<Arc<Published>, Vec<Problem>> {
        self.published.get_or_init(|| Published::of(self.pages()).map(Arc::new))
    }

    /// Returns the provenance lock.
    ///
    /// # Errors
    /// When the lock cannot be read or is invalid.
    pub fn lock(&self) -> Result<Lock, Problem> {
        Lock::parse(self.text(LOCK)?)
    }

    /// Returns the parsed inputs of the generator.
    pub fn sources(&self) -> &Result<Sources, Vec<Problem>> {
        self.sources.get_or_init(|| {
            let document = match &self.candidate {
                Some(document) => Ok(document.clone()),
                None => self.document(DOCUMENT),
            };
            Sources::of(document, self.document(TRANSCRIBED), self.document(OVERLAY))
        })
    }

    /// Parses a file as a document.
    ///
    /// # Errors
    /// When it is missing or neither JSON nor YAML.
    pub fn document(&self, name: &str) -> Result<Document, Problem> {
        Document::parse(name, self.text(name)?)
    }

    /// Returns the generated client.
    pub fn generated(&self) -> &Result<Generated, Vec<Problem>> {
        self.generated.get_or_init(|| self.sources().as_ref().map_err(Clone::clone)?.generate())
    }
}

/// The part of the manifest that has the version.
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

/// Why a file could not be read.
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
            Self::NotText => "not UTF-8",
            Self::NotAFile => "not a regular file",
            Self::Failed(error) => error,
        })
    }
}

fn read(path: &Path) -> Result<String, Unread> {
    // opening a pipe would block until another process writes to it
    if !fs::metadata(path)?.is_file() {
        return Err(Unread::NotAFile);
    }
    Ok(fs::read_to_string(path)?)
}
