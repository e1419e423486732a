//! Runs every shell block of the README and of the guides, in a copy of this workspace.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::{
    collections::BTreeSet,
    env,
    ffi::OsString,
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::{Path, PathBuf},
    process::Command,
};

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

const README: &str = "README.md";
const GUIDES: [&str; 5] =
    ["docs/errors.md", "docs/new-page.md", "docs/own-document.md", "docs/testing.md", "docs/verification.md"];
/// Written from tables and compared with them by tests of their own; they have no commands to run.
const REFERENCES: [&str; 2] = ["docs/diff.md", "docs/limits.md"];

/// Lines that are steps of `cargo xtask ci` themselves.
const STEPS: [&str; 3] = ["cargo test --workspace", "cargo xtask prove", "cargo xtask prove --write"];

/// The longest time of one block, in seconds.
const TIME_LIMIT: &str = "900";

/// A copy of the files that git tracks, as a repository of its own with one commit.
struct Copy {
    root: PathBuf,
}

impl Copy {
    /// The path is the same in every run, and modification times are kept, so that only changes are compiled again. It
    /// is outside of this workspace, because cargo would add the projects of the guides to its members.
    fn new() -> Self {
        let mut hasher = DefaultHasher::new();
        test_support::root().hash(&mut hasher);
        let guides = env::temp_dir().join(format!("blynk-guides-{:016x}", hasher.finish()));
        let copy = Self { root: guides.join("blynk-platform") };
        fs::create_dir_all(&copy.root).unwrap();
        for entry in fs::read_dir(&guides).unwrap().map(|entry| entry.unwrap().path()) {
            if entry != copy.root && entry.is_dir() {
                fs::remove_dir_all(entry).unwrap();
            }
        }
        let tracked: BTreeSet<PathBuf> = tracked(&test_support::root());
        let git = copy.root.join(".git");
        if git.exists() {
            fs::remove_dir_all(&git).unwrap();
        }
        for stale in test_support::files(&copy.root).into_keys().filter(|path| !tracked.contains(path)) {
            fs::remove_file(copy.root.join(stale)).unwrap();
        }
        // without its files, the output of an earlier run would be folders that nobody wrote
        let output = copy.root.join("target");
        if output.exists() {
            fs::remove_dir_all(output).unwrap();
        }
        for path in &tracked {
            copy_changed(&test_support::root().join(path), &copy.root.join(path));
        }
        copy.run("git init --quiet && git add --all && git commit --quiet --message 'the committed state'");
        copy
    }

    /// Runs a script with bash in this copy. The first command that fails ends it.
    fn run(&self, script: &str) -> String {
        let mut command = Command::new("timeout");
        command.args([TIME_LIMIT, "bash", "-euo", "pipefail", "-c", script]).current_dir(&self.root);
        let home = self.root.parent().unwrap().join("home");
        fs::create_dir_all(&home).unwrap();
        // the caches of cargo and rustup are beside the home that people's data goes to
        for (variable, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
            let default = || env::var_os("HOME").map(|home| Path::new(&home).join(folder).into_os_string());
            command.envs(env::var_os(variable).or_else(default).map(|path| (variable, path)));
        }
        let target = test_support::root().join("target");
        let installed = home.join("installed");
        let mut path = OsString::from(installed.join("bin"));
        path.push(":");
        path.push(env::var_os("PATH").unwrap_or_default());
        command.envs([("HOME", &home), ("CARGO_TARGET_DIR", &target), ("CARGO_INSTALL_ROOT", &installed)]);
        command.env("PATH", path).env_remove("XDG_DATA_HOME").env_remove("SLOW_TESTS").env("NO_COLOR", "1");
        for (variable, value) in [("NAME", "Guide"), ("EMAIL", "guide@example.com")] {
            command.env(format!("GIT_AUTHOR_{variable}"), value).env(format!("GIT_COMMITTER_{variable}"), value);
        }
        for variable in ["BLYNK_SERVER", "BLYNK_TOKEN", "BLYNK_CLIENT_ID", "BLYNK_CLIENT_SECRET"] {
            command.env_remove(variable);
        }
        // of the package that this test belongs to
        for (variable, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CARGO_PKG_")) {
            command.env_remove(variable);
        }
        command.env_remove("CARGO_MANIFEST_DIR");
        let output = command.output().unwrap();
        let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        assert!(output.status.success(), "{:?}:\n{script}\n{text}", output.status);
        text
    }
}

fn tracked(root: &Path) -> BTreeSet<PathBuf> {
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(root).output().unwrap();
    assert!(listed.status.success(), "{listed:?}");
    let names = String::from_utf8(listed.stdout).unwrap();
    names
        .split('\0')
        .filter(|name| !name.is_empty())
        .map(PathBuf::from)
        .filter(|path| root.join(path).exists())
        .collect()
}

fn copy_changed(from: &Path, to: &Path) {
    let bytes = fs::read(from).unwrap();
    let modified = from.metadata().unwrap().modified().unwrap();
    let is_current = to.metadata().and_then(|to| to.modified()).is_ok_and(|time| time == modified);
    if is_current && fs::read(to).is_ok_and(|old| old == bytes) {
        return;
    }
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::copy(from, to).unwrap();
    fs::File::options().write(true).open(to).unwrap().set_modified(modified).unwrap();
}

fn read(name: &str) -> String {
    fs::read_to_string(test_support::root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Returns the shell blocks of a Markdown file, in order.
fn blocks(markdown: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut block = None;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language == "sh" => {
                block = Some(String::new());
            }
            Event::Text(text) => block.iter_mut().for_each(|block| block.push_str(&text)),
            Event::End(TagEnd::CodeBlock) => blocks.extend(block.take()),
            _ => {}
        }
    }
    blocks
}

/// Leaves out the steps of CI, and compiles an installed program as this workspace's tests do.
fn as_run_here(block: &str) -> String {
    let lines = block.lines().filter(|line| !STEPS.contains(line));
    lines.map(|line| line.replace("cargo install --path", "cargo install --debug --path") + "\n").collect()
}

#[test]
fn every_block_of_the_readme_and_the_guides_runs() {
    if test_support::skips("compiles what the guides make") {
        return;
    }
    let copy = Copy::new();
    for name in std::iter::once(README).chain(GUIDES) {
        copy.run("git checkout --quiet -f $(git rev-list --max-parents=0 HEAD) && git clean --quiet -fd");
        for block in blocks(&read(name)) {
            copy.run(&as_run_here(&block));
        }
    }
}

#[test]
fn every_document_is_run_or_written_from_tables() {
    let folder = fs::read_dir(test_support::root().join("docs")).unwrap();
    let names = folder.map(|entry| format!("docs/{}", entry.unwrap().file_name().to_string_lossy()));
    let found: BTreeSet<String> = names.filter(|name| name.ends_with(".md")).collect();
    assert_eq!(found, GUIDES.iter().chain(&REFERENCES).map(|name| (*name).to_owned()).collect());
    for name in GUIDES {
        assert!(!blocks(&read(name)).is_empty(), "{name} has no command");
    }
    for name in REFERENCES {
        assert!(blocks(&read(name)).is_empty(), "{name} has commands that are not run");
    }
}

/// Relative links do not resolve on the package's page.
#[test]
fn the_readme_is_short_and_has_absolute_links_only() {
    let readme = read(README);
    let before: &str = readme.split("## Read on").next().unwrap();
    assert!(before.lines().count() <= 120, "{} lines before \"Read on\"", before.lines().count());
    for event in Parser::new(&readme) {
        if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event {
            assert!(dest_url.starts_with("https://"), "{dest_url}");
        }
    }
}
