//! Staging folders: where new files are prepared and where old ones lie for a moment.

use std::{
    collections::BTreeSet,
    fs::{self, File, TryLockError},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use openapi::Problem;
use serde::{Deserialize, Serialize};

use super::entries::{Entry, entries_of};
use crate::lock::sha256;

/// What the name of a staging folder begins with.
const PREFIX: &str = ".xtask-";
/// The journal's name in the staging folder. What is staged lies beside it, in `STAGED`.
const JOURNAL: &str = "journal.json";
const STAGED: &str = "staged";
/// Longer than any journal; a longer file is none of ours.
const LONGEST_JOURNAL: u64 = 16 << 20;

/// What a later run needs to know to delete a staging folder whose run was killed.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Journal {
    format_version: u32,
    /// Where files of the same paths lie that are hard links of the staged ones, relative to the staging folder's own.
    place: PathBuf,
    /// SHA-256 of every text that the run writes or replaces.
    sha256: BTreeSet<String>,
}

/// A staging folder that is in use: its run holds an OS lock on the journal.
#[derive(Debug)]
pub(crate) struct Staging {
    folder: PathBuf,
    journal: Journal,
    _lock: File,
}

impl Staging {
    /// Makes a staging folder in `parent` for what is to lie at `place`, and writes down which texts it may hold.
    pub(crate) fn new<'t>(parent: &Path, place: &Path, texts: impl Iterator<Item = &'t str>) -> io::Result<Self> {
        // kept at once: what lies in it later may be somebody else's
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(parent)?.keep();
        let journal = Journal { format_version: 1, place: place.to_owned(), sha256: texts.map(sha256).collect() };
        let lock = write_journal(&folder, &journal).inspect_err(|_| {
            let _ = fs::remove_file(folder.join(JOURNAL));
            let _ = fs::remove_dir(&folder);
        })?;
        Ok(Self { folder, journal, _lock: lock })
    }

    pub(crate) fn staged(&self) -> PathBuf {
        self.folder.join(STAGED)
    }

    /// Deletes the staging folder, but for what is neither ours nor anywhere else.
    pub(crate) fn remove(self) -> Option<Problem> {
        remove(&self.folder, &self.journal)
    }

    /// Leaves the staging folder to the user, and says so.
    pub(crate) fn keep(self, what: &str) -> Problem {
        // without its journal no later run deletes anything in it
        let _ = fs::remove_file(self.folder.join(JOURNAL));
        let fix = format!("compare {} with the workspace, keep what you need, and remove it", self.folder.display());
        Problem::new(what, fix).in_file(self.folder.display().to_string())
    }
}

fn write_journal(folder: &Path, journal: &Journal) -> io::Result<File> {
    let mut file = File::options().create_new(true).write(true).open(folder.join(JOURNAL))?;
    file.try_lock()?;
    file.write_all(&serde_json::to_vec(journal)?)?;
    file.sync_all()?;
    Ok(file)
}

/// Writes a file with the mode of the one that it will replace.
pub(crate) fn write_new(path: &Path, text: &str, replaces: &Path) -> io::Result<()> {
    let mut file = File::options().create_new(true).write(true).open(path)?;
    file.write_all(text.as_bytes())?;
    if let Ok(old) = fs::symlink_metadata(replaces) {
        file.set_permissions(old.permissions())?;
    }
    file.sync_all()
}

/// Deletes the staging folders in `parent` whose runs were killed, and reports those with files that are nowhere else.
pub(crate) fn remove_stale(parent: &Path) -> Vec<Problem> {
    let found = fs::read_dir(parent).into_iter().flatten().flatten();
    let ours = found.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX));
    ours.map(|entry| entry.path())
        .filter(|path| matches!(Entry::at(path), Ok(Entry::Folder)))
        .filter_map(|folder| remove_if_stale(&folder))
        .collect()
}

fn remove_if_stale(folder: &Path) -> Option<Problem> {
    let path = folder.join(JOURNAL);
    if !matches!(Entry::at(&path), Ok(Entry::File(..))) {
        // of a run that was killed before it wrote anything, if it is empty
        return fs::remove_dir(folder).err().map(|_| leftover(folder));
    }
    let file = File::options().read(true).write(true).open(&path).ok()?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return None,
        Err(TryLockError::Error(_)) => return Some(leftover(folder)),
    }
    let mut text = String::new();
    let read = (&file).take(LONGEST_JOURNAL).read_to_string(&mut text);
    let journal = read.ok().and_then(|_| serde_json::from_str::<Journal>(&text).ok());
    // a journal that was cut off is older than everything else in its folder
    let journal = journal.unwrap_or(Journal { format_version: 1, place: PathBuf::new(), sha256: BTreeSet::new() });
    remove(folder, &journal)
}

