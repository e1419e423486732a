//! `cargo xtask generate`, as a program: what it writes, what it refuses, and that the crates compile by themselves.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod program;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use program::{generate, json, xtask};
use test_support::{files, root, skips};

/// Why a test is slow.
const COMPILES: &str = "compiles generated crates";

/// Stands for the document of the seed page alone: what is told of it holds whatever other pages are imported.
const SEED: &str = "seed";

fn document_at(name: &str) -> PathBuf {
    if name == SEED { seed() } else { root().join(name) }
}

fn seed() -> PathBuf {
    static DOCUMENT: OnceLock<PathBuf> = OnceLock::new();
    let write = || {
        let page = fs::read_to_string(root().join("openapi/pages/oauth.md")).unwrap();
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("seed/blynk-platform.json");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, pages::extract("oauth.md", &page).unwrap().documents[0].json()).unwrap();
        path
    };
    DOCUMENT.get_or_init(write).clone()
}

/// Lints a generated crate with the workspace's own versions, warnings denied.
fn compile(out: &Path) {
    fs::copy(root().join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
    cargo(out, &["clippy", "--features", "schemars", "--", "-D", "warnings"]);
}

fn cargo(out: &Path, arguments: &[&str]) -> String {
    let (command, arguments) = arguments.split_first().unwrap();
    let output = program::cargo()
        .args([command, "--quiet", "--offline"])
        .args(arguments)
        .env("RUSTDOCFLAGS", "-D warnings")
        .current_dir(out)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

/// The tests that rustdoc finds in a crate's documentation. The manifest says that they are not to be run.
fn documentation_tests(out: &Path) -> Vec<String> {
    let manifest = out.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    assert!(text.contains("\ndoctest = false\n"));
    fs::write(&manifest, text.replace("\ndoctest = false\n", "\n")).unwrap();
    let listed = cargo(out, &["test", "--doc", "--", "--list"]);
    fs::write(&manifest, text).unwrap();
    listed.lines().filter(|line| line.ends_with(": test")).map(str::to_owned).collect()
}

#[test]
fn a_crate_of_hostile_texts_and_names_compiles_and_has_no_test_but_the_readme() {
    if skips(COMPILES) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("hostile");
    let output = generate(&root().join("xtask/tests/documents/hostile.json"), &out);
    assert!(output.status.success(), "{output:?}");
    compile(&out);
    cargo(&out, &["doc", "--no-deps"]);
    let tests = documentation_tests(&out);
    assert!(matches!(tests.as_slice(), [test] if test.starts_with("src/../README.md")), "{tests:?}");
    cargo(&out, &["test"]);
    assert_eq!(fs::read_dir(&out).unwrap().filter(|file| file_name(file).starts_with("ran-from")).count(), 0);
}

fn file_name(file: &std::io::Result<fs::DirEntry>) -> String {
    file.as_ref().unwrap().file_name().to_string_lossy().into_owned()
}

#[test]
fn crates_compile_by_themselves_without_warnings() {
    if skips(COMPILES) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (document, operations) in
        [(SEED, 1), ("openapi/oauth2-token.json", 1), ("xtask/tests/documents/library.yaml", 4)]
    {
        let out = folder.path().join(document_at(document).file_stem().unwrap());
        let output = generate(&document_at(document), &out);
        assert!(output.status.success(), "{output:?}");
        assert_eq!(
            (json(&output)["format_version"].as_u64(), json(&output)["operations"].as_u64()),
            (Some(1), Some(operations))
        );
        compile(&out);
    }
}

#[test]
fn crates_can_be_published_and_show_a_call_that_compiles() {
    if skips(COMPILES) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (document, call) in [
        (
            SEED,
            "    let client = Client::from(Builder::new(\"https://blynk.cloud\").token(\"…\").build()?);
    let response = client.create_oauth_client().name(\"…\").send().await?;",
        ),
        (
            "xtask/tests/documents/library.yaml",
            "    let client = Client::from(Builder::new(\"https://north.library.example/v2\").build()?);
    let response = client.list_books().send().await?;",
        ),
    ] {
        let out = folder.path().join(document_at(document).file_stem().unwrap());
        assert!(generate(&document_at(document), &out).status.success());
        fs::copy(root().join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
        let readme = fs::read_to_string(out.join("README.md")).unwrap();
        assert!(readme.contains(call), "{readme}");
        cargo(&out, &["test"]);
        assert_eq!(documentation_tests(&out).len(), 1);
        cargo(&out, &["doc", "--no-deps"]);
        let packaged = cargo(&out, &["package", "--list", "--allow-dirty"]);
        for file in
            ["Cargo.toml", "README.md", "examples/readme.rs", "openapi.json", "src/client.rs", "src/runtime/mod.rs"]
        {
            assert!(packaged.lines().any(|line| line == file), "{packaged}");
        }
        cargo(&out, &["package", "--no-verify", "--allow-dirty"]);
    }
}

#[test]
fn lists_what_is_not_carried() {
    let folder = tempfile::tempdir().unwrap();
    let output = generate(&root().join("xtask/tests/documents/library.yaml"), &folder.path().join("out"));
    let listed: Vec<_> = json(&output)["unrepresented"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {}", one["pointer"].as_str().unwrap(), one["keyword"].as_str().unwrap()))
        .collect();
    assert_eq!(listed, ["/paths/~1books~1{book-id}~1cover/get/responses/200/content/image~1png schema"]);
    let own = generate(&seed(), &folder.path().join("own"));
    assert_eq!(json(&own)["unrepresented"], serde_json::json!([]));
}

#[test]
fn writes_the_same_whatever_the_names_key_order_and_white_space() {
    let folder = tempfile::tempdir().unwrap();
    let document = seed();
    let value: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&fs::read_to_string(&document).unwrap()).unwrap();
    let other = folder.path().join("other-name.txt");
    let reversed: serde_json::Map<_, _> = value.into_iter().rev().collect();
    fs::write(&other, serde_json::Value::Object(reversed).to_string()).unwrap();
    let (one, two) = (folder.path().join("one"), folder.path().join("two/deeper"));
    assert!(generate(&document, &one).status.success());
    assert!(generate(&other, &two).status.success());
    assert_eq!(files(&one), files(&two));
    // a second run over the first leaves nothing of it behind
    fs::write(one.join("src/left_over.rs"), "").unwrap();
    assert!(generate(&document, &one).status.success());
    assert_eq!(files(&one), files(&two));
}

const WITH_UNKNOWN_TYPE: &str = "\
openapi: 3.0.3
info: {title: t, version: '1'}
paths: {}
components:
  schemas:
    A:
      type: strin
";

#[test]
fn refuses_with_pointer_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    for (text, pointer, line, column, part) in [
        ("{\"openapi\": \"3.2.0\"}", Some("/openapi"), 1, 13, "3.2.0"),
        ("swagger: '2.0'\n", Some("/swagger"), 1, 10, "Swagger 2.0"),
        ("{\"openapi\": \"3.0.3\",", None, 1, 20, "ends too early"),
        ("openapi: 3.0.3\na: [\n", None, 3, 1, "not valid YAML"),
        (WITH_UNKNOWN_TYPE, Some("/components/schemas/A/type"), 7, 13, "`strin` is not a type"),
    ] {
        let document = folder.path().join("document");
        fs::write(&document, text).unwrap();
        let output = generate(&document, &out);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        let error = &json(&output)["errors"][0];
        assert_eq!(error["pointer"].as_str(), pointer, "{error}");
        assert_eq!((error["line"].as_u64(), error["column"].as_u64()), (Some(line), Some(column)), "{error}");
        assert!(error["what"].as_str().unwrap().contains(part), "{error}");
        assert_eq!((&error["message"], error["code"].as_str()), (&error["what"], Some("invalid")), "{error}");
        assert!(!error["fix"].as_str().unwrap().is_empty());
        assert!(!out.exists(), "nothing is written for {text:?}");
    }
}

#[test]
fn keeps_its_hands_off_a_folder_that_is_not_its_own() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("precious"), "x").unwrap();
    let output = generate(&seed(), folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn no_source_of_an_earlier_run_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (out, none) = (folder.path().join("out"), folder.path().join("none.yaml"));
    fs::write(&none, "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\n").unwrap();
    assert!(generate(&seed(), &out).status.success());
    assert!(out.join("examples/readme.rs").exists());
    assert!(generate(&none, &out).status.success());
    assert!(!out.join("examples/readme.rs").exists());
}

#[test]
fn reach_counts_documents_whose_names_differ_by_a_sign() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.b.yaml", "a-b.yaml"] {
        fs::copy(root().join("xtask/tests/documents/library.yaml"), folder.path().join(name)).unwrap();
    }
    let output = xtask(&["reach", "--format", "json", "--corpus", folder.path().to_str().unwrap()]);
    assert_eq!((output.status.code(), json(&output)["generated"].as_u64()), (Some(0), Some(2)), "{output:?}");
}

