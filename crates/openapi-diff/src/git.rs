//! Files of a git revision.

use std::process::{Command, Output};

use openapi::{Cause, Problem};

/// A git revision.
#[derive(Debug)]
pub(crate) struct Revision<'r>(&'r str);

/// What a path is relative to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// The top of the repository, as in git.
    Top,
    /// The current folder.
    Here,
}

/// A regular file of a revision, by its object id.
#[derive(Debug)]
pub(crate) struct Blob(String);

/// What a path of a revision names.
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    Link,
    Submodule,
}

impl<'r> Revision<'r> {
    /// Returns the revision of a name such as `HEAD~1`.
    ///
    /// # Errors
    /// When git would parse `revision` as something else, such as an option.
    pub(crate) fn new(name: &str, revision: &'r str) -> Result<Self, Problem> {
        if revision.starts_with('-') || revision.chars().any(char::is_control) {
            return Err(invalid(name, "not the name of a git revision"));
        }
        Ok(Self(revision))
    }

    pub(crate) fn name(&self) -> &str {
        self.0
    }

    /// Finds the file at `path`, relative to the top of the repository, or else to the current folder.
    ///
    /// # Errors
    /// When there is no such file.
    pub(crate) fn find(&self, name: &str, path: &str) -> Result<(Start, Blob), Problem> {
        let is_from_here = [".", ".."].contains(&path) || path.starts_with("./") || path.starts_with("../");
        let starts = if is_from_here { &[Start::Here][..] } else { &[Start::Top, Start::Here] };
        let mut wrong = None;
        for start in starts {
            match self.file(name, *start, path) {
                Ok(Some(blob)) => return Ok((*start, blob)),
                Ok(None) => {}
                Err(problem) => wrong = wrong.or(Some(problem)),
            }
        }
        Err(wrong.unwrap_or_else(|| invalid(name, "no such file in the git revision")))
    }

    /// Returns the file at `path`, if there is one.
    ///
    /// # Errors
    /// When git fails, and when it is not a regular file.
    pub(crate) fn file(&self, name: &str, start: Start, path: &str) -> Result<Option<Blob>, Problem> {
        if path.contains('\0') {
            return Err(invalid(name, "not the name of a file"));
        }
        let Some((kind, id)) = self.entry(name, start, path)? else { return Ok(None) };
        let (what, fix) = match kind {
            Kind::File => return Ok(Some(Blob(id))),
            Kind::Folder => ("a folder, not a file", "name a file in it, as REV:folder/file"),
            Kind::Link => ("a symbolic link, not a file", "name the target of the link"),
            Kind::Submodule => ("a submodule, not a file", "run the command within the submodule"),
        };
        Err(Problem::new(what, fix).in_file(name))
    }

    fn entry(&self, name: &str, start: Start, path: &str) -> Result<Option<(Kind, String)>, Problem> {
        let is_folder = path.is_empty() || path.ends_with('/') || [".", ".."].contains(&path);
        if is_folder {
            // git lists the content of a folder
            return Ok(Some((Kind::Folder, String::new())));
        }
        let from_top: &[&str] = if start == Start::Top { &["--full-tree"] } else { &[] };
        let arguments = [&["ls-tree", "-z"], from_top, &["--end-of-options", self.0, "--", path]].concat();
        let output = git(&arguments).map_err(|error| invalid(name, &format!("git cannot be run: {error}")))?;
        if !output.status.success() {
            let stderr = String::from_utf8_lossy(&output.stderr);
            let said = stderr.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
            return Err(invalid(name, "the git revision cannot be read").because(Cause::Said(said)));
        }
        let listed = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok(listed.split('\0').next().and_then(kind_and_id))
    }
}

impl Blob {
    /// Returns the content of the file.
    ///
    /// # Errors
    /// When git does not have it, or it is not UTF-8.
    pub(crate) fn text(&self, name: &str) -> Result<String, Problem> {
        let output = git(&["cat-file", "blob", &self.0])
            .map_err(|error| invalid(name, &format!("git cannot be run: {error}")))?;
        if !output.status.success() {
            return Err(invalid(name, "git does not have the content of the file"));
        }
        String::from_utf8(output.stdout).map_err(|_| invalid(name, "not UTF-8 text"))
    }
}

fn git(arguments: &[&str]) -> std::io::Result<Output> {
    Command::new("git").args(arguments).env("GIT_LITERAL_PATHSPECS", "1").output()
}

/// Parses an entry of `git ls-tree`: `100644 blob 1f7a…\tname`.
fn kind_and_id(entry: &str) -> Option<(Kind, String)> {
    let mut words = entry.split('\t').next()?.split(' ');
    let (mode, kind, id) = (words.next()?, words.next()?, words.next()?);
    let kind = match (mode, kind) {
        ("120000", _) => Kind::Link,
        ("160000", _) | (_, "commit") => Kind::Submodule,
        (_, "blob") => Kind::File,
        _ => Kind::Folder,
    };
    Some((kind, id.to_owned()))
}

fn invalid(name: &str, what: &str) -> Problem {
    Problem::new(what, "name a file, or REV:path as for `git show`").in_file(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_an_entry_follows_from_type_and_mode() {
        for (entry, kind) in [
            ("100644 blob abc\tname", Some(Kind::File)),
            ("100755 blob abc\tna\tme", Some(Kind::File)),
            ("120000 blob abc\tname", Some(Kind::Link)),
            ("160000 commit abc\tname", Some(Kind::Submodule)),
            ("040000 tree abc\tname", Some(Kind::Folder)),
            ("", None),
        ] {
            assert_eq!(kind_and_id(entry).map(|(kind, _)| kind), kind, "{entry}");
        }
    }

    #[test]
    fn rejects_names_that_are_not_revisions() {
        for revision in ["-x", "--output=x", "HEAD\0", "HEAD\n", "\u{1b}[31m"] {
            assert!(Revision::new("n", revision).is_err(), "{revision:?}");
        }
        assert!(Revision::new("n", "HEAD").unwrap().file("n", Start::Here, "a\0b").is_err());
    }
}
