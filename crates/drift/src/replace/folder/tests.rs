//! Saves of somebody else at every moment of a replacement.

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
