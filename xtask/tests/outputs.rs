//! Texts of a document cannot forge lines of the output or control the terminal: every command, every format, both
//! streams.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod program;

use std::{fs, path::Path, process::Output};

use openapi::plain;
use program::xtask;
use serde_json::{Value, json};
use test_support::root;

/// Returns control characters and forged lines in the output of a command.
fn faults(arguments: &[&str], output: &Output) -> Vec<String> {
    let mut faults = Vec::new();
    for bytes in [&output.stdout, &output.stderr] {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let control = text.chars().find(|c| plain::is_control(*c) && *c != '\n');
        faults.extend(control.map(|c| format!("{arguments:?} writes {c:?}")));
        let forged = ["forged", "::error::", "::add-mask::"];
        let line = text.lines().find(|line| forged.iter().any(|words| line.trim_start().starts_with(words)));
        faults.extend(line.map(|line| format!("{arguments:?} has a forged line: {line}")));
    }
    faults
}

const HOSTILE: &str =
    "\u{1b}]0;t\u{7}\u{1b}[2J\u{9b}1m\r\n::error::forged\n::add-mask::x\u{202e}\u{2028}forged\u{85}forged";

/// Invalid documents, each with a hostile text at the location of the error.
fn invalid_documents() -> Vec<Value> {
    let document = |paths: Value, schemas: Value| {
        json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": paths,
            "components": {"schemas": schemas}})
    };
    let reference = format!("#/components/schemas/{HOSTILE}");
    vec![
        document(json!({"/a": {"get": {"responses": { HOSTILE: {} }}}}), json!({})),
        document(json!({}), json!({ HOSTILE: {"type": HOSTILE} })),
        document(json!({}), json!({ "A": {"$ref": reference} })),
        document(json!({"/a": {"get": {"parameters": [{"name": HOSTILE, "in": HOSTILE}]}}}), json!({})),
        json!({ "openapi": HOSTILE }),
    ]
}

#[test]
fn refusals_are_clean() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut found = Vec::new();
    for (index, document) in invalid_documents().iter().enumerate() {
        let path = folder.path().join(format!("{index}.json"));
        fs::write(&path, document.to_string()).unwrap();
        let path = path.to_str().unwrap();
        for format in ["text", "json"] {
            let out = out.to_str().unwrap();
            let arguments = ["generate", "--document", path, "--out", out, "--strict", "--format", format];
            let output = xtask(&arguments);
            assert_eq!(output.status.code(), Some(2), "{output:?}");
            assert!(String::from_utf8_lossy(&[&*output.stdout, &*output.stderr].concat()).contains("forged"));
            found.extend(faults(&arguments, &output));
        }
        for format in ["text", "json", "github", "sarif", "junit"] {
            let arguments = ["check", "--document", path, "--format", format];
            let output = xtask(&arguments);
            assert_eq!(output.status.code(), Some(1), "{output:?}");
            found.extend(faults(&arguments, &output));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The document of hostile texts, and a revision in which texts and names are changed.
fn documents(folder: &Path) -> [String; 2] {
    let base = root().join("xtask/tests/documents/hostile.json");
    let text = fs::read_to_string(&base).unwrap();
    let revision = folder.join("revision.json");
    fs::write(&revision, text.replace("::error::forged", "::error::forged again").replace("run", "walk")).unwrap();
    [base, revision].map(|path| path.to_str().unwrap().to_owned())
}

#[test]
fn reports_are_clean() {
    let folder = tempfile::tempdir().unwrap();
    let [base, revision] = documents(folder.path());
    let out = folder.path().join("out").to_str().unwrap().to_owned();
    let mut found = Vec::new();
    let mut run = |arguments: &[&str]| {
        let output = xtask(arguments);
        assert!(matches!(output.status.code(), Some(0 | 1)) && !output.stdout.is_empty(), "{arguments:?}: {output:?}");
        found.extend(faults(arguments, &output));
    };
    for format in ["text", "json"] {
        run(&["generate", "--document", &base, "--out", &out, "--format", format]);
    }
    for format in ["text", "json", "markdown", "github", "sarif", "junit"] {
        run(&["diff", &base, &revision, "--format", format]);
        run(&["diff", &revision, &base, "--format", format]);
    }
    for format in ["text", "json", "github", "sarif", "junit"] {
        run(&["check", "--document", &base, "--format", format]);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn imports_of_pages_are_clean() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.md");
    let document = fs::read_to_string(root().join("xtask/tests/documents/hostile.json")).unwrap();
    let document: Value = serde_json::from_str(&document).unwrap();
    fs::write(&page, format!("# A page\n\n## All\n\n```json\n{document}\n```\n")).unwrap();
    let mut found = Vec::new();
    for format in ["text", "json"] {
        let arguments = ["import", "--dry-run", page.to_str().unwrap(), "--format", format];
        let output = xtask(&arguments);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        found.extend(faults(&arguments, &output));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
