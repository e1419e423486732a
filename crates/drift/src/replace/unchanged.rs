//! Detects files that changed after the workspace was read, and the errors of a replacement.

use std::{fs, io, path::Path};

use openapi::Problem;

use crate::load::Workspace;

/// Checks that the inputs and the files to be written have not changed since the workspace was read.
///
/// # Errors
/// When one of them has changed.
pub(super) fn require_unchanged(workspace: &Workspace, files: &[(String, String)]) -> Result<(), Problem> {
    let written = files.iter().map(|(name, _)| name.as_str());
    match workspace.inputs().chain(written).find(|name| !is_unchanged(workspace, name, &workspace.root.join(name))) {
        None => Ok(()),
        Some(name) => Err(changed_meanwhile(name)),
    }
}

/// Returns whether the file at `path` has the text that the workspace read as `name`.
pub(super) fn is_unchanged(workspace: &Workspace, name: &str, path: &Path) -> bool {
    match workspace.text_when_read(name) {
        Ok(Some(text)) => {
            fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() == text.len() as u64)
                && fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes())
        }
        Ok(None) => fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound),
        // a file that could not be read cannot be compared
        Err(()) => true,
    }
}

pub(super) fn changed_meanwhile(name: &str) -> Problem {
    let what = format!("{name} was changed by another program during this run; nothing was written");
    Problem::new(what, "save open files in your editor, then run this command again").in_file(name)
}

/// Returns an error for a path `at` that cannot be used to write `name`; it is `name` or one of its folders.
pub(super) fn not_a_file(at: &str, name: &str, found: fs::FileType) -> Problem {
    let kind = if found.is_symlink() {
        "a symbolic link"
    } else if found.is_dir() {
        "a folder"
    } else {
        "a special file"
    };
    let wanted = if at == name { "a regular file" } else { "a folder" };
    let what = format!("{name} cannot be written: {at} is {kind}, expected {wanted}");
    Problem::new(what, format!("replace it by {wanted}")).in_file(at)
}

pub(super) fn write_error(name: &str, error: &io::Error) -> Problem {
    Problem::new(format!("{name} cannot be written: {error}"), "make the file and its folder writable").in_file(name)
}
