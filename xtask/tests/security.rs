//! Checks of SECURITY.md and of the workflows' permissions.

#![allow(clippy::unwrap_used, reason = "a failed test panics")]

use std::fs;

use test_support::{root, sources};

#[test]
fn the_tests_named_in_security_md_exist() {
    let code = ["src", "crates", "tests", "xtask"].map(|folder| sources(&root().join(folder))).concat();
    let text = fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let is_test = |quoted: &&str| quoted.contains('_') && quoted.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let named: Vec<_> = text.split('`').skip(1).step_by(2).filter(is_test).collect();
    assert!(named.len() > 10, "{named:?}");
    let missing: Vec<_> = named
        .iter()
        .filter(|name| {
            !code.contains(&format!("#[test]\n    fn {name}("))
        && !code.contains(&format!("#[test]\nfn {name}("))
        && !code.contains(&format!("async fn {name}("))
        // a property test
        && !code.contains(&format!("        fn {name}("))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn workflows_have_the_least_permissions() {
    let folder = root().join(".github");
    let mut files = vec![];
    for part in ["workflows", "actions/check"] {
        files.extend(fs::read_dir(folder.join(part)).unwrap().map(|entry| entry.unwrap().path()));
    }
    assert!(files.len() >= 2);
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let shown = path.display();
        let uses: Vec<_> = text.lines().filter_map(|line| line.trim().strip_prefix("- uses: ")).collect();
        for action in &uses {
            let commit = action.split_whitespace().next().unwrap().rsplit('@').next().unwrap();
            assert!(
                commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit()),
                "{shown}: {action} is not pinned"
            );
        }
        let checkouts = uses.iter().filter(|action| action.starts_with("actions/checkout@")).count();
        assert_eq!(text.matches("persist-credentials: false").count(), checkouts, "{shown}");
        if path.parent().unwrap().ends_with("workflows") {
            assert!(text.contains("\npermissions: {}\n") && !text.contains("write"), "{shown}");
        }
        // expressions are used in values only, never in shell scripts
        let mut script = None;
        for line in text.lines() {
            let indent = line.len() - line.trim_start().len();
            if script.is_some_and(|start| indent <= start && !line.trim().is_empty()) {
                script = None;
            }
            if line.trim_start().trim_start_matches("- ").starts_with("run:") {
                script = Some(indent);
            }
            assert!(script.is_none() || !line.contains("${{"), "{shown}: {line}");
        }
    }
}
