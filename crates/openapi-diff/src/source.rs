//! A document to compare: a file with the files that it references, or a file of a git revision.

use std::{
    collections::BTreeSet,
    fs,
    path::{Component, Path, PathBuf},
};

use openapi::{Bundle, Document, Incomplete, Location, Problem, Root, references::file};
use serde_json::Value;

use crate::git::{Revision, Start};

/// A document, and the files that it was read from.
#[derive(Debug)]
pub enum Source {
    /// One file, and the problems of the files that it references and that cannot be read.
    One(Document, Vec<Problem>),
    /// A file with others, and the prefix of their names: the revision, as `REV:`, or nothing.
    Several(Bundle, String),
}

impl Source {
    /// Reads a file, or `REV:path` of git if there is no file of that name. Its references may read files in the folder
    /// `root`, or else in the folder of the file; of a revision, `root` is a path like that of the file.
    ///
    /// # Errors
    /// When it cannot be read, is neither JSON nor YAML, or is not an OpenAPI document.
    pub fn read(name: &str, root: Option<&Path>) -> Result<Self, Problem> {
        let path = Path::new(name);
        if !path.exists()
            && let Some((revision, inner)) = name.split_once(':')
            && !revision.is_empty()
        {
            return of_git(name, revision, inner, root);
        }
        let document = Document::read(path, name).and_then(openapi_document)?;
        if !references_files(document.value()) {
            return Ok(Self::One(document, Vec::new()));
        }
        Ok(Self::bundled(document, Bundle::read_within(path, name, root.map(Root::from)), ""))
    }

    /// Returns the bundle, or the document alone if a file cannot be read: references to files are then compared as
    /// they are written.
    fn bundled(document: Document, bundle: Result<Bundle, Incomplete>, revision: &str) -> Self {
        match bundle {
            Ok(bundle) => Self::Several(bundle, revision.to_owned()),
            Err(incomplete) => Self::One(document, incomplete.problems()),
        }
    }

    /// Returns a note for each file that was not read.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let Self::One(document, problems) = self else { return Vec::new() };
        let lines = problems.iter().map(|problem| {
            let reason = problem.lines().into_iter().take(2).collect::<Vec<_>>().join(", ");
            format!("files that {} references are not compared: {reason}", document.name())
        });
        lines.collect()
    }

    /// Returns the document.
    #[must_use]
    pub fn value(&self) -> &Value {
        match self {
            Self::One(document, _) => document.value(),
            Self::Several(bundle, _) => bundle.document(),
        }
    }

    /// Returns the file, line and column of a value.
    #[must_use]
    pub fn location(&self, pointer: &str) -> (Option<String>, Option<Location>) {
        match self {
            Self::One(document, _) => (Some(document.name().to_owned()), document.location(pointer)),
            Self::Several(bundle, revision) => {
                let problem = bundle.place(Problem::new("", "").pointing_to(pointer));
                let location = problem.line.zip(problem.column).map(|(line, column)| Location { line, column });
                let named = |file: String| {
                    if file.starts_with(revision) { file } else { format!("{revision}{file}") }
                };
                (problem.file.map(named), location)
            }
        }
    }
}

/// Returns a document if it is an OpenAPI document.
///
/// # Errors
/// When it is not an object with `openapi`, or with `swagger` as in version 2.0.
pub fn openapi_document(document: Document) -> Result<Document, Problem> {
    if ["openapi", "swagger"].iter().any(|key| document.value().get(key).is_some()) {
        return Ok(document);
    }
    let what = "not an OpenAPI document: `openapi` is missing";
    Err(document.problem_at("", what, "name a document with `openapi: 3.0.3` or another supported version"))
}

fn of_git(name: &str, revision: &str, path: &str, root: Option<&Path>) -> Result<Source, Problem> {
    let commit = Revision::new(name, revision)?;
    let (start, blob) = commit.find(name, path)?;
    let text = blob.text(name)?;
    let document = Document::parse(name, text).and_then(openapi_document)?;
    if !references_files(document.value()) {
        return Ok(Source::One(document, Vec::new()));
    }
    let bundle = with_files_of_git(&document, &commit, start, Path::new(path), root)?;
    Ok(Source::bundled(document, bundle, &format!("{revision}:")))
}

