//! The entries of a folder. Symbolic links are not followed, special files are not opened.

use std::{
    collections::BTreeMap,
    fs, io,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
};

/// The most entries that are listed; far above those of any `openapi/`.
const MOST_ENTRIES: usize = 100_000;

/// One entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    Folder,
    /// Device and inode: they stay when a file is renamed, and differ when an editor replaces it.
    File(u64, u64),
    /// A symbolic link with its target as written.
    Link(PathBuf),
    /// A pipe, a socket or a device, by device and inode.
    Special(u64, u64),
}

impl Entry {
    /// Returns the entry at `path`.
    pub(crate) fn at(path: &Path) -> io::Result<Self> {
        let found = fs::symlink_metadata(path)?;
        Ok(if found.is_dir() {
            Self::Folder
        } else if found.is_file() {
            Self::File(found.dev(), found.ino())
        } else if found.is_symlink() {
            Self::Link(fs::read_link(path)?)
        } else {
            Self::Special(found.dev(), found.ino())
        })
    }
}

/// All entries below a folder by their relative path. A folder sorts before its contents.
pub(crate) type Entries = BTreeMap<PathBuf, Entry>;

/// Lists a folder recursively.
///
/// # Errors
/// When the folder cannot be read, or has too many entries.
pub(crate) fn entries_of(folder: &Path) -> io::Result<Entries> {
    let mut found = Entries::new();
    let mut open = vec![PathBuf::new()];
    while let Some(within) = open.pop() {
        for entry in fs::read_dir(folder.join(&within))? {
            let path = within.join(entry?.file_name());
            let entry = Entry::at(&folder.join(&path))?;
            if entry == Entry::Folder {
                open.push(path.clone());
            }
            found.insert(path, entry);
            if found.len() > MOST_ENTRIES {
                return Err(io::Error::other(format!("the folder has more than {MOST_ENTRIES} entries")));
            }
        }
    }
    Ok(found)
}
