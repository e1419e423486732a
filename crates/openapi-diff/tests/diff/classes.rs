//! The documentation of the classes, held against the tables that decide.

use std::{collections::BTreeSet, fs};

use openapi_diff::{RULES, documentation};
use test_support::updates_docs;

use super::root;

#[test]
fn the_page_of_classes_says_what_the_tables_say() {
    let path = root().join("docs/diff.md");
    if updates_docs() {
        fs::write(&path, documentation()).unwrap();
    }
    let page = fs::read_to_string(path).unwrap_or_default();
    assert!(
        page == documentation(),
        "docs/diff.md is stale; fix: UPDATE_DOCS=1 cargo test -p openapi-diff --test diff"
    );
}

/// Every id that the walk writes is a rule's, and no rule is left over.
#[test]
fn every_id_has_one_rule_and_every_rule_is_used() {
    let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), RULES.len(), "an id occurs twice");
    let folder = root().join("crates/openapi-diff/src");
    // the tables, and a module that names commands of git
    let others = ["rules.rs", "overrides.rs", "revision.rs"];
    let mut sources = String::new();
    for entry in folder.read_dir().unwrap() {
        let entry = entry.unwrap();
        if !others.contains(&&*entry.file_name().to_string_lossy()) {
            sources.push_str(&fs::read_to_string(entry.path()).unwrap());
        }
    }
    let unused: Vec<_> = ids.iter().filter(|id| !sources.contains(&format!("\"{id}\""))).collect();
    assert_eq!(unused, Vec::<&&str>::new());
    let written = sources.split('"').filter(|text| {
        text.contains('-') && text.split('-').count() > 1 && text.chars().all(|c| c.is_ascii_lowercase() || c == '-')
    });
    let unknown: BTreeSet<_> =
        written.filter(|text| !ids.contains(text) && !text.starts_with("x-") && !text.starts_with('-')).collect();
    assert_eq!(unknown, BTreeSet::<&str>::new());
}
