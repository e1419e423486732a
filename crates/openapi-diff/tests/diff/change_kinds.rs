//! The kinds of change: their documentation and their use.

use std::{collections::BTreeSet, fs, path::Path};

use openapi_diff::{ChangeKind, documentation};

use super::root;

#[test]
fn the_documentation_page_is_up_to_date() {
    let path = root().join("docs/diff.md");
    if test_support::updates_docs() {
        fs::write(&path, documentation()).unwrap();
    }
    let page = fs::read_to_string(path).unwrap_or_default();
    assert!(
        page == documentation(),
        "docs/diff.md is stale; fix: UPDATE_DOCS=1 cargo test -p openapi-diff --test diff"
    );
}

fn sources(folder: &Path, found: &mut String) {
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        let is_table = path.ends_with("src/change_kind.rs") || path.ends_with("src/overrides.rs");
        if path.is_dir() {
            sources(&path, found);
        } else if !is_table {
            found.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

/// Each kind is recorded somewhere, and no code refers to one by its id.
#[test]
fn every_kind_is_recorded_and_none_is_named_by_its_id() {
    let mut code = String::new();
    sources(&root().join("crates/openapi-diff/src"), &mut code);
    let words: BTreeSet<&str> = code.split(|c: char| !c.is_alphanumeric() && c != ':').collect();
    let unused: Vec<_> =
        ChangeKind::ALL.iter().filter(|kind| !words.contains(format!("ChangeKind::{kind:?}").as_str())).collect();
    assert_eq!(unused, Vec::<&ChangeKind>::new());
    let texts: BTreeSet<&str> = code.split('"').collect();
    let by_id: Vec<_> = ChangeKind::ALL.iter().filter(|kind| texts.contains(kind.id())).collect();
    assert_eq!(by_id, Vec::<&ChangeKind>::new());
}
