//! Rules of this workspace that no lint covers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::{fs, path::Path};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn no_crate_except_the_cli_depends_on_the_sdk() {
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let member = entry.unwrap().file_name().into_string().unwrap();
        let manifest = read(&format!("crates/{member}/Cargo.toml"));
        let depends = manifest.contains("blynk-platform");
        assert_eq!(depends, member == "cli", "crates/{member} depends on the root package");
    }
    assert!(!read("xtask/Cargo.toml").contains("blynk-platform"));
}

#[test]
fn the_committed_document_agrees_with_its_page() {
    assert!(
        !read("openapi/lock.toml").contains("departure"),
        "the document was edited; fix: put the correction into openapi/overlay.yaml"
    );
}

#[test]
fn generated_crates_depend_on_the_versions_tested_here() {
    let document = serde_json::from_str(blynk_platform::OPENAPI).unwrap();
    let package = codegen::package(&document).unwrap();
    let manifest = &package.files.iter().find(|(name, _)| name == "Cargo.toml").unwrap().1;
    let ours = read("Cargo.toml");
    let version_of = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(&format!("{name} = ")))?;
        line.split('"').nth(1).map(str::to_owned)
    };
    let dependencies = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    let names: Vec<_> =
        dependencies.lines().filter_map(|line| line.split(" = ").next()).filter(|name| !name.is_empty()).collect();
    assert!(names.len() > 8, "{names:?}");
    for name in names {
        assert_eq!(version_of(dependencies, name), version_of(&ours, name), "{name}");
    }
    assert_eq!(version_of(&ours, "progenitor"), Some(format!("={}", codegen::PROGENITOR_VERSION)));
}
