//! Replaces files of several folders, each by one exchange with a staged one.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use openapi::Problem;

use super::{
    as_read::{changed_meanwhile, is_as_read, unchanged},
    exchange::{Attempt, exchange, rename_to_free},
};
use crate::{
    exclusive::Exclusive,
    staging::{Staging, write_new},
};

/// A file that is to be, or was, replaced.
struct File<'r> {
    name: &'r str,
    path: PathBuf,
    staged: PathBuf,
    /// Whether there was a file before.
    replaces: bool,
}

/// Replaces `files` one by one. Calls `step` before each of them and at the end.
pub(super) fn replace(
    exclusive: &Exclusive,
    files: &[(String, String)],
    step: &mut dyn FnMut(usize),
) -> Result<Attempt, Problem> {
    let old = files.iter().filter_map(|(name, _)| exclusive.as_read(name).ok().flatten());
    let texts = files.iter().map(|(_, text)| text.as_str()).chain(old);
    let Ok(staging) = Staging::new(&exclusive.root, Path::new(""), texts) else { return Ok(Attempt::Unsupported) };
    let Ok(staged) = stage(&exclusive.root, files, &staging.staged()) else {
        staging.remove();
        return Ok(Attempt::Unsupported);
    };
    if let Err(problem) = unchanged(exclusive, files) {
        staging.remove();
        return Err(problem);
    }
    for (index, file) in staged.iter().enumerate() {
        step(index);
        let replaced = file.replace();
        let is_old = replaced.is_ok() && (!file.replaces || is_as_read(exclusive, file.name, &file.staged));
        if is_old {
            continue;
        }
        let done = index + usize::from(replaced.is_ok());
        if staged.iter().take(done).rev().any(|file| file.take_back().is_err()) {
            return Err(staging.keep(&format!("{} was changed by another program while it was written", file.name)));
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

    fn take_back(&self) -> io::Result<()> {
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

    fn load(root: &Path) -> Exclusive {
        Exclusive::load(root, |text| panic!("{text}")).unwrap()
    }

    fn has_staging(root: &Path) -> bool {
        fs::read_dir(root).unwrap().any(|entry| entry.unwrap().file_name().to_string_lossy().starts_with(".xtask-"))
    }

    #[test]
    fn every_file_is_whole_at_every_step() {
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
    fn a_file_that_somebody_else_saves_meanwhile_stays_and_the_others_are_taken_back() {
        // before the step at which a file is replaced
        for (index, name) in NAMES.into_iter().enumerate() {
            let (root, files) = workspace();
            let refused = replace(&load(root.path()), &files, &mut |step| {
                if step == index {
                    fs::write(root.path().join(name), "mine").unwrap();
                }
            });
            let refused = refused.err().unwrap();
            assert_eq!((refused.file.as_deref(), refused.what.contains("another program")), (Some(name), true));
            for (other, old) in NAMES.into_iter().zip(["old", "", "old"]) {
                let expected = if other == name { "mine" } else { old };
                let now = fs::read_to_string(root.path().join(other)).unwrap_or_default();
                assert_eq!(now, expected, "{other} after a save of {name}");
            }
            assert!(!has_staging(root.path()));
        }
    }
}
