//! The operation table lists the operations of the document, and the SDK has a method for each. `cargo xtask check
//! --full` runs this test.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::{collections::BTreeSet, path::Path};

use blynk_platform::OPERATIONS;
use cargo_run::Test;
use pages::Sources;

#[test]
fn routes_every_operation_has_a_row_and_a_method() {
    let _test = Test::start("routes_every_operation_has_a_row_and_a_method");
    let sources = Sources::load(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let corrected = sources.corrected().unwrap();
    let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    let documented: BTreeSet<(String, String)> = corrected["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| item.as_object().unwrap().keys().map(move |method| (method, path)))
        .filter(|(method, _)| methods.contains(&method.as_str()))
        .map(|(method, path)| (method.to_uppercase(), path.clone()))
        .collect();
    let rows: BTreeSet<_> = OPERATIONS.iter().map(|row| (row.method.to_owned(), row.path.to_owned())).collect();
    assert_eq!(rows, documented);
    // the surface has a line for each method with its call
    let surface = sources.generate().unwrap().surface();
    for row in &OPERATIONS {
        let line = format!("{} = {} {}", row.name, row.method, row.path);
        assert!(surface.lines().any(|one| one == line), "the SDK has no method for {line}");
    }
}
