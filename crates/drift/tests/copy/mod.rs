//! A copy of the workspace with the seed page only, in a temporary folder.

use std::{collections::BTreeMap, fs, path::PathBuf, sync::OnceLock};

use blynk_drift::{
    CLIENT, CommandLine, DOCS, LOCK, LockedWorkspace, Report, SURFACE, Status, UNREPRESENTED, WORKSPACE_LOCK,
    Workspace, check, display, import, regen,
};
use pages::{DOCUMENT, OVERLAY, TRANSCRIBED};

pub(crate) const PAGE: &str = "openapi/pages/oauth.md";
/// Other files and folders that the documentation names.
const OTHERS: &[&str] = &[
    ".github",
    ".ci",
    ".pre-commit-hooks.yaml",
    "crates",
    "docs",
    "examples",
    "build.rs",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "SECURITY.md",
];
const FILES: &[&str] = &[PAGE, DOCUMENT, TRANSCRIBED, OVERLAY, LOCK, UNREPRESENTED, CLIENT, SURFACE];

/// A workspace with the seed page only, so that tests do not depend on other imported pages.
pub(crate) struct Copy {
    pub(crate) folder: tempfile::TempDir,
}

impl Copy {
    pub(crate) fn new() -> Self {
        static SEED: OnceLock<Vec<(&str, Vec<u8>)>> = OnceLock::new();
        let seed = SEED.get_or_init(|| {
            let published = test_support::root().join(PAGE);
            let copy = Self { folder: tempfile::tempdir().unwrap() };
            copy.put(PAGE, &fs::read(published).unwrap());
            copy.put(TRANSCRIBED, include_bytes!("../seed/oauth2-token.json"));
            copy.put(OVERLAY, include_bytes!("../seed/overlay.yaml"));
            import(&copy.lock(), &[], false).unwrap();
            regen(&copy.lock()).unwrap();
            FILES.iter().map(|name| (*name, fs::read(copy.path(name)).unwrap())).collect()
        });
        let copy = Self { folder: tempfile::tempdir().unwrap() };
        seed.iter().for_each(|(name, bytes)| copy.put(name, bytes));
        let root = test_support::root();
        for name in DOCS {
            copy.put(name, &fs::read(root.join(name)).unwrap());
        }
        // the others only need to exist
        for name in OTHERS {
            copy.link(&root, name);
        }
        copy
    }

    /// Links a file or folder, except the documentation in it, which is copied.
    fn link(&self, root: &std::path::Path, name: &str) {
        if DOCS.iter().any(|doc| doc.starts_with(&format!("{name}/"))) {
            for entry in fs::read_dir(root.join(name)).unwrap() {
                self.link(root, &format!("{name}/{}", entry.unwrap().file_name().to_string_lossy()));
            }
        } else if !DOCS.contains(&name) {
            std::os::unix::fs::symlink(root.join(name), self.path(name)).unwrap();
        }
    }

    pub(crate) fn put(&self, name: &str, bytes: &[u8]) {
        let to = self.path(name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn edit(&self, name: &str, from: &str, to: &str) -> &Self {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(from), "{name} has no {from:?}");
        fs::write(self.path(name), text.replacen(from, to, 1)).unwrap();
        self
    }

    pub(crate) fn workspace(&self) -> Workspace {
        Workspace::load(self.folder.path()).unwrap().with_commands(commands())
    }

    pub(crate) fn lock(&self) -> LockedWorkspace {
        LockedWorkspace::load(self.folder.path(), |text| panic!("{text}")).unwrap()
    }

    pub(crate) fn check(&self) -> Report {
        check(&self.workspace())
    }

    pub(crate) fn report_text(&self) -> String {
        text(&self.check(), &self.workspace())
    }

    pub(crate) fn contents(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = test_support::files(self.folder.path());
        found.retain(|path, _| !path.ends_with(WORKSPACE_LOCK));
        found
    }
}

/// The commands that the documentation may name.
fn commands() -> Vec<CommandLine> {
    let verbs = [
        ("import", "prune dry-run format"),
        ("regen", "released format"),
        ("check", "document full format"),
        ("prove", "write format"),
        ("diff", "fail-on allow current root format"),
        ("generate", "document root out tag path operation strict check format"),
        ("mutate", "document root most time-limit format"),
        ("conform", "document root target-dir time-limit format"),
        ("reach", "corpus root compile clippy format"),
        ("ci", "format"),
    ];
    let command = |(verb, options): (&str, &str)| CommandLine {
        verb: verb.to_owned(),
        options: options.split(' ').map(str::to_owned).collect(),
    };
    verbs.map(command).into()
}

/// Returns a report as text without fresh checks.
pub(crate) fn text(report: &Report, workspace: &Workspace) -> String {
    let mut stale = report.clone();
    stale.checks.retain(|check| check.status != Status::Fresh);
    let mut text = anstream::StripStream::new(Vec::new());
    display(&stale, workspace, &mut text).unwrap();
    String::from_utf8(text.into_inner()).unwrap()
}
