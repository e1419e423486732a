//! Staging folders, on systems that can exchange folders and files atomically.

#[cfg(any(target_os = "linux", target_os = "macos"))]
mod entries;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod folder;

#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(crate) use entries::{Entries, Entry, entries_of};
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(crate) use folder::{Staging, remove_stale, write_new};

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
use std::path::Path;

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
use openapi::Problem;

/// Without atomic exchanges there are no staging folders.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(crate) fn remove_stale(_: &Path) -> Vec<Problem> {
    Vec::new()
}
