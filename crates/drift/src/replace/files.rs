//! Replacement of files in several folders, each by an atomic exchange with a staged file.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use openapi::Problem;

use super::{
    exchange::{Attempt, exchange, rename_to_free},
    unchanged::{changed_meanwhile, is_unchanged, require_unchanged},
};
use crate::{
    locked_workspace::LockedWorkspace,
    staging::{Staging, write_new},
};

/// A file to replace.
struct File<'r> {
    name: &'r str,
    path: PathBuf,
    staged: PathBuf,
    /// Whether there was a file before.
    replaces: bool,
}

/// Replaces `files` one by one. Calls `step` before each one and at the end, for tests.
pub(super) fn replace(
    workspace: &LockedWorkspace,
    files: &[(String, String)],
    step: &mut dyn FnMut(usize),
) -> Result<Attempt, Problem> {
    let old = files.iter().filter_map(|(name, _)| workspace.text_when_read(name).ok().flatten());
    let texts = files.iter().map(|(_, text)| text.as_str()).chain(old);
    let Ok(staging) = Staging::new(&workspace.root, Path::new(""), texts) else { return Ok(Attempt::Unsupported) };
    let Ok(staged) = stage(&workspace.root, files, &staging.staged()) else {
        staging.remove();
        return Ok(Attempt::Unsupported);
    };
    if let Err(problem) = require_unchanged(workspace, files) {
        staging.remove();
        return Err(problem);
    }
    for (index, file) in staged.iter().enumerate() {
        step(index);
        let replaced = file.replace();
        let is_old = replaced.is_ok() && (!file.replaces || is_unchanged(workspace, file.name, &file.staged));
        if is_old {
            continue;
        }
        let done = index + usize::from(replaced.is_ok());
        if staged.iter().take(done).rev().any(|file| file.undo().is_err()) {
            return Err(staging.keep(&format!("{} was changed by another program during this run", file.name)));
        }
        let leftover = staging.remove().into_iter().next();
        return match (replaced, leftover) {
            (_, Some(leftover)) => Err(leftover),
            (Ok(()), None) => Err(changed_meanwhile(file.name)),
            (Err(error), None) => match error.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists => Err(changed_meanwhile(file.name)),
                _ => Ok(Attempt::Unsupported),
            },
        };
    }
    step(staged.len());
    Ok(Attempt::Done(staging.remove()))
}

fn stage<'r>(root: &Path, files: &'r [(String, String)], staged: &Path) -> io::Result<Vec<File<'r>>> {
    fs::create_dir(staged)?;
    let stage = |(index, (name, text)): (usize, &'r (String, String))| {
        let (path, staged) = (root.join(name), staged.join(index.to_string()));
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        write_new(&staged, text, &path)?;
        let replaces = fs::symlink_metadata(&path).is_ok();
        Ok(File { name, path, staged, replaces })
    };
    files.iter().enumerate().map(stage).collect()
}

impl File<'_> {
    fn replace(&self) -> io::Result<()> {
        if self.replaces { exchange(&self.staged, &self.path) } else { rename_to_free(&self.staged, &self.path) }
    }

    fn undo(&self) -> io::Result<()> {
        if self.replaces { exchange(&self.staged, &self.path) } else { rename_to_free(&self.path, &self.staged) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paths::{CLIENT, LOCK, SURFACE};

    const NAMES: [&str; 3] = [CLIENT, SURFACE, LOCK];

    fn workspace() -> (tempfile::TempDir, Vec<(String, String)>) {
        let root = tempfile::tempdir().unwrap();
        for folder in ["openapi/pages", "src", "tests/snapshots"] {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        fs::write(root.path().join(CLIENT), "old").unwrap();
        fs::write(root.path().join(LOCK), "old").unwrap();
        (root, NAMES.map(|name| (name.to_owned(), "new".to_owned())).to_vec())
    }

    fn load(root: &Path) -> LockedWorkspace {
        LockedWorkspace::load(root, |text| panic!("{text}")).unwrap()
    }

    fn has_staging(root: &Path) -> bool {
        fs::read_dir(root).unwrap().any(|entry| entry.unwrap().file_name().to_string_lossy().starts_with(".xtask-"))
    }

    #[test]
    fn every_file_is_complete_at_every_step() {
        let (root, files) = workspace();
        let mut steps = 0;
        let done = replace(&load(root.path()), &files, &mut |step| {
            let now = NAMES.map(|name| fs::read_to_string(root.path().join(name)).unwrap_or_default());
            let old = ["old", "", "old"];
            let expected: Vec<_> = (0..3).map(|index| if index < step { "new" } else { old[index] }).collect();
            assert_eq!(now.to_vec(), expected);
            steps += 1;
        });
        assert!(matches!(done, Ok(Attempt::Done(None))) && steps == 4);
        assert!(!has_staging(root.path()));
    }

    #[test]
    fn keeps_a_file_saved_by_another_program_and_undoes_the_others() {
        // saved just before the file is replaced
        for (index, name) in NAMES.into_iter().enumerate() {
            let (root, files) = workspace();
            let error = replace(&load(root.path()), &files, &mut |step| {
                if step == index {
                    fs::write(root.path().join(name), "mine").unwrap();
                }
            });
            let error = error.err().unwrap();
            assert_eq!((error.file.as_deref(), error.what.contains("another program")), (Some(name), true));
            for (other, old) in NAMES.into_iter().zip(["old", "", "old"]) {
                let expected = if other == name { "mine" } else { old };
                let now = fs::read_to_string(root.path().join(other)).unwrap_or_default();
                assert_eq!(now, expected, "{other} after a save of {name}");
            }
            assert!(!has_staging(root.path()));
        }
    }
}
