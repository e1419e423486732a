//! The modules of every crate have no cyclic dependencies, and files and lines are not too long.
//!
//! A module is a file. A `use` or a path of an item is a dependency on the file that defines the item, also through a
//! re-export. Declaring or re-exporting a module is not a dependency, and tests are ignored.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod graph;
mod source;

use std::{fs, path::PathBuf};

use graph::Graph;
use test_support::root;

/// The most lines of a file that is not a table.
const LONGEST: usize = 400;

/// Files that are tables of rows.
const TABLES: [&str; 1] = ["crates/openapi-diff/src/change_kind.rs"];

/// Returns the root files of every crate.
fn crates() -> Vec<PathBuf> {
    let root = root();
    let members = fs::read_dir(root.join("crates")).unwrap().map(|entry| entry.unwrap().path());
    let sources = members.chain([root.clone(), root.join("xtask")]).map(|member| member.join("src"));
    let roots = sources.flat_map(|source| [source.join("lib.rs"), source.join("main.rs")]);
    let mut found: Vec<_> = roots.filter(|path| path.is_file()).collect();
    found.sort();
    found
}

#[test]
fn modules_have_no_cyclic_dependencies() {
    let mut cycles = Vec::new();
    for path in crates() {
        let graph = Graph::of(&path);
        assert!(graph.files() > 0, "{}", path.display());
        let shown = path.strip_prefix(root()).unwrap().display().to_string();
        cycles.extend(graph.cycles().into_iter().map(|cycle| format!("{shown}: {}", cycle.join(" → "))));
    }
    assert!(cycles.is_empty(), "modules in cycles:\n{}", cycles.join("\n"));
}

#[test]
fn finds_cycles_through_relative_paths_and_re_exports() {
    let graph = |files: &[(&str, &str)]| {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Graph::of(&folder.path().join("lib.rs")).cycles()
    };
    let lib = ("lib.rs", "mod a; mod b; pub use b::B;");
    let cycle = vec![vec!["a".to_owned(), "b".to_owned()]];
    let b = ("b.rs", "pub struct B; fn f() { super::a::g(); }");
    assert_eq!(graph(&[lib, ("a.rs", "use crate::B; pub fn g() {}"), b]), cycle);
    assert_eq!(graph(&[lib, ("a.rs", "use super::b; pub fn g() { let _ = b::B; }"), b]), cycle);
    assert_eq!(graph(&[lib, ("a.rs", "pub fn g() {} mod tests { use super::super::B; }"), b]), cycle);
    let in_tests = ("a.rs", "pub fn g() {} #[cfg(test)] mod tests { use crate::B; }");
    assert!(graph(&[lib, in_tests, b]).is_empty());
    assert!(graph(&[lib, ("a.rs", "pub fn g() {}"), b]).is_empty());
    // a child uses an item of its parent, which uses the child
    let parent = ("lib.rs", "mod a; pub struct P; fn f() { a::g(); }");
    assert_eq!(graph(&[parent, ("a.rs", "use super::P; pub fn g() {}")]), [["a", "crate"]]);
    assert!(
        graph(&[("lib.rs", "mod a; pub struct P; pub use a::g;"), ("a.rs", "use super::P; pub fn g() {}")]).is_empty()
    );
}

/// Returns the names and texts of all tracked Rust files, except the generated one.
fn code() -> Vec<(String, String)> {
    let output = std::process::Command::new("git").args(["ls-files", "*.rs"]).current_dir(root()).output().unwrap();
    let names = String::from_utf8(output.stdout).unwrap();
    let names = names.lines().filter(|name| *name != "src/client.rs");
    let found: Vec<_> =
        names.filter_map(|name| Some((name.to_owned(), fs::read_to_string(root().join(name)).ok()?))).collect();
    assert!(found.len() > 100, "{}", found.len());
    found
}

#[test]
fn files_are_short() {
    let files = code().into_iter().filter(|(name, _)| !TABLES.contains(&name.as_str()));
    let long: Vec<_> = files.filter(|(_, text)| text.lines().count() > LONGEST).map(|(name, _)| name).collect();
    assert!(long.is_empty(), "more than {LONGEST} lines:\n{}", long.join("\n"));
}

#[test]
fn lines_have_at_most_120_columns() {
    let mut long = Vec::new();
    for (name, text) in code() {
        let lines = text.lines().enumerate().filter(|(_, line)| line.chars().count() > 120);
        long.extend(lines.map(|(index, _)| format!("{name}:{}", index + 1)));
    }
    assert!(long.is_empty(), "more than 120 columns:\n{}", long.join("\n"));
}
