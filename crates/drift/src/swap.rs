//! Changing files of one folder in one step: whoever looks, or is killed, sees the folder as it was or as it will be.

use std::{fs, io, path::Path};

use blynk_document::Problem;

use crate::write::write_all;

/// Writes files that all lie in `folder` of `root`; returns the names of those that changed.
///
/// A copy of the folder is changed and then takes the folder's place by one exchange of names. Where the system cannot do
/// that, the files are replaced one by one, and those already replaced are put back if one cannot be.
///
/// # Errors
/// When a file cannot be written. The folder is then as it was.
pub(crate) fn change_folder(root: &Path, folder: &str, files: &[(String, String)]) -> Result<Vec<String>, Problem> {
    change_by_steps(root, folder, files, &mut |_| {})
}

/// Calls `step` after each change on the disk.
fn change_by_steps(
    root: &Path,
    folder: &str,
    files: &[(String, String)],
    step: &mut dyn FnMut(&str),
) -> Result<Vec<String>, Problem> {
    let differs = |name: &String, text: &String| fs::read(root.join(name)).ok().as_deref() != Some(text.as_bytes());
    let changed: Vec<String> =
        files.iter().filter(|(name, text)| differs(name, text)).map(|(name, _)| name.clone()).collect();
    if changed.is_empty() {
        return Ok(changed);
    }
    let failed = |error: &io::Error| {
        Problem::new(format!("cannot be written: {error}"), "make the folder and the one around it writable")
            .in_file(folder)
    };
    let target = fs::canonicalize(root.join(folder)).map_err(|error| failed(&error))?;
    let staging = target.with_file_name(format!(".{folder}.import"));
    let staged = stage(&target, &staging, root, files, step);
    if let Err(error) = staged {
        let _ = fs::remove_dir_all(&staging);
        return Err(failed(&error));
    }
    let exchanged = exchange(&staging, &target);
    step("exchange");
    // what is there now is the old folder, or the copy that could not take its place
    let _ = fs::remove_dir_all(&staging);
    step("clean");
    match exchanged {
        Ok(()) => Ok(changed),
        Err(_) => write_all(root, files),
    }
}

fn stage(
    target: &Path,
    staging: &Path,
    root: &Path,
    files: &[(String, String)],
    step: &mut dyn FnMut(&str),
) -> io::Result<()> {
    if staging.exists() {
        // of an import that was killed
        fs::remove_dir_all(staging)?;
    }
    copy(target, staging, step)?;
    for (name, text) in files {
        let path = root.join(name);
        let within = fs::canonicalize(path.parent().unwrap_or(root)).unwrap_or_else(|_| path.clone());
        let folder = within.strip_prefix(target).map_err(|_| io::Error::other("a file lies outside of the folder"))?;
        let to = staging.join(folder).join(path.file_name().unwrap_or_default());
        fs::write(&to, text)?;
        fs::File::open(&to)?.sync_all()?;
        step(name);
    }
    Ok(())
}

fn copy(from: &Path, to: &Path, step: &mut dyn FnMut(&str)) -> io::Result<()> {
    fs::create_dir(to)?;
    fs::set_permissions(to, fs::metadata(from)?.permissions())?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to, step)?;
        } else {
            fs::copy(&from, &to)?;
            step("copy");
        }
    }
    Ok(())
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn contents(folder: &Path) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                found.extend(contents(&path).into_iter().map(|(inner, text)| (format!("{name}/{inner}"), text)));
            } else {
                found.insert(name, fs::read_to_string(path).unwrap());
            }
        }
        found
    }

    fn folder() -> (tempfile::TempDir, Vec<(String, String)>) {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("openapi/pages")).unwrap();
        for (name, text) in [("openapi/a", "1"), ("openapi/b", "1"), ("openapi/pages/c", "1")] {
            fs::write(root.path().join(name), text).unwrap();
        }
        let files = [("openapi/a", "2"), ("openapi/pages/c", "2"), ("openapi/pages/d", "2")];
        (root, files.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec())
    }

    #[test]
    fn the_folder_is_old_or_new_after_every_step() {
        let (root, files) = folder();
        let openapi = root.path().join("openapi");
        let before = contents(&openapi);
        let mut seen = Vec::new();
        let changed = change_by_steps(root.path(), "openapi", &files, &mut |name| {
            seen.push((name.to_owned(), contents(&openapi)));
        });
        assert_eq!(changed.unwrap(), ["openapi/a", "openapi/pages/c", "openapi/pages/d"]);
        let after = contents(&openapi);
        assert_eq!(after.len(), 4);
        assert_eq!((after["a"].as_str(), after["b"].as_str(), after["pages/d"].as_str()), ("2", "1", "2"));
        let steps: Vec<_> = seen.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(steps[3..], ["openapi/a", "openapi/pages/c", "openapi/pages/d", "exchange", "clean"]);
        for (index, (name, state)) in seen.iter().enumerate() {
            let expected = if index < 6 { &before } else { &after };
            assert_eq!(state, expected, "after {name}");
        }
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1, "nothing stays beside it");
    }

    #[test]
    fn what_a_killed_import_has_left_is_cleaned_up() {
        let (root, files) = folder();
        fs::create_dir_all(root.path().join(".openapi.import/pages")).unwrap();
        fs::write(root.path().join(".openapi.import/pages/stale"), "x").unwrap();
        change_folder(root.path(), "openapi", &files).unwrap();
        assert!(!contents(&root.path().join("openapi")).contains_key("pages/stale"));
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
        assert_eq!(change_folder(root.path(), "openapi", &files).unwrap(), [""; 0]);
    }

    #[test]
    fn a_file_that_cannot_be_written_leaves_the_folder_as_it_was() {
        let (root, mut files) = folder();
        fs::create_dir_all(root.path().join("openapi/e")).unwrap();
        files.push(("openapi/e".to_owned(), "a folder stands here".to_owned()));
        let before = contents(root.path());
        assert!(change_folder(root.path(), "openapi", &files).unwrap_err().what.contains("cannot be written"));
        assert_eq!(contents(root.path()), before);
    }
}
