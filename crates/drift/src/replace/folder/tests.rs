//! Changes by another program at every step of a replacement.

use proptest::prelude::*;

use super::*;
use pages::{DOCUMENT, OVERLAY};

const OLD: &str = "old";
const NEW: &str = "new";
const PAGE: &str = "openapi/pages/a.md";
const NEW_PAGE: &str = "openapi/pages/b.md";
const NOTES: &str = "openapi/notes.txt";

/// How another program saves a file.
#[derive(Clone, Copy, Debug)]
enum Save {
    /// By renaming a new file over it, as most editors do.
    ByRename,
    /// By writing into the open file.
    InPlace,
    /// By renaming in the replaced folder, as an editor whose current folder that is.
    IntoOldFolder,
}

const SAVES: [Save; 3] = [Save::ByRename, Save::InPlace, Save::IntoOldFolder];
const STEPS: [Step; 5] = [Step::Listed, Step::Staged, Step::Verified, Step::Exchanged, Step::Undone];
const NAMES: [&str; 6] = [NOTES, DOCUMENT, PAGE, NEW_PAGE, OVERLAY, "openapi/pages/mine.md"];

fn workspace() -> (tempfile::TempDir, Vec<(String, String)>) {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(root.path().join("openapi/pages")).unwrap();
    for name in [DOCUMENT, OVERLAY, PAGE, NOTES] {
        fs::write(root.path().join(name), OLD).unwrap();
    }
    (root, [DOCUMENT, PAGE, NEW_PAGE].map(|name| (name.to_owned(), NEW.to_owned())).to_vec())
}

fn load(root: &Path) -> LockedWorkspace {
    LockedWorkspace::load(root, |text| panic!("{text}")).unwrap()
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

/// Replaces files while another program saves files at these steps; panics if a saved text is lost.
fn run(saves: &[(Step, usize, Save)]) -> Result<Attempt, Problem> {
    let (root, files) = workspace();
    let root = root.path();
    let workspace = load(root);
    let mut open = saves.to_vec();
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    let result = replace(&workspace, "openapi", &files, &mut |step| {
        while let Some(at) = open.iter().position(|(when, ..)| *when == step) {
            let (_, name, how) = open.remove(at);
            // unique texts
            let text = format!("{step:?} {how:?} {at} {}", open.len());
            // the old folder is in the staging folder after the exchange only
            if matches!(how, Save::IntoOldFolder) && step != Step::Exchanged {
                continue;
            }
            if save(root, NAMES[name], how, &text).is_some() {
                texts.insert(NAMES[name], text);
            }
        }
    });
    let kept = staging_folders(root);
    let reported = match &result {
        Ok(Attempt::Done(leftover)) => leftover.iter().collect(),
        Ok(Attempt::Unsupported) => panic!("this system exchanges folders"),
        Err(problem) => vec![problem],
    };
    for folder in &kept {
        let shown = folder.display().to_string();
        assert!(reported.iter().any(|one| one.file.as_ref() == Some(&shown)), "{shown} remains and is not reported");
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
fn a_save_at_any_step_is_kept() {
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
    fn several_saves_are_kept(
        saves in prop::collection::vec(
            (prop::sample::select(STEPS.to_vec()), 0..NAMES.len(), prop::sample::select(SAVES.to_vec())), 2..6)
    ) {
        let _ = run(&saves);
    }
}

#[test]
fn fails_if_a_file_to_write_was_saved_before() {
    for step in [Step::Listed, Step::Staged, Step::Verified] {
        for name in [DOCUMENT, PAGE, NEW_PAGE, OVERLAY] {
            let index = NAMES.iter().position(|other| *other == name).unwrap();
            if name == OVERLAY && step == Step::Verified {
                continue;
            }
            let error = run(&[(step, index, Save::ByRename)]).unwrap_err();
            assert!(error.what.contains("changed by another program"), "{step:?} {name}: {error}");
        }
    }
}

#[test]
fn succeeds_if_another_file_is_saved() {
    for step in STEPS {
        for how in SAVES {
            assert!(matches!(run(&[(step, 0, how)]), Ok(Attempt::Done(None))), "{step:?} {how:?}");
        }
    }
}

#[test]
fn reports_saves_into_both_folders() {
    let both = [(Step::Exchanged, 0, Save::IntoOldFolder), (Step::Exchanged, 0, Save::ByRename)];
    let error = run(&both).unwrap_err();
    assert!(error.fix.contains("compare"), "{error}");
}

#[test]
fn the_folder_is_old_or_new_after_every_step() {
    let (root, files) = workspace();
    let workspace = load(root.path());
    let mut seen = Vec::new();
    let done = replace(&workspace, "openapi", &files, &mut |step| {
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
fn keeps_other_files_and_the_modes_of_written_files() {
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
fn rejects_a_symbolic_link_on_the_path_of_a_file() {
    let (root, files) = workspace();
    let (pages, elsewhere) = (root.path().join("openapi/pages"), root.path().join("elsewhere"));
    fs::rename(&pages, &elsewhere).unwrap();
    std::os::unix::fs::symlink("../elsewhere", &pages).unwrap();
    let error = replace(&load(root.path()), "openapi", &files, &mut |_| {}).err().unwrap();
    assert_eq!(error.file.as_deref(), Some("openapi/pages"));
    assert!(error.what.contains("a symbolic link") && error.fix.contains("a folder"), "{error}");
    assert_eq!(fs::read_to_string(elsewhere.join("a.md")).unwrap(), OLD);
    assert!(staging_folders(root.path()).is_empty());
}

#[test]
fn keeps_a_folder_that_is_a_symbolic_link() {
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
