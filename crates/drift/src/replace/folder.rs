//! Replaces files of one folder by one exchange of the folder with another one.
//!
//! The other folder holds hard links of all files that stay, so that they keep their owner, mode and times, and what an
//! editor writes into an open file is in both. An exchange that has met a change of somebody else is taken back.

use std::{
    collections::BTreeMap,
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use openapi::Problem;

use super::{
    Attempt, changed_meanwhile,
    entries::{Entries, Entry, entries_of},
    exchange::exchange,
    is_as_read, not_a_file, refused,
    staging::Staging,
    unchanged,
};
use crate::exclusive::Exclusive;

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

/// Writes a file with the mode of the one that it will replace.
pub(super) fn write_new(path: &Path, text: &str, replaces: &Path) -> io::Result<()> {
    let mut file = fs::File::options().create_new(true).write(true).open(path)?;
    file.write_all(text.as_bytes())?;
    if let Ok(old) = fs::symlink_metadata(replaces) {
        file.set_permissions(old.permissions())?;
    }
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use pages::{DOCUMENT, OVERLAY};

    const OLD: &str = "old";
    const NEW: &str = "new";
    const PAGE: &str = "openapi/pages/a.md";
    const NEW_PAGE: &str = "openapi/pages/b.md";
    const NOTES: &str = "openapi/notes.txt";

    /// What somebody else does to a file while a run writes.
    #[derive(Clone, Copy, Debug)]
    enum Save {
        /// A new file takes the name, as most editors do it.
        ByRename,
        /// The open file is written into.
        InPlace,
        /// Like an editor whose current folder is the one that was exchanged.
        IntoOldFolder,
    }

    const SAVES: [Save; 3] = [Save::ByRename, Save::InPlace, Save::IntoOldFolder];
    const STEPS: [Step; 5] = [Step::Listed, Step::Staged, Step::Verified, Step::Exchanged, Step::TakenBack];
    const NAMES: [&str; 6] = [NOTES, DOCUMENT, PAGE, NEW_PAGE, OVERLAY, "openapi/pages/mine.md"];

    fn workspace() -> (tempfile::TempDir, Vec<(String, String)>) {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("openapi/pages")).unwrap();
        for name in [DOCUMENT, OVERLAY, PAGE, NOTES] {
            fs::write(root.path().join(name), OLD).unwrap();
        }
        (root, [DOCUMENT, PAGE, NEW_PAGE].map(|name| (name.to_owned(), NEW.to_owned())).to_vec())
    }

    fn load(root: &Path) -> Exclusive {
        Exclusive::load(root, |text| panic!("{text}")).unwrap()
    }

    fn staging_folders(root: &Path) -> Vec<PathBuf> {
        let paths = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
        paths.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(".xtask-")).collect()
    }

    fn save(root: &Path, name: &str, how: Save, text: &str) -> Option<()> {
        let path = match how {
            Save::IntoOldFolder => staging_folders(root).first()?.join("staged").join(name.strip_prefix("openapi/")?),
            _ => root.join(name),
        };
        if matches!(how, Save::InPlace) {
            return fs::write(path, text).ok();
        }
        let new = root.join("saved");
        fs::write(&new, text).ok()?;
        fs::rename(new, path).ok()
    }

    /// Runs with somebody saving files at these moments of the first attempts; panics if a text is lost.
    fn run(saves: &[(Step, usize, Save)]) -> Result<Attempt, Problem> {
        let (root, files) = workspace();
        let root = root.path();
        let exclusive = load(root);
        let mut open = saves.to_vec();
        let mut texts: BTreeMap<&str, String> = BTreeMap::new();
        let result = replace(&exclusive, "openapi", &files, &mut |step| {
            while let Some(at) = open.iter().position(|(when, ..)| *when == step) {
                let (_, name, how) = open.remove(at);
                // texts that nobody else writes
                let text = format!("{step:?} {how:?} {at} {}", open.len());
                // into the folder that is there until the exchange, or was there
                if matches!(how, Save::IntoOldFolder) && step != Step::Exchanged {
                    continue;
                }
                if save(root, NAMES[name], how, &text).is_some() {
                    texts.insert(NAMES[name], text);
                }
            }
        });
        let kept = staging_folders(root);
        let told = match &result {
            Ok(Attempt::Done(leftover)) => leftover.iter().collect(),
            Ok(Attempt::Unsupported) => panic!("this system exchanges folders"),
            Err(problem) => vec![problem],
        };
        for folder in &kept {
            let shown = folder.display().to_string();
            assert!(told.iter().any(|one| one.file.as_ref() == Some(&shown)), "{shown} is left without a word");
        }
        let found = |name: &str| -> Vec<String> {
            let inner = Path::new(name).strip_prefix("openapi").unwrap();
            let places = kept.iter().map(|folder| folder.join("staged").join(inner)).chain([root.join(name)]);
            places.filter_map(|path| fs::read_to_string(path).ok()).collect()
        };
        for (name, text) in &texts {
            assert!(found(name).contains(text), "{name} is lost: {text}, {result:?}");
        }
        for name in [DOCUMENT, PAGE, NEW_PAGE] {
            let now = fs::read_to_string(root.join(name)).ok();
            let expected = if result.is_ok() { Some(NEW) } else { Some(OLD).filter(|_| name != NEW_PAGE) };
            assert!(texts.contains_key(name) || now.as_deref() == expected, "{name}: {now:?}, {result:?}");
        }
        result
    }

    #[test]
    fn nobody_elses_save_at_any_moment_is_lost() {
        for step in STEPS {
            for name in 0..NAMES.len() {
                for how in SAVES {
                    let _ = run(&[(step, name, how)]);
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn nobody_elses_saves_are_lost_when_there_are_several(
            saves in prop::collection::vec(
                (prop::sample::select(STEPS.to_vec()), 0..NAMES.len(), prop::sample::select(SAVES.to_vec())), 2..6)
        ) {
            let _ = run(&saves);
        }
    }

    #[test]
    fn a_file_that_is_written_is_refused_when_somebody_else_saves_it_first() {
        for step in [Step::Listed, Step::Staged, Step::Verified] {
            for name in [DOCUMENT, PAGE, NEW_PAGE, OVERLAY] {
                let index = NAMES.iter().position(|other| *other == name).unwrap();
                if name == OVERLAY && step == Step::Verified {
                    continue;
                }
                let refused = run(&[(step, index, Save::ByRename)]).unwrap_err();
                assert!(refused.what.contains("changed by another program"), "{step:?} {name}: {refused}");
            }
        }
    }

    #[test]
    fn other_files_may_be_saved_meanwhile() {
        for step in STEPS {
            for how in SAVES {
                assert!(matches!(run(&[(step, 0, how)]), Ok(Attempt::Done(None))), "{step:?} {how:?}");
            }
        }
    }

    #[test]
    fn what_is_saved_into_both_folders_is_kept_and_told() {
        let both = [(Step::Exchanged, 0, Save::IntoOldFolder), (Step::Exchanged, 0, Save::ByRename)];
        let refused = run(&both).unwrap_err();
        assert!(refused.fix.contains("compare"), "{refused}");
    }

    #[test]
    fn the_folder_is_old_or_new_after_every_step_and_nothing_stays_beside_it() {
        let (root, files) = workspace();
        let exclusive = load(root.path());
        let mut seen = Vec::new();
        let done = replace(&exclusive, "openapi", &files, &mut |step| {
            let now = |name: &str| fs::read_to_string(root.path().join(name)).unwrap_or_default();
            let is_new = [DOCUMENT, PAGE, NEW_PAGE].map(|name| now(name) == NEW);
            assert!(is_new == [step == Step::Exchanged; 3], "{step:?}: {is_new:?}");
            seen.push(step);
        });
        assert!(matches!(done, Ok(Attempt::Done(None))));
        assert_eq!(seen, [Step::Listed, Step::Staged, Step::Verified, Step::Exchanged]);
        assert!(staging_folders(root.path()).is_empty());
    }

    #[test]
    fn other_files_stay_the_same_files_and_written_ones_keep_their_mode() {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
        let (root, files) = workspace();
        let at = |name: &str| root.path().join(name);
        for (name, mode) in [(NOTES, 0o604), (DOCUMENT, 0o640)] {
            fs::set_permissions(at(name), fs::Permissions::from_mode(mode)).unwrap();
        }
        fs::set_permissions(at("openapi/pages"), fs::Permissions::from_mode(0o750)).unwrap();
        symlink("nowhere", at("openapi/dangling")).unwrap();
        symlink("..", at("openapi/around")).unwrap();
        symlink("notes.txt", at("openapi/link")).unwrap();
        let pipe = at("openapi/pages/pipe.md");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let before = fs::metadata(at(NOTES)).unwrap();
        let done = replace(&load(root.path()), "openapi", &files, &mut |_| {});
        assert!(matches!(done, Ok(Attempt::Done(None))));
        let after = fs::metadata(at(NOTES)).unwrap();
        assert_eq!((before.ino(), before.mode(), before.mtime()), (after.ino(), after.mode(), after.mtime()));
        assert_eq!(fs::metadata(at(DOCUMENT)).unwrap().mode() & 0o777, 0o640);
        assert_eq!(fs::metadata(at("openapi/pages")).unwrap().mode() & 0o777, 0o750);
        for (name, target) in [("dangling", "nowhere"), ("around", ".."), ("link", "notes.txt")] {
            assert_eq!(fs::read_link(at("openapi").join(name)).unwrap(), Path::new(target));
        }
        assert!(matches!(Entry::at(&pipe), Ok(Entry::Special(..))));
    }

    #[test]
    fn a_link_where_a_file_is_written_is_refused_at_its_place() {
        let (root, files) = workspace();
        let (pages, elsewhere) = (root.path().join("openapi/pages"), root.path().join("elsewhere"));
        fs::rename(&pages, &elsewhere).unwrap();
        std::os::unix::fs::symlink("../elsewhere", &pages).unwrap();
        let refused = replace(&load(root.path()), "openapi", &files, &mut |_| {}).err().unwrap();
        assert_eq!(refused.file.as_deref(), Some("openapi/pages"));
        assert!(refused.what.contains("a symbolic link") && refused.fix.contains("a folder"), "{refused}");
        assert_eq!(fs::read_to_string(elsewhere.join("a.md")).unwrap(), OLD);
        assert!(staging_folders(root.path()).is_empty());
    }

    #[test]
    fn a_folder_that_is_a_link_stays_one() {
        let (root, files) = workspace();
        let real = root.path().join("real");
        fs::create_dir(&real).unwrap();
        fs::rename(root.path().join("openapi"), real.join("api")).unwrap();
        std::os::unix::fs::symlink("real/api", root.path().join("openapi")).unwrap();
        let done = replace(&load(root.path()), "openapi", &files, &mut |_| {});
        assert!(matches!(done, Ok(Attempt::Done(None))));
        assert_eq!(fs::read_link(root.path().join("openapi")).unwrap(), Path::new("real/api"));
        assert_eq!(fs::read_to_string(real.join("api/pages/b.md")).unwrap(), NEW);
        assert!(staging_folders(&real).is_empty());
    }
}
