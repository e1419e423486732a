//! Renames that never overwrite, and what an attempt to exchange came to.

use std::{io, path::Path};

use openapi::Problem;
use rustix::fs::{CWD, RenameFlags, renameat_with};

/// What an attempt to exchange came to.
#[derive(Debug)]
pub(super) enum Attempt {
    Done(Option<Problem>),
    /// The system cannot do that here. Nothing has changed.
    Unsupported,
}

/// Exchanges the names of two files or folders.
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// Renames where nothing is yet.
pub(super) fn rename_to_free(from: &Path, to: &Path) -> io::Result<()> {
    Ok(renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE)?)
}
