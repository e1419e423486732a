//! Renames that never overwrite.

use std::{io, path::Path};

use rustix::fs::{CWD, RenameFlags, renameat_with};

/// Exchanges the names of two files or folders.
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

/// Renames where nothing is yet.
pub(super) fn rename_to_free(from: &Path, to: &Path) -> io::Result<()> {
    Ok(renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE)?)
}
