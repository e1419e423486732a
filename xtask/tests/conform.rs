//! `cargo xtask conform`, run as a program: compiles a generated crate and tests its types on boundary values.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod program;

use std::{fs, path::Path};

use program::{generate, json, xtask};
use serde_json::Value;
use test_support::{root, skips};

#[test]
fn compares_the_types_of_a_generated_crate_with_their_document() {
    if skips("compiles a generated crate") {
        return;
    }
    let document = "xtask/tests/documents/library.yaml";
    // a relative path, although cargo runs in another folder
    let output = xtask(&["conform", "--document", document, "--format", "json", "--target-dir", "target/conform"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let report = json(&output);
    let count = |at: &str| report.pointer(at).and_then(Value::as_u64).unwrap();
    let differences = report["differences"].as_array().unwrap();
    assert_eq!((count("/format_version"), count("/problems"), report["unjudged"].as_array().unwrap().len()), (1, 0, 0));
    assert!(count("/types") > 5 && count("/vectors/valid") > 100 && count("/vectors/invalid") > 100, "{report}");
    assert_eq!(count("/agreed"), count("/vectors/valid") + count("/vectors/invalid") - differences.len() as u64);
    let copies = "/components/schemas/Book/properties/copies";
    let integer = differences.iter().find(|one| one["pointer"] == copies).unwrap();
    assert!(integer["allowed_by"]["deviation"]["reason"].as_str().unwrap().contains("integer"), "{integer}");
    assert_eq!((&integer["document"], &integer["file"]), (&Value::from("valid"), &Value::from(document)));
    assert_eq!(integer["line"].as_u64(), Some(70));

    // the crate is the one that `generate` writes
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    assert!(generate(Path::new(document), &out).status.success());
    let crates = fs::read_dir(root().join("target/conform/crates")).unwrap();
    let same = |path: &Path| {
        ["Cargo.toml", "openapi.json", "src/client.rs", "src/lib.rs", "src/runtime/values/string.rs"]
            .iter()
            .all(|file| fs::read(path.join("client").join(file)).ok() == Some(fs::read(out.join(file)).unwrap()))
    };
    assert!(crates.flatten().any(|entry| same(&entry.path())));
}

#[test]
fn reports_a_document_that_cannot_be_generated_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.yaml");
    fs::write(&path, "openapi: 3.0.3\ninfo: { title: t, version: '1' }\npaths: { /a: { get: { responses: 7 } } }\n")
        .unwrap();
    for document in [path.to_str().unwrap(), "nowhere.yaml"] {
        let output = xtask(&["conform", "--document", document, "--format", "json"]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(json(&output)["errors"][0]["message"].is_string());
    }
}
