//! `docs/limits.md` has every limit of the readers and the generator with its value in the code.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::{fs, path::Path};

use blynk_document::Limit;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().and_then(Path::parent).unwrap()
}

fn limits() -> impl Iterator<Item = &'static Limit> {
    blynk_document::LIMITS.iter().chain(blynk_codegen::LIMITS)
}

#[test]
fn the_table_of_limits_has_the_values_of_the_code() {
    let table = fs::read_to_string(root().join("docs/limits.md")).unwrap();
    let missing: Vec<_> = limits().map(Limit::row).filter(|row| !table.lines().any(|line| line == row)).collect();
    assert!(missing.is_empty(), "docs/limits.md lacks these rows:\n{}", missing.join("\n"));
}

#[test]
fn the_test_that_each_limit_names_is_there() {
    let mut sources = String::new();
    for folder in ["crates/document/src", "crates/codegen/src"] {
        read(&root().join(folder), &mut sources);
    }
    for limit in limits() {
        let test = format!("#[test]\n    fn {}() {{", limit.test);
        assert!(sources.contains(&test), "{}", limit.test);
    }
}

fn read(folder: &Path, sources: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, sources);
        } else {
            sources.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}
