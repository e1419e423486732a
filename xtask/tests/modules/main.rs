//! The modules of every crate depend on one another in one direction: no module depends on itself through others.
//!
//! A module is a file. A `use` or a path that leads to an item is a dependency on the file that defines it; through a
//! re-export, on the file that the re-export leads to. Declaring and re-exporting a module is none, and tests are left
//! out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod graph;
mod source;

use std::{fs, path::PathBuf};

use graph::Graph;
use test_support::root;

/// More lines than a file should have that is no table.
const LONGEST: usize = 400;

/// Files that are tables, one row after the other.
const TABLES: [&str; 1] = ["crates/openapi-diff/src/change_kind.rs"];

/// The roots of every crate: its library, or its program.
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
fn no_module_depends_on_itself_through_others() {
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
fn a_cycle_is_found_through_relative_paths_and_re_exports_and_not_in_tests() {
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
    // a child that uses what its parent defines, which uses the child
    let parent = ("lib.rs", "mod a; pub struct P; fn f() { a::g(); }");
    assert_eq!(graph(&[parent, ("a.rs", "use super::P; pub fn g() {}")]), [["a", "crate"]]);
    assert!(
        graph(&[("lib.rs", "mod a; pub struct P; pub use a::g;"), ("a.rs", "use super::P; pub fn g() {}")]).is_empty()
    );
}

/// Every tracked file of Rust code but the generated one, by its name.
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
fn no_file_is_longer_than_can_be_read_at_once_unless_it_is_a_table() {
    let files = code().into_iter().filter(|(name, _)| !TABLES.contains(&name.as_str()));
    let long: Vec<_> = files.filter(|(_, text)| text.lines().count() > LONGEST).map(|(name, _)| name).collect();
    assert!(long.is_empty(), "more than {LONGEST} lines:\n{}", long.join("\n"));
}

#[test]
fn no_line_of_code_is_longer_than_120_columns() {
    let mut long = Vec::new();
    for (name, text) in code() {
        let lines = text.lines().enumerate().filter(|(_, line)| line.chars().count() > 120);
        long.extend(lines.map(|(index, _)| format!("{name}:{}", index + 1)));
    }
    assert!(long.is_empty(), "more than 120 columns:\n{}", long.join("\n"));
}
