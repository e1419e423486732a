//! `cargo xtask generate` and `reach`, run as programs: output, errors, and whether the generated crates compile.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod program;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use program::{generate, generate_with, json, xtask};
use test_support::{files, root, skips};

/// Why a test is slow.
const COMPILES: &str = "compiles generated crates";

/// Name for the document of the seed page, which does not depend on other imported pages.
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

/// Runs clippy on a generated crate with the workspace's `Cargo.lock`; warnings are errors.
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

/// Returns the tests that rustdoc finds in a crate's documentation, although its manifest disables them.
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
fn a_crate_of_hostile_texts_compiles_and_runs_no_code() {
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
fn generated_crates_compile_without_warnings() {
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

/// Schemas that cannot be generated, in every position.
#[test]
fn crates_without_carved_parts_compile() {
    if skips(COMPILES) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let document = document_at("xtask/tests/documents/carved.yaml");
    let out = folder.path().join("carved");
    let report = json(&generate(&document, &out));
    assert_eq!(report["operations"], 9, "{report}");
    let carved: Vec<_> =
        report["carved"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect();
    assert_eq!(
        carved,
        [
            "/components/schemas/Kind/oneOf/1",
            "/components/schemas/Loop",
            "/components/schemas/Part/allOf/0",
            "/components/schemas/Tool/properties/made",
            "/components/schemas/Tool/properties/notes/additionalProperties",
            "/paths/~1parts~1{id}/delete",
            "/paths/~1tools/get/parameters/0/schema",
            "/paths/~1tools/get/responses/400",
            "/paths/~1tools/get/responses/default/content/application~1json/schema",
        ]
    );
    compile(&out);
    assert_eq!(documentation_tests(&out).len(), 1);
    let readme = fs::read_to_string(out.join("README.md")).unwrap();
    assert!(carved.iter().all(|pointer| readme.contains(&format!("- `{pointer}`: "))), "{readme}");
    let strict = generate_with(&document, &folder.path().join("strict"), &["--strict"]);
    assert_eq!((strict.status.code(), folder.path().join("strict").exists()), (Some(2), false));
    assert!(generate_with(&document, &out, &["--check"]).status.success());
    let part = folder.path().join("part");
    assert_eq!(json(&generate_with(&document, &part, &["--tag", "tools", "--operation", "getPart"]))["operations"], 3);
    compile(&part);
}

#[test]
fn generated_crates_can_be_packaged_and_their_readme_compiles() {
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
fn lists_unsupported_keywords() {
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
fn output_is_independent_of_file_name_key_order_and_white_space() {
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
    // a second run removes files of the first
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
fn errors_have_pointer_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    for (text, pointer, line, column, part) in [
        ("{\"openapi\": \"3.3.0\"}", Some("/openapi"), 1, 13, "3.3.0"),
        ("swagger: '2.0'\n", Some("/swagger"), 1, 10, "Swagger 2.0"),
        ("{\"openapi\": \"3.0.3\",", None, 1, 20, "not valid JSON: EOF"),
        ("openapi: 3.0.3\na: [\n", None, 3, 1, "not valid YAML"),
        (WITH_UNKNOWN_TYPE, Some("/components/schemas/A/type"), 7, 13, "`type: strin` is not a type"),
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
fn does_not_write_into_a_folder_of_other_files() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("precious"), "x").unwrap();
    let output = generate(&seed(), folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn removes_sources_of_an_earlier_run() {
    let folder = tempfile::tempdir().unwrap();
    let (out, none) = (folder.path().join("out"), folder.path().join("none.yaml"));
    fs::write(&none, "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\n").unwrap();
    assert!(generate(&seed(), &out).status.success());
    assert!(out.join("examples/readme.rs").exists());
    assert!(generate(&none, &out).status.success());
    assert!(!out.join("examples/readme.rs").exists());
}

#[test]
fn reach_counts_documents_with_similar_names() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.b.yaml", "a-b.yaml"] {
        fs::copy(root().join("xtask/tests/documents/library.yaml"), folder.path().join(name)).unwrap();
    }
    let output = xtask(&["reach", "--format", "json", "--corpus", folder.path().to_str().unwrap()]);
    assert_eq!((output.status.code(), json(&output)["generated"].as_u64()), (Some(0), Some(2)), "{output:?}");
}

#[test]
fn reach_counts_generated_and_compiled_crates_and_reports_causes() {
    if skips(COMPILES) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for document in ["crates/client-tests/documents/bodies.yaml", "crates/client-tests/documents/responses.yaml", SEED]
    {
        let path = document_at(document);
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    fs::write(folder.path().join("old.json"), r#"{"swagger": "2.0"}"#).unwrap();
    let corpus = folder.path().to_str().unwrap();
    let output = xtask(&["reach", "--format", "json", "--compile", "2", "--clippy", "--corpus", corpus]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let report = json(&output);
    let numbers = ["documents", "generated", "sample", "compiled"].map(|key| report[key].as_u64().unwrap());
    assert_eq!(numbers, [4, 3, 2, 2], "{report}");
    assert_eq!(report["causes"][0]["documents"], serde_json::json!(["old-json"]));
    assert!(report["bytes_an_operation"].as_f64().unwrap() > 1000.0, "{report}");
    assert!(report["compile_seconds_an_operation"].as_f64().unwrap() > 0.0, "{report}");
    assert_eq!(report["crates"].as_array().unwrap().len(), 3, "{report}");
    assert!(report["causes"][0]["cause"].as_str().unwrap().contains("Swagger 2.0"));
}
