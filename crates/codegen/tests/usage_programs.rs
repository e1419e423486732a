//! Every item of generated code has a program that uses it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::{collections::BTreeSet, path::Path};

use codegen::{Settings, generate};
use openapi::Document;

/// Every item of every shape that generated code has can be used by a program.
#[test]
fn no_item_is_without_a_witness() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../client-tests/documents");
    let mut all = 0;
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        let document = Document::read(&path, "document.yaml").unwrap();
        let generated = generate(document.value(), &Settings::package()).unwrap();
        let witnesses = generated.usage_programs();
        let used: BTreeSet<_> = witnesses.iter().map(|witness| witness.path.clone()).collect();
        let items: BTreeSet<_> = generated.items().into_keys().collect();
        assert_eq!(items, used, "{}", path.display());
        all += witnesses.len();
    }
    assert!(all > 500, "{all}");
}
