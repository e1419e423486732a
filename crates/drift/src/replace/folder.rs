//! Replaces files of one folder by one exchange of the folder with another one.
//!
//! The other folder holds hard links of all files that stay, so that they keep their owner, mode and times, and what an
//! editor writes into an open file is in both. An exchange that has met a change of somebody else is taken back.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use openapi::Problem;

use super::{
    as_read::{changed_meanwhile, is_as_read, not_a_file, refused, unchanged},
    exchange::{Attempt, exchange},
};
use crate::{
    exclusive::Exclusive,
    staging::{Entries, Entry, Staging, entries_of, write_new},
};

/// How often an exchange is tried while somebody else saves files in the folder.
const MOST_ATTEMPTS: usize = 5;

/// The moments at which something else may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Listed,
    Staged,
    Verified,
    Exchanged,
    TakenBack,
}

struct Folder<'r> {
    exclusive: &'r Exclusive,
    /// As people call it.
    name: &'r str,
    /// Where it really lies.
    real: PathBuf,
    /// Names in the workspace and new texts.
    written: &'r [(String, String)],
    /// The same by their path in the folder.
    files: BTreeMap<PathBuf, (&'r str, &'r str)>,
}

/// Why an attempt has ended.
enum Failed {
    /// The system does not do that.
    Unsupported,
    /// Somebody else changed the folder; it is as they left it.
    Again,
    Refused(Problem),
}

impl From<io::Error> for Failed {
    fn from(_: io::Error) -> Self {
        // the other way of writing names the file and the error
        Self::Unsupported
    }
}

/// Replaces `files`, which all lie in the folder `name`.
pub(super) fn replace(
    exclusive: &Exclusive,
    name: &str,
    files: &[(String, String)],
    step: &mut dyn FnMut(Step),
) -> Result<Attempt, Problem> {
    let root = &exclusive.root;
    let real = fs::canonicalize(root.join(name)).map_err(|error| refused(name, &error))?;
    let mut within = BTreeMap::new();
    for (file, text) in files {
        let Ok(path) = Path::new(file).strip_prefix(name) else { return Ok(Attempt::Unsupported) };
        within.insert(path.to_owned(), (file.as_str(), text.as_str()));
    }
    let folder = Folder { exclusive, name, real, written: files, files: within };
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
        self.refuse_other_than_files(&before)?;
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
            Ok(new) => Err(self.take_back(staging, &new, step)),
            Err(failed) => Err(staging.remove().map_or(failed, Failed::Refused)),
        }
    }

    /// Every text that a run writes or replaces.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let old = self.files.values().filter_map(|(name, _)| self.exclusive.as_read(name).ok().flatten());
        self.files.values().map(|(_, text)| *text).chain(old)
    }

    fn refuse_other_than_files(&self, before: &Entries) -> Result<(), Failed> {
        for (path, (name, _)) in &self.files {
            for place in path.ancestors().filter(|place| !place.as_os_str().is_empty()) {
                let found = before.get(place);
                let fits = match found {
                    Some(Entry::File(..)) => place == path,
                    Some(Entry::Folder) => place != path,
                    Some(_) => false,
                    None => true,
                };
                if !fits && let Ok(found) = fs::symlink_metadata(self.real.join(place)) {
                    let shown = Path::new(self.name).join(place).display().to_string();
                    return Err(Failed::Refused(not_a_file(&shown, name, found.file_type())));
                }
            }
        }
        Ok(())
    }

    /// Makes the folder as it will be, and lists it.
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

    /// Whether the new folder holds what the old one holds at this moment, and the run was planned on that.
    fn verify(&self, before: &Entries, new: &Entries) -> Result<(), Failed> {
        let stays = |entries: &Entries| -> Entries {
            let stays = |(path, _): &(&PathBuf, &Entry)| !self.files.keys().any(|file| file.starts_with(path));
            entries.iter().filter(stays).map(|(path, entry)| (path.clone(), entry.clone())).collect()
        };
        if stays(new) != stays(before) || listed(&self.real)? != *before {
            return Err(Failed::Again);
        }
        unchanged(self.exclusive, self.written).map_err(Failed::Refused)
    }

    /// Whether the folder that was exchanged is the one that was listed, with the texts that the run has read.
    fn is_old(&self, before: &Entries, staged: &Path) -> bool {
        entries_of(staged).is_ok_and(|found| found == *before)
            && self.files.iter().all(|(path, (name, _))| is_as_read(self.exclusive, name, &staged.join(path)))
    }

    fn take_back(&self, staging: Staging, new: &Entries, step: &mut dyn FnMut(Step)) -> Failed {
        let staged = staging.staged();
        let kept = |staging: Staging| {
            let what = format!("{} was changed by another program while it was written", self.name);
            Failed::Refused(staging.keep(&what))
        };
        if exchange(&staged, &self.real).is_err() {
            return kept(staging);
        }
        step(Step::TakenBack);
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

/// What was there a moment ago and is gone was changed by somebody else.
fn again_if_gone(error: io::Error) -> Failed {
    if error.kind() == io::ErrorKind::NotFound { Failed::Again } else { error.into() }
}

#[cfg(test)]
mod tests;