/// Files of one document, at most.
const MAX_FILES: usize = 1_000;

/// Reads the document with the files that it references at the same revision. The inner result says which of them
/// cannot be read.
///
/// # Errors
/// When one of them is not a regular file.
fn with_files_of_git(
    document: &Document,
    commit: &Revision<'_>,
    start: Start,
    path: &Path,
    root: Option<&Path>,
) -> Result<Result<Bundle, Incomplete>, Problem> {
    let not_written = |error: std::io::Error| {
        let what = format!("files of the revision cannot be written to a temporary folder: {error}");
        Problem::new(what, "make room in the folder for temporary files")
    };
    let folder = tempfile::tempdir().map_err(not_written)?;
    let (root, own) = match root {
        None => {
            (path.parent().unwrap_or(Path::new("")).to_path_buf(), PathBuf::from(path.file_name().unwrap_or_default()))
        }
        Some(root) => {
            let outside = || {
                let what = format!("the document is not in the folder `{}`", root.display());
                Problem::new(what, "name a folder around the document with `--root`").in_file(document.name())
            };
            let (root, path) = (without_dots(root).ok_or_else(outside)?, without_dots(path).ok_or_else(outside)?);
            let own = path.strip_prefix(&root).map_err(|_| outside())?.to_path_buf();
            (root, own)
        }
    };
    let (mut known, mut open) =
        (BTreeSet::from([own.clone()]), vec![(own.clone(), document.value().clone(), document.text().to_owned())]);
    while let Some((at, value, text)) = open.pop() {
        let written = folder.path().join(&at);
        fs::create_dir_all(written.parent().unwrap_or(folder.path()))
            .and_then(|()| fs::write(&written, text))
            .map_err(not_written)?;
        for other in files_of(&value, at.parent().unwrap_or(Path::new(""))) {
            if known.len() >= MAX_FILES || !known.insert(other.clone()) {
                continue;
            }
            // a file that is missing, or not text, is a problem of its reference
            let name = root.join(&other).display().to_string().replace('\\', "/");
            let shown = format!("{}:{name}", commit.name());
            let Some(blob) = commit.file(&shown, start, &name)? else { continue };
            if let Ok(text) = blob.text(&shown) {
                let value = Document::parse(&name, text.clone()).map(|read| read.value().clone()).unwrap_or_default();
                open.push((other, value, text));
            }
        }
    }
    let root = Root { folder: folder.path(), shown: &root };
    Ok(Bundle::read_within(&folder.path().join(own), document.name(), Some(root)))
}

/// The files that a document in a folder references and that are below the folder of the first document.
fn files_of(value: &Value, folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => {
                let named = map.get("$ref").and_then(Value::as_str).and_then(other_file);
                found.extend(named.and_then(|path| within(folder, path)));
                open.extend(map.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found
}

/// The path relative to the first folder, without `.` and `..`; none if it is outside of it.
fn within(folder: &Path, path: &str) -> Option<PathBuf> {
    without_dots(&folder.join(path))
}

/// A relative path without `.` and `..`; none if it is absolute or begins outside.
fn without_dots(path: &Path) -> Option<PathBuf> {
    let mut joined = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => joined.push(name),
            Component::CurDir => {}
            Component::ParentDir if joined.pop() => {}
            _ => return None,
        }
    }
    Some(joined)
}

/// Whether any reference has a target in another file.
fn references_files(value: &Value) -> bool {
    match value {
        Value::Object(map) => {
            map.get("$ref").and_then(Value::as_str).and_then(other_file).is_some() || map.values().any(references_files)
        }
        Value::Array(items) => items.iter().any(references_files),
        _ => false,
    }
}

/// The path of the other file that a reference names.
fn other_file(reference: &str) -> Option<&str> {
    file(reference).filter(|path| !path.contains("://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_files_below_the_first_folder() {
        let found = |folder: &str, path: &str| within(Path::new(folder), path).map(|path| path.display().to_string());
        assert_eq!(found("", "a/./b.yaml").as_deref(), Some("a/b.yaml"));
        assert_eq!(found("a", "../b.yaml").as_deref(), Some("b.yaml"));
        assert_eq!((found("", "../b.yaml"), found("a", "../../b.yaml"), found("a", "/etc/passwd")), (None, None, None));
    }
}
