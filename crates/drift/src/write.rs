//! Writing several files so that either all of them change or none.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use blynk_document::Problem;
use tempfile::NamedTempFile;

/// Writes every file that is not as it should be; returns the names of those that changed.
///
/// All new contents are on disk before the first file is replaced; if a replacement fails, those already made are undone.
///
/// # Errors
/// When a file cannot be written. All files are then as they were.
pub fn write_all(root: &Path, files: &[(String, String)]) -> Result<Vec<String>, Problem> {
    let mut staged = Vec::new();
    for (name, text) in files {
        let path = root.join(name);
        let before = match fs::read(&path) {
            Ok(bytes) if bytes == text.as_bytes() => continue,
            Ok(bytes) => Some(bytes),
            // where a folder stands the replacement will fail, and say so
            Err(error) if error.kind() == io::ErrorKind::NotFound || path.is_dir() => None,
            Err(error) => return Err(refused(name, &error)),
        };
        staged.push((name, stage(&path, text.as_bytes()).map_err(|error| refused(name, &error))?, path, before));
    }
    let mut done: Vec<(PathBuf, Option<Vec<u8>>)> = Vec::new();
    let mut changed = Vec::new();
    for (name, file, path, before) in staged {
        if let Err(error) = file.persist(&path) {
            undo(done);
            return Err(refused(name, &error.error));
        }
        changed.push(name.clone());
        done.push((path, before));
    }
    Ok(changed)
}

fn stage(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // a temporary file is for its owner alone; what is committed is for everybody
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    Ok(file)
}

fn undo(done: Vec<(PathBuf, Option<Vec<u8>>)>) {
    for (path, before) in done {
        // nothing better can be done if this fails too
        let _ = match before {
            Some(bytes) => fs::write(path, bytes),
            None => fs::remove_file(path),
        };
    }
}

fn refused(name: &str, error: &io::Error) -> Problem {
    Problem::new(format!("cannot be written: {error}"), "make the file and its folder writable").in_file(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_differs_and_names_it() {
        let folder = tempfile::tempdir().unwrap();
        let files = [("a/x".to_owned(), "1".to_owned()), ("y".to_owned(), "2".to_owned())];
        assert_eq!(write_all(folder.path(), &files).unwrap(), ["a/x", "y"]);
        assert_eq!(write_all(folder.path(), &files).unwrap(), [""; 0]);
        assert_eq!(fs::read_to_string(folder.path().join("a/x")).unwrap(), "1");
    }

    #[test]
    fn leaves_everything_as_it_was_when_one_file_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), "old").unwrap();
        // a folder stands where the second file should go
        fs::create_dir_all(folder.path().join("b/c")).unwrap();
        let files = [("a".to_owned(), "new".to_owned()), ("b".to_owned(), "new".to_owned())];
        assert!(write_all(folder.path(), &files).unwrap_err().to_string().contains("cannot be written"));
        assert_eq!(fs::read_to_string(folder.path().join("a")).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "no temporary file stays");
    }
}
