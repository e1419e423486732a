//! `cargo xtask diff`, run as a program: inputs, output and exit codes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod program;

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use program::json as json_of;
use serde_json::{Value, json};

fn diff(folder: &Path, arguments: &[&str]) -> Output {
    program::xtask_in(folder, &[&["diff"], arguments].concat())
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@b.example"];
    let output = Command::new("git").args(identity).args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

fn document(required: bool) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "0.4.0"},
        "paths": {
            "/a": {
                "get": {
                    "operationId": "a",
                    "parameters": [{"name": "p", "in": "query", "required": required, "schema": {"type": "string"}}],
                    "responses": {"204": {"description": "done"}},
                },
            },
        },
    })
}

/// A document whose only parameter is a reference.
fn referring_to(target: &str) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {
            "/a": {"get": {"parameters": [{"$ref": target}], "responses": {"204": {"description": "done"}}}},
        },
    })
}

const ALLOW: &str = "\
- id: parameter-required
  pointer: /paths/~1a/get/parameters/0/required
  reason: all clients send it
  expires: 2999-01-01
";

#[test]
fn compares_files_and_git_revisions() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir(at.join("api")).unwrap();
    fs::write(at.join("api/openapi.json"), format!("{:#}", document(false))).unwrap();
    git(at, &["init", "--quiet"]);
    git(at, &["add", "."]);
    git(at, &["commit", "--quiet", "-m", "first"]);
    fs::write(at.join("api/openapi.json"), format!("{:#}", document(true))).unwrap();

    let output = diff(at, &["HEAD:api/openapi.json", "api/openapi.json", "--format", "json"]);
    assert_eq!(code(&output), 0, "{output:?}");
    let found = json_of(&output);
    assert_eq!(
        (&found["format_version"], &found["wire"], &found["rust"], &found["bump"]),
        (&json!(1), &json!("breaking"), &json!("compatible"), &json!("minor"))
    );
    let change = &found["changes"][0];
    assert_eq!(
        (&change["id"], &change["pointer"]),
        (&json!("parameter-required"), &json!("/paths/~1a/get/parameters/0/required"))
    );
    assert_eq!((&change["base"]["value"], &change["revision"]["value"]), (&json!(false), &json!(true)));
    assert!(
        change["revision"]["line"].as_u64().unwrap() > 1 && change["message"].is_string() && change["items"].is_array()
    );

    // in a subfolder, paths of git revisions may be relative to it
    let output = diff(&at.join("api"), &["HEAD:openapi.json", "openapi.json", "--fail-on", "breaking"]);
    assert_eq!(code(&output), 1, "{output:?}");
    let same = diff(at, &["api/openapi.json", "api/openapi.json", "--fail-on", "any"]);
    assert_eq!((code(&same), String::from_utf8_lossy(&same.stdout).trim()), (0, "no change"));
    let after = diff(at, &["HEAD:api/openapi.json", "api/openapi.json", "--current", "1.0.0", "--format", "json"]);
    assert_eq!(json_of(&after)["bump"], "major");

    fs::write(at.join("allow.yaml"), ALLOW).unwrap();
    let allowed = diff(at, &["HEAD:api/openapi.json", "api/openapi.json", "--fail-on", "any", "--allow", "allow.yaml"]);
    assert_eq!(code(&allowed), 0, "{allowed:?}");
    let idle = diff(at, &["api/openapi.json", "api/openapi.json", "--allow", "allow.yaml"]);
    assert_eq!(code(&idle), 2, "{idle:?}");
    assert!(String::from_utf8_lossy(&idle.stderr).contains("no change parameter-required at"));
}

#[test]
fn referenced_files_are_read_from_the_same_revision() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir_all(at.join("api/parts")).unwrap();
    fs::write(at.join("api/openapi.json"), referring_to("parts/parameters.yaml#/p").to_string()).unwrap();
    fs::write(at.join("api/parts/parameters.yaml"), "p: {name: p, in: query, schema: {$ref: ../size.yaml}}\n").unwrap();
    fs::write(at.join("api/size.yaml"), "{type: integer, maximum: 10}\n").unwrap();
    git(at, &["init", "--quiet"]);
    git(at, &["add", "."]);
    git(at, &["commit", "--quiet", "-m", "first"]);
    fs::write(at.join("api/size.yaml"), "{type: integer, maximum: 5}\n").unwrap();
    for (folder, name) in [(at.to_owned(), "api/openapi.json"), (at.join("api"), "openapi.json")] {
        let before = format!("HEAD:{name}");
        let found = json_of(&diff(&folder, &[&before, name, "--format", "json"]));
        assert_eq!(
            (&found["changes"][0]["id"], found["changes"].as_array().unwrap().len()),
            (&json!("maximum-lowered"), 1)
        );
        assert_eq!(found["changes"][0]["base"]["file"], before.replace("openapi.json", "size.yaml"));
        assert_eq!((&found["notes"], &found["rust"]), (&json!([]), &json!("compatible")));
        assert_eq!(json_of(&diff(&folder, &[&before, &before, "--format", "json"]))["changes"], json!([]));
    }
}

