//! Renames that never overwrite a file.

use std::{io, path::Path};

use openapi::Problem;
use rustix::fs::{CWD, RenameFlags, renameat_with};

/// The result of an attempted replacement.
#[derive(Debug)]
pub(super) enum Attempt {
    /// The files are replaced, with a warning if the staging folder is kept.
    Done(Option<Problem>),
    /// The system does not support exchanges here. Nothing has changed.
    Unsupported,
}

/// Exchanges the names of two files or folders.
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// Renames to a path that does not exist yet.
pub(super) fn rename_to_free(from: &Path, to: &Path) -> io::Result<()> {
    Ok(renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE)?)
}
