//! Injection tests: hostile strings in every string position of a document. The generated package parses, contains no
//! code that rustdoc runs and no control characters; or the document is refused with a location.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed setup fails the test")]

mod positions;
mod rustdoc;
mod strings;

use std::collections::BTreeSet;

use codegen::{Package, package};
use openapi::{Code, Document, plain};
use positions::{Position, positions, with};
use proptest::prelude::*;
use serde_json::Value;

fn document() -> Value {
    Document::parse("every_string.yaml", include_str!("every_string.yaml")).unwrap().value().clone()
}

/// Returns the faults of the package, or of the problems, of a document.
fn faults(document: &Value) -> Vec<String> {
    match package(document) {
        Ok(package) => faults_of_package(&package),
        Err(problems) => problems
            .iter()
            .flat_map(|problem| {
                let has_controls = problem.to_string().contains(|c| plain::is_control(c) && c != '\n');
                let has_location = problem.pointer.is_some() && problem.code != Code::Bug;
                [(has_controls, "has control characters"), (!has_location, "has no location")]
                    .into_iter()
                    .filter(|(is_so, _)| *is_so)
                    .map(move |(_, what)| format!("{what}: {problem}"))
            })
            .collect(),
    }
}

fn faults_of_package(package: &Package) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, text) in &package.files {
        let control = text.chars().find(|c| plain::is_control(*c) && *c != '\n');
        // JSON may contain strings unchanged
        faults.extend(control.filter(|_| name != "openapi.json").map(|c| format!("{name} holds {c:?}")));
        if name.ends_with(".rs") {
            match text.parse() {
                Ok(tokens) => {
                    faults.extend(rustdoc::tests_in(tokens).into_iter().map(|test| format!("{name}: {test}")));
                }
                Err(error) => faults.push(format!("{name} is not Rust: {error}")),
            }
            faults.extend(syn::parse_file(text).err().map(|error| format!("{name} is not Rust: {error}")));
        }
    }
    let file = |wanted: &str| package.files.iter().find(|(name, _)| name == wanted).unwrap().1.as_str();
    match file("Cargo.toml").parse::<toml::Table>() {
        Ok(manifest) => {
            let tables: BTreeSet<_> = manifest.keys().map(String::as_str).collect();
            let known = ["dependencies", "dev-dependencies", "features", "lib", "package", "workspace"];
            faults.extend((tables != BTreeSet::from(known)).then(|| format!("tables of the manifest: {tables:?}")));
            faults.extend((manifest["lib"]["doctest"] != toml::Value::Boolean(false)).then(|| "doctest".to_owned()));
        }
        Err(error) => faults.push(format!("the manifest is not TOML: {error}")),
    }
    let tests = rustdoc::tests(file("README.md"));
    if tests.len() > 1 || tests.iter().any(|test| !test.contains("Client::from(Builder::new(")) {
        faults.push(format!("README: {tests:?}"));
    }
    let surface = package.generated.surface();
    faults.extend(surface.contains(|c| plain::is_control(c) && c != '\n').then(|| format!("surface: {surface:?}")));
    faults
}

#[test]
fn the_document_covers_many_positions() {
    let document = document();
    assert_eq!(faults(&document), Vec::<String>::new());
    let (names, values): (Vec<_>, Vec<_>) = positions(&document).into_iter().partition(Position::is_name);
    assert!(names.len() > 60 && values.len() > 120, "{} names, {} values", names.len(), values.len());
}

#[test]
fn hostile_strings_in_all_positions_at_once_are_escaped() {
    let document = document();
    // positions with a fixed set of values would be refused before the others are tested
    let free: Vec<Position> = positions(&document)
        .into_iter()
        .filter(|position| package(&with(&document, position, "word")).is_ok())
        .collect();
    assert!(free.len() > 130, "{}", free.len());
    let mut found = Vec::new();
    for text in strings::STRINGS {
        let hostile = free
            .iter()
            .filter(|position| !position.is_name())
            .fold(document.clone(), |document, position| with(&document, position, text));
        found.extend(faults(&hostile).into_iter().map(|fault| format!("{text:?}: {fault}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The number of cases: `PROPTEST_CASES`, for a long search, or a default.
fn cases() -> u32 {
    let requested = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    requested.unwrap_or_else(|| test_support::amount(120, 20))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_strings_in_one_position_are_escaped(
        position in prop::sample::select(positions(&document())), text in strings::strings(),
    ) {
        let hostile = with(&document(), &position, &text);
        prop_assert_eq!(faults(&hostile), Vec::<String>::new(), "{:?} at {:?}", text, position);
    }
}
