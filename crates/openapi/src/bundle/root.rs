//! The folder that a document may read.

use std::path::Path;

/// A folder whose files references may read.
#[derive(Clone, Copy, Debug)]
pub struct Root<'p> {
    /// The folder.
    pub folder: &'p Path,
    /// What the names of its files begin with in messages.
    pub shown: &'p Path,
}

impl<'p> From<&'p Path> for Root<'p> {
    fn from(folder: &'p Path) -> Self {
        Self { folder, shown: folder }
    }
}