/// Deletes files that are also in their place, and those that the journal lists. Other files are kept and reported.
fn remove(folder: &Path, journal: &Journal) -> Option<Problem> {
    let staged = folder.join(STAGED);
    let place = folder.parent().unwrap_or(Path::new("")).join(&journal.place);
    // deepest first
    for (path, entry) in entries_of(&staged).unwrap_or_default().iter().rev() {
        let at = staged.join(path);
        let is_elsewhere = || Entry::at(&place.join(path)).is_ok_and(|other| other == *entry);
        // a failure leaves files in the folder, which are reported below
        let _ = match entry {
            Entry::Folder => fs::remove_dir(&at),
            Entry::File(..) if is_elsewhere() || is_journalled(&at, journal) => fs::remove_file(&at),
            Entry::Link(_) | Entry::Special(..) if is_elsewhere() => fs::remove_file(&at),
            _ => Ok(()),
        };
    }
    let _ = fs::remove_dir(&staged);
    if fs::symlink_metadata(&staged).is_err() {
        // the journal goes last
        let _ = fs::remove_file(folder.join(JOURNAL));
    }
    fs::remove_dir(folder).err().map(|_| leftover(folder))
}

fn is_journalled(path: &Path, journal: &Journal) -> bool {
    fs::read_to_string(path).is_ok_and(|text| journal.sha256.contains(&sha256(&text)))
}

fn leftover(folder: &Path) -> Problem {
    let what = "holds files of an interrupted run that are nowhere else";
    let fix = "compare them with the workspace, keep what you need, and remove the folder";
    Problem::new(what, fix).in_file(folder.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder `place` with one file, and a staging folder that holds a hard link of it and two texts of the run.
    fn staged() -> (tempfile::TempDir, Staging) {
        let parent = tempfile::tempdir().unwrap();
        fs::create_dir_all(parent.path().join("place/inner")).unwrap();
        fs::write(parent.path().join("place/inner/notes"), "notes").unwrap();
        let staging = Staging::new(parent.path(), Path::new("place"), ["old", "new"].into_iter()).unwrap();
        fs::create_dir_all(staging.staged().join("inner")).unwrap();
        fs::hard_link(parent.path().join("place/inner/notes"), staging.staged().join("inner/notes")).unwrap();
        fs::write(staging.staged().join("a"), "old").unwrap();
        fs::write(staging.staged().join("b"), "new").unwrap();
        (parent, staging)
    }

    fn left(parent: &Path) -> usize {
        fs::read_dir(parent).unwrap().count() - 1
    }

    #[test]
    fn a_killed_runs_staging_folder_is_deleted_and_one_in_use_is_not() {
        let (parent, staging) = staged();
        assert_eq!((remove_stale(parent.path()), left(parent.path())), (vec![], 1));
        drop(staging);
        assert_eq!((remove_stale(parent.path()), left(parent.path())), (vec![], 0));
        assert_eq!(fs::read_to_string(parent.path().join("place/inner/notes")).unwrap(), "notes");
    }

    #[test]
    fn what_a_killed_run_has_staged_and_is_nowhere_else_is_kept_and_told() {
        let cases: [fn(&Path, &Path); 5] = [
            |_, staged| fs::write(staged.join("mine"), "mine").unwrap(),
            |_, staged| fs::write(staged.join("b"), "mine").unwrap(),
            |_, staged| std::os::unix::fs::symlink("nowhere", staged.join("link")).unwrap(),
            // the hard link is the last one
            |place, _| fs::remove_file(place.join("inner/notes")).unwrap(),
            // without its journal the folder may be anybody's
            |_, staged| fs::remove_file(staged.with_file_name(JOURNAL)).unwrap(),
        ];
        for (index, change) in cases.into_iter().enumerate() {
            let (parent, staging) = staged();
            change(&parent.path().join("place"), &staging.staged());
            let kept = staging.staged();
            drop(staging);
            for _ in 0..2 {
                let reported = remove_stale(parent.path());
                assert!(reported.len() == 1 && reported[0].what.contains("nowhere else"), "{index}: {reported:?}");
            }
            assert!(entries_of(&kept).unwrap().values().any(|entry| *entry != Entry::Folder), "{index}");
        }
    }

    #[test]
    fn a_run_that_was_killed_before_it_staged_anything_leaves_nothing() {
        for cut_off in [None, Some(""), Some("{\"format_version\":")] {
            let parent = tempfile::tempdir().unwrap();
            let folder = parent.path().join(format!("{PREFIX}a"));
            fs::create_dir_all(&folder).unwrap();
            cut_off.inspect(|text| fs::write(folder.join(JOURNAL), text).unwrap());
            assert_eq!((remove_stale(parent.path()), folder.exists()), (vec![], false), "{cut_off:?}");
        }
    }
}
