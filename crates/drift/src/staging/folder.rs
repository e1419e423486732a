//! Staging folders, in which new files are prepared before they are exchanged with the old ones.

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

/// Prefix of the name of a staging folder.
const PREFIX: &str = ".xtask-";
/// Names of the journal and of the folder with the staged files, in the staging folder.
const JOURNAL: &str = "journal.json";
const STAGED: &str = "staged";
/// The most bytes that are read of a journal.
const LONGEST_JOURNAL: u64 = 16 << 20;

/// The record by which a later run deletes the staging folder of a killed run.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Journal {
    format_version: u32,
    /// The folder whose files may be hard links of the staged ones, relative to the parent of the staging folder.
    #[serde(rename = "place")]
    target: PathBuf,
    /// SHA-256 of every text that the run writes or replaces.
    sha256: BTreeSet<String>,
}

/// A staging folder in use: its run holds a lock of the operating system on the journal.
#[derive(Debug)]
pub(crate) struct Staging {
    folder: PathBuf,
    journal: Journal,
    _lock: File,
}

impl Staging {
    /// Creates a staging folder in `parent` for the folder `target`, and records the texts that it may hold.
    pub(crate) fn new<'t>(parent: &Path, target: &Path, texts: impl Iterator<Item = &'t str>) -> io::Result<Self> {
        // never deleted automatically: another program may save files in it
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(parent)?.keep();
        let journal = Journal { format_version: 1, target: target.to_owned(), sha256: texts.map(sha256).collect() };
        let lock = write_journal(&folder, &journal).inspect_err(|_| {
            let _ = fs::remove_file(folder.join(JOURNAL));
            let _ = fs::remove_dir(&folder);
        })?;
        Ok(Self { folder, journal, _lock: lock })
    }

    pub(crate) fn staged(&self) -> PathBuf {
        self.folder.join(STAGED)
    }

    /// Deletes the staging folder. Keeps and reports files that the run did not write and that exist nowhere else.
    pub(crate) fn remove(self) -> Option<Problem> {
        remove(&self.folder, &self.journal)
    }

    /// Keeps the staging folder, and returns a problem that reports it.
    pub(crate) fn keep(self, what: &str) -> Problem {
        // without its journal, no later run deletes it
        let _ = fs::remove_file(self.folder.join(JOURNAL));
        let fix = format!("compare {} with the workspace, keep what you need, then remove it", self.folder.display());
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

/// Writes a file with the mode of the file that it will replace.
pub(crate) fn write_new(path: &Path, text: &str, replaces: &Path) -> io::Result<()> {
    let mut file = File::options().create_new(true).write(true).open(path)?;
    file.write_all(text.as_bytes())?;
    if let Ok(old) = fs::symlink_metadata(replaces) {
        file.set_permissions(old.permissions())?;
    }
    file.sync_all()
}

/// Deletes the staging folders of killed runs in `parent`, and reports those with files that exist nowhere else.
pub(crate) fn remove_stale(parent: &Path) -> Vec<Problem> {
    let found = fs::read_dir(parent).into_iter().flatten().flatten();
    let staging_folders = found.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX));
    staging_folders
        .map(|entry| entry.path())
        .filter(|path| matches!(Entry::at(path), Ok(Entry::Folder)))
        .filter_map(|folder| remove_if_stale(&folder))
        .collect()
}

