//! Whether files still hold what the workspace was read from, and what is said when they do not.

use std::{fs, io, path::Path};

use openapi::Problem;

use crate::load::Workspace;

/// Checks that the files which decide what is written, and those that are, still hold what was read.
///
/// # Errors
/// When a file that is written, or decides what is written, is not as it was read.
pub(super) fn unchanged(workspace: &Workspace, files: &[(String, String)]) -> Result<(), Problem> {
    let written = files.iter().map(|(name, _)| name.as_str());
    match workspace.inputs().chain(written).find(|name| !is_as_read(workspace, name, &workspace.root.join(name))) {
        None => Ok(()),
        Some(name) => Err(changed_meanwhile(name)),
    }
}

/// Whether the file at `path` holds what the workspace read under `name`.
pub(super) fn is_as_read(workspace: &Workspace, name: &str, path: &Path) -> bool {
    match workspace.as_read(name) {
        Ok(Some(text)) => {
            fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() == text.len() as u64)
                && fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes())
        }
        Ok(None) => fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound),
        // what could not be read cannot be compared
        Err(()) => true,
    }
}

pub(super) fn changed_meanwhile(name: &str) -> Problem {
    let what = "was changed by another program while this ran; nothing was written";
    Problem::new(what, "save what is open in an editor, and run this again").in_file(name)
}

/// `place` is `name`, or a folder on the way to it.
pub(super) fn not_a_file(place: &str, name: &str, found: fs::FileType) -> Problem {
    let kind = if found.is_symlink() {
        "a symbolic link"
    } else if found.is_dir() {
        "a folder"
    } else {
        "a special file"
    };
    let wanted = if place == name { "a regular file" } else { "a folder" };
    let what = format!("{name} cannot be written: {kind} stands where {wanted} is written");
    Problem::new(what, format!("put {wanted} in its place")).in_file(place)
}

pub(super) fn refused(name: &str, error: &io::Error) -> Problem {
    Problem::new(format!("cannot be written: {error}"), "make the file and its folder writable").in_file(name)
}
