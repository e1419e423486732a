//! Writes several files so that either all of them change or none.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use openapi::Problem;
use tempfile::NamedTempFile;

/// A file whose new content is in a temporary file beside it.
struct Staged<'f> {
    name: &'f str,
    path: PathBuf,
    new: NamedTempFile,
    before: Option<Vec<u8>>,
}

/// Writes the files whose content differs, relative to `root`. Returns the names of the changed files.
///
/// All new contents are on disk before the first file is replaced; if a replacement fails, those already made are
/// undone.
///
/// # Errors
/// When a file cannot be written, or another program changes it meanwhile. All files then have their former content.
pub fn write_all(root: &Path, files: &[(String, String)]) -> Result<Vec<String>, Problem> {
    let mut staged = Vec::new();
    for (name, text) in files {
        let path = root.join(name);
        let before = read(&path).map_err(|error| refused(name, &error))?;
        if before.as_deref() == Some(text.as_bytes()) {
            continue;
        }
        let new = stage(&path, text.as_bytes()).map_err(|error| refused(name, &error))?;
        staged.push(Staged { name, path, new, before });
    }
    let mut done: Vec<(PathBuf, Option<Vec<u8>>)> = Vec::new();
    let mut changed = Vec::new();
    for Staged { name, path, new, before } in staged {
        let replaced = match read(&path) {
            Ok(now) if now == before => new.persist(&path).map_err(|error| error.error),
            Ok(_) => Err(io::Error::other("another program changed the file meanwhile")),
            Err(error) => Err(error),
        };
        if let Err(error) = replaced {
            undo(done);
            return Err(refused(name, &error));
        }
        changed.push(name.to_owned());
        done.push((path, before));
    }
    Ok(changed)
}

/// Returns the content of a file, or `None` if it does not exist. Does not open pipes, because that would block until
/// another program writes.
fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => fs::read(path).map(Some),
        Ok(_) => Err(io::Error::other(NOT_A_FILE)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn stage(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = NamedTempFile::with_prefix_in(".xtask-", folder)?;
    file.write_all(bytes)?;
    if let Ok(old) = fs::metadata(path) {
        file.as_file().set_permissions(old.permissions())?;
    } else {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // temporary files are readable by their owner only
            file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
        }
    }
    file.as_file().sync_all()?;
    Ok(file)
}

fn undo(done: Vec<(PathBuf, Option<Vec<u8>>)>) {
    for (path, before) in done {
        // a failure to restore is ignored: the caller reports the first error
        let _ = match before {
            Some(bytes) => stage(&path, &bytes).and_then(|old| Ok(old.persist(&path).map(drop)?)),
            None => fs::remove_file(path),
        };
    }
}

const NOT_A_FILE: &str = "not a regular file";

fn refused(name: &str, error: &io::Error) -> Problem {
    let is_file = error.to_string() != NOT_A_FILE;
    let fix = if is_file { "make the file and its folder writable" } else { "replace it by a regular file" };
    Problem::new(format!("the file cannot be written: {error}"), fix).in_file(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_and_returns_only_changed_files() {
        let folder = tempfile::tempdir().unwrap();
        let files = [("a/x".to_owned(), "1".to_owned()), ("y".to_owned(), "2".to_owned())];
        assert_eq!(write_all(folder.path(), &files).unwrap(), ["a/x", "y"]);
        assert_eq!(write_all(folder.path(), &files).unwrap(), [""; 0]);
        assert_eq!(fs::read_to_string(folder.path().join("a/x")).unwrap(), "1");
    }

    #[cfg(unix)]
    #[test]
    fn keeps_the_mode_of_a_file_and_does_not_open_pipes() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        write_all(folder.path(), &[("a".to_owned(), "new".to_owned())]).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        std::process::Command::new("mkfifo").arg(folder.path().join("b")).status().unwrap();
        let refused = write_all(folder.path(), &[("b".to_owned(), "new".to_owned())]).unwrap_err();
        assert!(refused.what.contains("not a regular file"), "{refused}");
    }

    #[test]
    fn changes_nothing_if_one_file_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), "old").unwrap();
        // the second path is a folder
        fs::create_dir_all(folder.path().join("b/c")).unwrap();
        let files = [("a".to_owned(), "new".to_owned()), ("b".to_owned(), "new".to_owned())];
        assert!(write_all(folder.path(), &files).unwrap_err().to_string().contains("cannot be written"));
        assert_eq!(fs::read_to_string(folder.path().join("a")).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "a temporary file is left");
    }
}