fn remove_if_stale(folder: &Path) -> Option<Problem> {
    let path = folder.join(JOURNAL);
    if !matches!(Entry::at(&path), Ok(Entry::File(..))) {
        // empty if the run was killed before it wrote anything
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
    // a truncated journal was written before anything else in its folder
    let journal = journal.unwrap_or(Journal { format_version: 1, target: PathBuf::new(), sha256: BTreeSet::new() });
    remove(folder, &journal)
}

/// Deletes files that are also in the target, and those in the journal. Keeps and reports other files.
fn remove(folder: &Path, journal: &Journal) -> Option<Problem> {
    let staged = folder.join(STAGED);
    let target = folder.parent().unwrap_or(Path::new("")).join(&journal.target);
    // deepest first
    for (path, entry) in entries_of(&staged).unwrap_or_default().iter().rev() {
        let at = staged.join(path);
        let is_elsewhere = || Entry::at(&target.join(path)).is_ok_and(|other| other == *entry);
        // files that cannot be deleted are reported below
        let _ = match entry {
            Entry::Folder => fs::remove_dir(&at),
            Entry::File(..) if is_elsewhere() || is_in_journal(&at, journal) => fs::remove_file(&at),
            Entry::Link(_) | Entry::Special(..) if is_elsewhere() => fs::remove_file(&at),
            _ => Ok(()),
        };
    }
    let _ = fs::remove_dir(&staged);
    if fs::symlink_metadata(&staged).is_err() {
        // the journal is deleted last
        let _ = fs::remove_file(folder.join(JOURNAL));
    }
    fs::remove_dir(folder).err().map(|_| leftover(folder))
}

fn is_in_journal(path: &Path, journal: &Journal) -> bool {
    fs::read_to_string(path).is_ok_and(|text| journal.sha256.contains(&sha256(&text)))
}

fn leftover(folder: &Path) -> Problem {
    let what = format!("{} has files of an interrupted run that exist nowhere else", folder.display());
    let fix = "compare them with the workspace, keep what you need, then remove the folder";
    Problem::new(what, fix).in_file(folder.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder `target` with one file, and a staging folder with a hard link to it and two texts of the run.
    fn staged() -> (tempfile::TempDir, Staging) {
        let parent = tempfile::tempdir().unwrap();
        fs::create_dir_all(parent.path().join("target/inner")).unwrap();
        fs::write(parent.path().join("target/inner/notes"), "notes").unwrap();
        let staging = Staging::new(parent.path(), Path::new("target"), ["old", "new"].into_iter()).unwrap();
        fs::create_dir_all(staging.staged().join("inner")).unwrap();
        fs::hard_link(parent.path().join("target/inner/notes"), staging.staged().join("inner/notes")).unwrap();
        fs::write(staging.staged().join("a"), "old").unwrap();
        fs::write(staging.staged().join("b"), "new").unwrap();
        (parent, staging)
    }

    fn staging_folders(parent: &Path) -> usize {
        fs::read_dir(parent).unwrap().count() - 1
    }

    #[test]
    fn deletes_the_staging_folder_of_a_killed_run_and_not_one_in_use() {
        let (parent, staging) = staged();
        assert_eq!((remove_stale(parent.path()), staging_folders(parent.path())), (vec![], 1));
        drop(staging);
        assert_eq!((remove_stale(parent.path()), staging_folders(parent.path())), (vec![], 0));
        assert_eq!(fs::read_to_string(parent.path().join("target/inner/notes")).unwrap(), "notes");
    }

    #[test]
    fn keeps_and_reports_staged_files_that_exist_nowhere_else() {
        let cases: [fn(&Path, &Path); 5] = [
            |_, staged| fs::write(staged.join("mine"), "mine").unwrap(),
            |_, staged| fs::write(staged.join("b"), "mine").unwrap(),
            |_, staged| std::os::unix::fs::symlink("nowhere", staged.join("link")).unwrap(),
            // the hard link is the only one left
            |target, _| fs::remove_file(target.join("inner/notes")).unwrap(),
            // a folder without a journal may belong to another program
            |_, staged| fs::remove_file(staged.with_file_name(JOURNAL)).unwrap(),
        ];
        for (index, change) in cases.into_iter().enumerate() {
            let (parent, staging) = staged();
            change(&parent.path().join("target"), &staging.staged());
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
    fn deletes_the_staging_folder_of_a_run_killed_before_staging() {
        for cut_off in [None, Some(""), Some("{\"format_version\":")] {
            let parent = tempfile::tempdir().unwrap();
            let folder = parent.path().join(format!("{PREFIX}a"));
            fs::create_dir_all(&folder).unwrap();
            cut_off.inspect(|text| fs::write(folder.join(JOURNAL), text).unwrap());
            assert_eq!((remove_stale(parent.path()), folder.exists()), (vec![], false), "{cut_off:?}");
        }
    }
}
