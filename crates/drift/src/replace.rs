//! Atomic replacement of files in the workspace: a kill leaves each file complete, and no change of another program is
//! lost.
//!
//! [`folder`] replaces all files of one folder by one atomic exchange of two folders. [`files`] exchanges files of
//! several folders one by one. Where the system does not support exchanges, both fall back on [`write_all`], which
//! renames new files over old ones.

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
use std::path::Path;
use std::{fs, io};

use openapi::Problem;

use codegen::write_all;

use crate::{load::Workspace, locked_workspace::LockedWorkspace};

#[cfg(any(target_os = "linux", target_os = "macos"))]
mod exchange;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod files;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod folder;
mod unchanged;

#[cfg(any(target_os = "linux", target_os = "macos"))]
use exchange::Attempt;
use unchanged::{not_a_file, require_unchanged, write_error};

/// The result of a replacement.
#[derive(Clone, Debug, Default)]
pub(crate) struct Replaced {
    /// Names of the files that changed.
    pub(crate) changed: Vec<String>,
    /// A warning if the staging folder is kept, because another program saved a file in it.
    pub(crate) leftover: Option<Problem>,
}

/// Replaces files of `folder` atomically: the folder has all old or all new files, even after a kill.
///
/// # Errors
/// When a file cannot be written, or changed after the workspace was read. The folder is then unchanged.
pub(crate) fn replace_folder(
    workspace: &LockedWorkspace,
    folder: &str,
    files: &[(String, String)],
) -> Result<Replaced, Problem> {
    let changed = changed_files(workspace, files)?;
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    if !changed.is_empty()
        && let Attempt::Done(leftover) = folder::replace(workspace, folder, &changed, &mut |_| {})?
    {
        return Ok(Replaced { changed: names(&changed), leftover });
    }
    let _ = folder;
    fall_back(workspace, &changed)
}

/// Replaces files of any folders. A kill leaves each file complete, some old and some new; the same call then writes
/// the others.
///
/// # Errors
/// When a file cannot be written, or changed after the workspace was read. All files are then unchanged.
pub(crate) fn replace_files(workspace: &LockedWorkspace, files: &[(String, String)]) -> Result<Replaced, Problem> {
    let changed = changed_files(workspace, files)?;
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    if !changed.is_empty()
        && let Attempt::Done(leftover) = files::replace(workspace, &changed, &mut |_| {})?
    {
        return Ok(Replaced { changed: names(&changed), leftover });
    }
    fall_back(workspace, &changed)
}

fn fall_back(workspace: &LockedWorkspace, changed: &[(String, String)]) -> Result<Replaced, Problem> {
    require_unchanged(workspace, changed)?;
    Ok(Replaced { changed: write_all(&workspace.root, changed)?, leftover: None })
}

fn names(files: &[(String, String)]) -> Vec<String> {
    files.iter().map(|(name, _)| name.clone()).collect()
}

/// Returns the files whose text changes.
///
/// # Errors
/// When the path of a file is occupied by something other than a regular file.
fn changed_files(workspace: &Workspace, files: &[(String, String)]) -> Result<Vec<(String, String)>, Problem> {
    let mut changing = Vec::new();
    for (name, text) in files {
        let path = workspace.root.join(name);
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_file() => {
                if fs::read(&path).map_err(|error| write_error(name, &error))? == text.as_bytes() {
                    continue;
                }
            }
            Ok(found) => return Err(not_a_file(name, name, found.file_type())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(write_error(name, &error)),
        }
        changing.push((name.clone(), text.clone()));
    }
    Ok(changing)
}

#[cfg(test)]
mod tests {
    use pages::{DOCUMENT, OVERLAY};

    use super::*;

    #[test]
    fn the_fallback_writes_all_files_and_overwrites_no_other_change() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("openapi/pages")).unwrap();
        let page = "openapi/pages/a.md";
        let texts = || [DOCUMENT, OVERLAY, page].map(|name| fs::read_to_string(root.path().join(name)).ok());
        let files = [DOCUMENT, page].map(|name| (name.to_owned(), "new".to_owned()));
        for saved in [DOCUMENT, OVERLAY, page] {
            fs::write(root.path().join(DOCUMENT), "old").unwrap();
            fs::write(root.path().join(OVERLAY), "old").unwrap();
            let workspace = LockedWorkspace::load(root.path(), |text| panic!("{text}")).unwrap();
            fs::write(root.path().join(saved), "mine").unwrap();
            let before = texts();
            let error = fall_back(&workspace, &files).unwrap_err();
            assert_eq!((error.file.as_deref(), texts()), (Some(saved), before));
            drop(workspace);
            let workspace = LockedWorkspace::load(root.path(), |text| panic!("{text}")).unwrap();
            assert_eq!(fall_back(&workspace, &files).unwrap().changed, [DOCUMENT, page]);
            assert_eq!(texts()[0].as_deref().zip(texts()[2].as_deref()), Some(("new", "new")));
            fs::remove_file(root.path().join(page)).unwrap();
        }
    }
}