#[test]
fn unreadable_documents_exit_with_2_and_unsupported_ones_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("base.yaml"), document(false).to_string()).unwrap();
    fs::write(at.join("broken.yaml"), "a: [1\n").unwrap();
    for arguments in [
        ["base.yaml", "nowhere.yaml"],
        ["broken.yaml", "base.yaml"],
        ["HEAD:nowhere.yaml", "base.yaml"],
        ["--output=x:base.yaml", "base.yaml"],
    ] {
        let output = diff(at, &arguments);
        assert_eq!(code(&output), 2, "{arguments:?}: {output:?}");
        assert!(!output.stderr.is_empty());
    }
    let output = diff(at, &["broken.yaml", "base.yaml", "--format", "json"]);
    assert!(json_of(&output)["errors"][0]["message"].as_str().unwrap().contains("not valid YAML"));
    // no client can be generated from a Swagger 2.0 document
    fs::write(
        at.join("lenient.json"),
        r#"{"swagger": "2.0", "paths": {"/a": {"get": {"parameters": [{"name": "p", "in": "query"}]}}}}"#,
    )
    .unwrap();
    let output = diff(at, &["base.yaml", "lenient.json", "--format", "json"]);
    let found = json_of(&output);
    assert_eq!((code(&output), &found["rust"]), (0, &json!("breaking")), "{found}");
    assert!(found["notes"][0].as_str().unwrap().starts_with("no code can be generated from the revision"), "{found}");
}

#[test]
fn a_file_that_is_not_an_openapi_document_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("openapi.json"), document(false).to_string()).unwrap();
    for text in ["[]", "null", "{}", r#"{"paths": {}}"#, "3", "text"] {
        fs::write(at.join("other.json"), text).unwrap();
        for arguments in [["other.json", "openapi.json"], ["openapi.json", "other.json"]] {
            let output = diff(at, &[&arguments[..], &["--format", "json"]].concat());
            let errors = json_of(&output)["errors"].clone();
            assert_eq!((code(&output), errors.as_array().map(Vec::len)), (2, Some(1)), "{text}: {output:?}");
            assert!(errors[0]["message"].as_str().unwrap().contains("`openapi` is missing"));
            assert!(errors[0]["file"].as_str().unwrap().ends_with("other.json"), "{errors}");
        }
        let output = program::xtask_in(at, &["check", "--document", "other.json", "--format", "json"]);
        let errors = json_of(&output)["errors"].clone();
        assert_eq!((code(&output), errors.as_array().map(Vec::len)), (2, Some(1)), "{text}: {output:?}");
    }
}

/// A repository with a document, a folder, symbolic links and a submodule.
#[cfg(unix)]
fn with_folder_link_and_submodule() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir_all(at.join("api/folder")).unwrap();
    fs::write(at.join("api/document.json"), document(false).to_string()).unwrap();
    fs::write(at.join("api/folder/document.json"), document(false).to_string()).unwrap();
    std::os::unix::fs::symlink("document.json", at.join("api/link.json")).unwrap();
    std::os::unix::fs::symlink("folder", at.join("api/linked")).unwrap();
    for target in ["folder", "link.json", "linked", "sub"] {
        fs::write(at.join(format!("api/to-{target}")), referring_to(&format!("{target}#/p")).to_string()).unwrap();
    }
    git(at, &["init", "--quiet"]);
    git(at, &["add", "."]);
    // the index entry of `git submodule add`
    git(at, &["update-index", "--add", "--cacheinfo", "160000,1f7a7a472abf3dd9643fd615f6da379c4acb3e3a,api/sub"]);
    git(at, &["commit", "--quiet", "-m", "first"]);
    folder
}

#[cfg(unix)]
#[test]
fn rejects_git_entries_that_are_not_files() {
    let folder = with_folder_link_and_submodule();
    let (top, api) = (folder.path().to_owned(), folder.path().join("api"));
    for (at, name, part) in [
        (&top, "HEAD:api/folder", "folder"),
        (&top, "HEAD:api/folder/", "folder"),
        (&top, "HEAD:", "folder"),
        (&top, "HEAD:./api", "folder"),
        (&top, "HEAD:.", "folder"),
        (&api, "HEAD:folder", "folder"),
        (&api, "HEAD:..", "folder"),
        (&top, "HEAD:api/link.json", "symbolic link"),
        (&api, "HEAD:link.json", "symbolic link"),
        (&api, "HEAD:./link.json", "symbolic link"),
        (&top, "HEAD:api/linked", "symbolic link"),
        (&top, "HEAD:api/sub", "submodule"),
        (&api, "HEAD:sub", "submodule"),
        // files that a document references
        (&top, "HEAD:api/to-folder", "folder"),
        (&top, "HEAD:api/to-link.json", "symbolic link"),
        (&api, "HEAD:to-linked", "symbolic link"),
        (&top, "HEAD:api/to-sub", "submodule"),
        // missing files and invalid revisions
        (&top, "HEAD:api/linked/document.json", "no such file"),
        (&top, "HEAD:api/*.json", "no such file"),
        (&top, "HEAD::/api/document.json", "no such file"),
        (&top, "nowhere:api/document.json", "revision cannot be read"),
        (&top, "HEAD\n:api/document.json", "revision"),
        (&top, "-x:api/document.json", "revision"),
        (&top, "--output=written:api/document.json", "revision"),
    ] {
        let there = if *at == top { "api/document.json" } else { "document.json" };
        for arguments in [["--format", "json", "--", name, there], ["--format", "json", "--", there, name]] {
            let output = diff(at, &arguments);
            assert_eq!(code(&output), 2, "{name:?}: {output:?}");
            let error = &json_of(&output)["errors"][0];
            let field = |key: &str| error[key].as_str().unwrap_or_default().to_owned();
            assert!(field("message").contains(part), "{name:?}: {error}");
            assert!(field("file").contains(':') && !field("fix").is_empty(), "{name:?}: {error}");
        }
    }
    assert!(!top.join("written").exists());
    for (at, name) in
        [(&top, "HEAD:./api/document.json"), (&api, "HEAD:./document.json"), (&api, "HEAD:../api/document.json")]
    {
        let there = if *at == top { "api/document.json" } else { "document.json" };
        assert_eq!(code(&diff(at, &[name, there, "--fail-on", "any"])), 0, "{name}");
    }
}
