//! Texts that try to be more than texts, in every position of a document where a text may stand: what is made of it
//! parses, contains nothing that rustdoc runs and no control characters; or the document is refused at its place.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod positions;
mod rustdoc;
mod texts;

use std::collections::BTreeSet;

use codegen::{Package, package};
use openapi::{Code, Document, plain};
use positions::{Position, positions, with};
use proptest::prelude::*;
use serde_json::Value;

fn document() -> Value {
    Document::parse("every_text.yaml", include_str!("every_text.yaml")).unwrap().value().clone()
}

/// What is wrong with what becomes of a document.
fn faults(document: &Value) -> Vec<String> {
    match package(document) {
        Ok(package) => faults_of_package(&package),
        Err(problems) => problems
            .iter()
            .flat_map(|problem| {
                let steers = problem.to_string().contains(|c| plain::is_control(c) && c != '\n');
                let is_placed = problem.pointer.is_some() && problem.code != Code::Bug;
                [(steers, "steers"), (!is_placed, "names no place")]
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
        let steers = text.chars().find(|c| plain::is_control(*c) && *c != '\n');
        // JSON may hold texts as they are
        faults.extend(steers.filter(|_| name != "openapi.json").map(|c| format!("{name} holds {c:?}")));
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
        Err(error) => faults.push(format!("the manifest is no TOML: {error}")),
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
fn the_document_has_what_is_to_be_tried() {
    let document = document();
    assert_eq!(faults(&document), Vec::<String>::new());
    let (names, values): (Vec<_>, Vec<_>) = positions(&document).into_iter().partition(Position::is_name);
    assert!(names.len() > 60 && values.len() > 120, "{} names, {} values", names.len(), values.len());
}

#[test]
fn a_hostile_text_in_all_positions_at_once_is_only_a_text() {
    let document = document();
    // those in which other texts than the few of OpenAPI are refused would hide the rest
    let free: Vec<Position> = positions(&document)
        .into_iter()
        .filter(|position| package(&with(&document, position, "word")).is_ok())
        .collect();
    assert!(free.len() > 130, "{}", free.len());
    let mut found = Vec::new();
    for text in texts::TEXTS {
        let hostile = free
            .iter()
            .filter(|position| !position.is_name())
            .fold(document.clone(), |document, position| with(&document, position, text));
        found.extend(faults(&hostile).into_iter().map(|fault| format!("{text:?}: {fault}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Cases of each property: `PROPTEST_CASES`, else 120.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(120)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_hostile_text_or_name_in_one_position_is_only_a_text(
        position in prop::sample::select(positions(&document())), text in texts::texts(),
    ) {
        let hostile = with(&document(), &position, &text);
        prop_assert_eq!(faults(&hostile), Vec::<String>::new(), "{:?} at {:?}", text, position);
    }
}
