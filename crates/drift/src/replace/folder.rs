//! Replacement of files in one folder, by an atomic exchange with a staged copy of the folder.
//!
//! The copy has hard links to all files that stay: they keep owner, mode and times, and what an editor writes into an
//! open file is in both folders. An exchange is undone if another program has changed the folder meanwhile.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use openapi::Problem;

use super::{
    exchange::{Attempt, exchange},
    unchanged::{changed_meanwhile, is_unchanged, not_a_file, require_unchanged, write_error},
};
use crate::{
    locked_workspace::LockedWorkspace,
    staging::{Entries, Entry, Staging, entries_of, write_new},
};

/// The most attempts while other programs save files in the folder.
const MOST_ATTEMPTS: usize = 5;

/// The steps between which another program may change the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Listed,
    Staged,
    Verified,
    Exchanged,
    Undone,
}

struct Folder<'r> {
    workspace: &'r LockedWorkspace,
    /// Its path in the workspace.
    name: &'r str,
    /// Its real path.
    real: PathBuf,
    /// The files to write, by path in the workspace.
    written: &'r [(String, String)],
    /// The same by path in the folder.
    files: BTreeMap<PathBuf, (&'r str, &'r str)>,
}

/// Why an attempt failed.
enum Failed {
    /// The system does not support it.
    Unsupported,
    /// Another program changed the folder, which is as that program left it.
    Again,
    Refused(Problem),
}

impl From<io::Error> for Failed {
    fn from(_: io::Error) -> Self {
        // the fallback reports the error with the file
        Self::Unsupported
    }
}

/// Replaces `files` of the folder `name`. Calls `step` after each step, for tests.
pub(super) fn replace(
    workspace: &LockedWorkspace,
    name: &str,
    files: &[(String, String)],
    step: &mut dyn FnMut(Step),
) -> Result<Attempt, Problem> {
    let root = &workspace.root;
    let real = fs::canonicalize(root.join(name)).map_err(|error| write_error(name, &error))?;
    let mut within = BTreeMap::new();
    for (file, text) in files {
        let Ok(path) = Path::new(file).strip_prefix(name) else { return Ok(Attempt::Unsupported) };
        within.insert(path.to_owned(), (file.as_str(), text.as_str()));
    }
    let folder = Folder { workspace, name, real, written: files, files: within };
    for _ in 0..MOST_ATTEMPTS {
        match folder.attempt(step) {
            Ok(leftover) => return Ok(Attempt::Done(leftover)),
            Err(Failed::Unsupported) => return Ok(Attempt::Unsupported),
            Err(Failed::Refused(problem)) => return Err(problem),
            Err(Failed::Again) => {}
        }
    }
    Err(changed_meanwhile(name))
}