#[test]
fn reach_counts_what_what_becomes_a_crate_and_says_why_the_rest_does_not() {
    if skips(COMPILES) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for document in ["crates/client-tests/documents/bodies.yaml", "crates/client-tests/documents/answers.yaml", SEED] {
        let path = document_at(document);
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    fs::write(folder.path().join("old.json"), r#"{"swagger": "2.0"}"#).unwrap();
    let corpus = folder.path().to_str().unwrap();
    let output = xtask(&["reach", "--format", "json", "--compile", "2", "--clippy", "--corpus", corpus]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let answer = json(&output);
    let numbers = ["documents", "generated", "sample", "compiled"].map(|key| answer[key].as_u64().unwrap());
    assert_eq!(numbers, [4, 3, 2, 2], "{answer}");
    assert_eq!(answer["causes"][0]["documents"], serde_json::json!(["old-json"]));
    assert!(answer["bytes_an_operation"].as_f64().unwrap() > 1000.0, "{answer}");
    assert!(answer["compile_seconds_an_operation"].as_f64().unwrap() > 0.0, "{answer}");
    assert_eq!(answer["crates"].as_array().unwrap().len(), 3, "{answer}");
    assert!(answer["causes"][0]["cause"].as_str().unwrap().contains("Swagger 2.0"));
}
