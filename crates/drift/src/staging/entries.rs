//! What lies in a folder. Links are not followed, special files are not opened.

use std::{
    collections::BTreeMap,
    fs, io,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
};

/// More than any `openapi/` holds; the bound on what a run walks through.
const MOST_ENTRIES: usize = 100_000;

/// One entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    Folder,
    /// Device and inode: a file under another name stays the same file, one that an editor saved anew does not.
    File(u64, u64),
    /// The target as it is written.
    Link(PathBuf),
    /// A pipe, a socket or a device, by device and inode of its name.
    Special(u64, u64),
}

impl Entry {
    /// The entry at `path`.
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

/// All entries below a folder by their path in it. A folder comes before what it holds.
pub(crate) type Entries = BTreeMap<PathBuf, Entry>;

/// # Errors
/// When the folder cannot be read, or holds too much.
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
                return Err(io::Error::other(format!("the folder holds more than {MOST_ENTRIES} entries")));
            }
        }
    }
    Ok(found)
}
