//! Replaces files of the workspace so that a kill leaves each of them whole and nobody else's change is lost.
//!
//! [`folder`] replaces all files of one folder by one exchange of names. [`files`] exchanges file by file, for files of
//! several folders. Where the system cannot exchange names, both fall back on [`write_all`], which renames new files
//! over old ones.

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
use std::path::Path;
use std::{fs, io};

use openapi::Problem;

use codegen::write_all;

use crate::{exclusive::Exclusive, load::Workspace};

mod as_read;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod exchange;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod files;
#[cfg(any(target_os = "linux", target_os = "macos"))]
mod folder;

use as_read::{not_a_file, refused, unchanged};
#[cfg(any(target_os = "linux", target_os = "macos"))]
use exchange::Attempt;

/// What was written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Replaced {
    /// Names of the files that changed.
    pub(crate) changed: Vec<String>,
    /// The staging folder, if it is not deleted since somebody saved a file in it.
    pub(crate) leftover: Option<Problem>,
}

/// Writes files that all lie in `folder`: whoever looks, or is killed, sees the folder as it was or as it will be.
///
/// # Errors
/// When a file cannot be written, or changed after the workspace was read. The folder is then as its user left it.
pub(crate) fn replace_folder(
    exclusive: &Exclusive,
    folder: &str,
    files: &[(String, String)],
) -> Result<Replaced, Problem> {
    let changed = changing(exclusive, files)?;
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    if !changed.is_empty()
        && let Attempt::Done(leftover) = folder::replace(exclusive, folder, &changed, &mut |_| {})?
    {
        return Ok(Replaced { changed: names(&changed), leftover });
    }
    let _ = folder;
    fall_back(exclusive, &changed)
}

/// Writes files of any folders. A kill in the middle leaves each file whole, some of them old; the same call then
/// writes the others.
///
/// # Errors
/// When a file cannot be written, or changed after the workspace was read. All files are then as their user left them.
pub(crate) fn replace_files(exclusive: &Exclusive, files: &[(String, String)]) -> Result<Replaced, Problem> {
    let changed = changing(exclusive, files)?;
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    if !changed.is_empty()
        && let Attempt::Done(leftover) = files::replace(exclusive, &changed, &mut |_| {})?
    {
        return Ok(Replaced { changed: names(&changed), leftover });
    }
    fall_back(exclusive, &changed)
}

fn fall_back(exclusive: &Exclusive, changed: &[(String, String)]) -> Result<Replaced, Problem> {
    unchanged(exclusive, changed)?;
    Ok(Replaced { changed: write_all(&exclusive.root, changed)?, leftover: None })
}

fn names(files: &[(String, String)]) -> Vec<String> {
    files.iter().map(|(name, _)| name.clone()).collect()
}

/// The files that are not yet as they should be.
///
/// # Errors
/// When something other than a regular file stands where one is to be written.
fn changing(workspace: &Workspace, files: &[(String, String)]) -> Result<Vec<(String, String)>, Problem> {
    let mut changing = Vec::new();
    for (name, text) in files {
        let path = workspace.root.join(name);
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_file() => {
                if fs::read(&path).map_err(|error| refused(name, &error))? == text.as_bytes() {
                    continue;
                }
            }
            Ok(found) => return Err(not_a_file(name, name, found.file_type())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(refused(name, &error)),
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
    fn where_names_cannot_be_exchanged_files_are_written_all_the_same_and_no_save_is_overwritten() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("openapi/pages")).unwrap();
        let page = "openapi/pages/a.md";
        let texts = || [DOCUMENT, OVERLAY, page].map(|name| fs::read_to_string(root.path().join(name)).ok());
        let files = [DOCUMENT, page].map(|name| (name.to_owned(), "new".to_owned()));
        for saved in [DOCUMENT, OVERLAY, page] {
            fs::write(root.path().join(DOCUMENT), "old").unwrap();
            fs::write(root.path().join(OVERLAY), "old").unwrap();
            let exclusive = Exclusive::load(root.path(), |text| panic!("{text}")).unwrap();
            fs::write(root.path().join(saved), "mine").unwrap();
            let before = texts();
            let refused = fall_back(&exclusive, &files).unwrap_err();
            assert_eq!((refused.file.as_deref(), texts()), (Some(saved), before));
            drop(exclusive);
            let exclusive = Exclusive::load(root.path(), |text| panic!("{text}")).unwrap();
            assert_eq!(fall_back(&exclusive, &files).unwrap().changed, [DOCUMENT, page]);
            assert_eq!(texts()[0].as_deref().zip(texts()[2].as_deref()), Some(("new", "new")));
            fs::remove_file(root.path().join(page)).unwrap();
        }
    }
}
