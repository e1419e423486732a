//! Compares the generated types of the small documents with a JSON Schema validator on boundary values. Every
//! difference must be listed as unsupported or as a known difference.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::{collections::BTreeSet, fs, path::Path};

use codegen::{Settings, generate};
use generator_tests::conform::{Cause, Comparison, Conformance, KNOWN_DIFFERENCES, Subject};
use openapi::{
    Document,
    schema_resources::{resolve_dynamic, resolve_ids},
};

macro_rules! clients {
    ($($name:ident),*) => {
        [$((stringify!($name), client_tests::$name::TYPES)),*]
    };
}

#[test]
fn types_agree_with_their_document_except_for_listed_differences() {
    let clients = clients!(
        bodies,
        compositions,
        constraints,
        contents,
        defaults,
        directions,
        enums,
        keywords,
        keywords_3_1,
        merged,
        merged_31,
        multipart,
        names,
        nullable,
        nulls,
        patterns,
        responses,
        security,
        servers,
        statuses,
        styles,
        table,
        unions,
        webhooks
    );
    let folders = ["documents", "conformance"].map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let count: usize = folders.iter().map(|folder| fs::read_dir(folder).unwrap().count()).sum();
    assert_eq!(count, clients.len(), "a document has no client in this test");
    let mut all = Conformance::default();
    for (name, types) in clients {
        let file = format!("{name}.yaml");
        let path = folders.iter().map(|folder| folder.join(&file)).find(|path| path.exists()).unwrap();
        let document = Document::read(&path, &file).unwrap();
        let unrepresented = generate(document.value(), &Settings::package()).unwrap().unrepresented;
        let subjects = types.iter().map(|entry| Subject {
            name: entry.name.to_owned(),
            pointer: entry.pointer.to_owned(),
            in_requests: entry.in_requests,
            in_responses: entry.in_responses,
        });
        let subjects: Vec<_> = subjects.collect();
        let mut resolved = document.value().clone();
        resolve_ids(&mut resolved);
        resolve_dynamic(&mut resolved);
        let comparison = Comparison::new(&resolved, &unrepresented, &subjects);
        for (subject, entry) in subjects.iter().zip(types) {
            all.add(comparison.of(subject, |value| (entry.read)(value.clone())));
        }
        let problems: Vec<_> = all.problems().map(ToString::to_string).collect();
        assert!(problems.is_empty(), "{name}: {} problems\n{}", problems.len(), problems.join("\n"));
    }
    // the types of items of several positions, and of values of several patterns, have no schema of their own
    let is_union =
        |pointer: &str| ["/prefixItems", "/patternProperties", "/short/items"].iter().any(|end| pointer.ends_with(end));
    all.not_validated.retain(|(subject, _)| !is_union(&subject.pointer));
    assert_eq!(all.not_validated, []);
    assert!(all.types > 40 && all.valid > 1000 && all.invalid > 1000, "too few boundary values");
    let used: BTreeSet<_> = all.differences.iter().filter_map(|one| one.allowed_by.as_ref()).collect();
    assert!(used.iter().any(|cause| matches!(cause, Cause::Unrepresented { keyword, .. } if keyword == "not")));
    let is_used = |name: &str| {
        used.iter().any(|cause| matches!(cause, Cause::KnownDifference { name: used, .. } if used == name))
    };
    let unused: Vec<_> = KNOWN_DIFFERENCES.iter().map(|one| one.name).filter(|name| !is_used(name)).collect();
    assert!(unused.is_empty(), "these known differences no longer occur: {unused:?}");
}