impl Folder<'_> {
    fn attempt(&self, step: &mut dyn FnMut(Step)) -> Result<Option<Problem>, Failed> {
        let before = listed(&self.real)?;
        self.require_regular_files(&before)?;
        step(Step::Listed);
        let parent = self.real.parent().ok_or_else(|| io::Error::from(io::ErrorKind::Unsupported))?;
        let staging = Staging::new(parent, Path::new(self.real.file_name().unwrap_or_default()), self.texts())?;
        let exchanged = self.fill(&before, &staging.staged()).and_then(|new| {
            step(Step::Staged);
            self.verify(&before, &new)?;
            step(Step::Verified);
            exchange(&staging.staged(), &self.real)?;
            step(Step::Exchanged);
            Ok(new)
        });
        match exchanged {
            Ok(_) if self.is_old(&before, &staging.staged()) => Ok(staging.remove()),
            Ok(new) => Err(self.undo(staging, &new, step)),
            Err(failed) => Err(staging.remove().map_or(failed, Failed::Refused)),
        }
    }

    /// Returns every text that the run writes or replaces.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let old = self.files.values().filter_map(|(name, _)| self.workspace.text_when_read(name).ok().flatten());
        self.files.values().map(|(_, text)| *text).chain(old)
    }

    /// Fails if the path of a file to write is not a regular file, or one of its folders is not a folder.
    fn require_regular_files(&self, before: &Entries) -> Result<(), Failed> {
        for (path, (name, _)) in &self.files {
            for part in path.ancestors().filter(|part| !part.as_os_str().is_empty()) {
                let found = before.get(part);
                let is_expected = match found {
                    Some(Entry::File(..)) => part == path,
                    Some(Entry::Folder) => part != path,
                    Some(_) => false,
                    None => true,
                };
                if !is_expected && let Ok(found) = fs::symlink_metadata(self.real.join(part)) {
                    let shown = Path::new(self.name).join(part).display().to_string();
                    return Err(Failed::Refused(not_a_file(&shown, name, found.file_type())));
                }
            }
        }
        Ok(())
    }

    /// Fills the staged folder, and returns its entries.
    fn fill(&self, before: &Entries, staged: &Path) -> Result<Entries, Failed> {
        fs::create_dir(staged)?;
        for (path, entry) in before.iter().filter(|(path, _)| !self.files.contains_key(*path)) {
            let (from, to) = (self.real.join(path), staged.join(path));
            match entry {
                Entry::Folder => fs::create_dir(&to)?,
                Entry::File(..) | Entry::Special(..) => fs::hard_link(&from, &to).map_err(again_if_gone)?,
                Entry::Link(target) => std::os::unix::fs::symlink(target, &to)?,
            }
        }
        for (path, (_, text)) in &self.files {
            let to = staged.join(path);
            fs::create_dir_all(to.parent().unwrap_or(staged))?;
            write_new(&to, text, &self.real.join(path))?;
        }
        let new = entries_of(staged)?;
        let folders = before.iter().filter(|(_, entry)| **entry == Entry::Folder).map(|(path, _)| path.as_path());
        for folder in folders.chain([Path::new("")]) {
            let mode = fs::metadata(self.real.join(folder)).map_err(again_if_gone)?.permissions();
            fs::set_permissions(staged.join(folder), mode)?;
        }
        Ok(new)
    }

    /// Checks that the staged folder matches the present one, and that the workspace has not changed since it was read.
    fn verify(&self, before: &Entries, new: &Entries) -> Result<(), Failed> {
        let stays = |entries: &Entries| -> Entries {
            let stays = |(path, _): &(&PathBuf, &Entry)| !self.files.keys().any(|file| file.starts_with(path));
            entries.iter().filter(stays).map(|(path, entry)| (path.clone(), entry.clone())).collect()
        };
        if stays(new) != stays(before) || listed(&self.real)? != *before {
            return Err(Failed::Again);
        }
        require_unchanged(self.workspace, self.written).map_err(Failed::Refused)
    }

    /// Returns whether the folder that was replaced is the listed one, with the texts that were read.
    fn is_old(&self, before: &Entries, staged: &Path) -> bool {
        entries_of(staged).is_ok_and(|found| found == *before)
            && self.files.iter().all(|(path, (name, _))| is_unchanged(self.workspace, name, &staged.join(path)))
    }

    /// Exchanges the folders back.
    fn undo(&self, staging: Staging, new: &Entries, step: &mut dyn FnMut(Step)) -> Failed {
        let staged = staging.staged();
        let kept = |staging: Staging| {
            let what = format!("{} was changed by another program during this run", self.name);
            Failed::Refused(staging.keep(&what))
        };
        if exchange(&staged, &self.real).is_err() {
            return kept(staging);
        }
        step(Step::Undone);
        let is_ours = entries_of(&staged).is_ok_and(|found| found == *new)
            && self
                .files
                .iter()
                .all(|(path, (_, text))| fs::read(staged.join(path)).is_ok_and(|bytes| bytes == text.as_bytes()));
        if is_ours { staging.remove().map_or(Failed::Again, Failed::Refused) } else { kept(staging) }
    }
}

fn listed(folder: &Path) -> Result<Entries, Failed> {
    entries_of(folder).map_err(again_if_gone)
}

/// Repeats the attempt when a listed entry no longer exists: another program has removed it.
fn again_if_gone(error: io::Error) -> Failed {
    if error.kind() == io::ErrorKind::NotFound { Failed::Again } else { error.into() }
}

#[cfg(test)]
mod tests;
