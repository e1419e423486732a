//! The option `--root`: which files references may read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;

const API: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    A: {type: \
                   object, properties: {a: {$ref: 'REFERENCE'}}}\n";

/// Writes `specs/api.yaml` with a reference, `common/a.yaml` beside that folder, and a file outside of both.
fn folder(reference: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("repo/specs/api.yaml", &API.replace("REFERENCE", reference));
    write(
        "repo/common/a.yaml",
        "{type: object, properties: {b: {$ref: 'inner/b.yaml'}, c: {$ref: '../specs/c.yaml'}}}",
    );
    write("repo/common/inner/b.yaml", "{type: string}");
    write("repo/specs/c.yaml", "{type: integer}");
    write("secret.yaml", "{type: string}");
    #[cfg(unix)]
    std::os::unix::fs::symlink("../../secret.yaml", folder.path().join("repo/common/link.yaml")).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_openapi-tools"));
    command.current_dir(folder).args(arguments).output().unwrap()
}

fn generate(folder: &Path, root: Option<&str>) -> Output {
    let root: Vec<&str> = root.into_iter().flat_map(|root| ["--root", root]).collect();
    let arguments = ["generate", "--document", "repo/specs/api.yaml", "--out", "out", "--format", "json"];
    run(folder, &[&arguments[..], &root].concat())
}

/// Returns the first error of a report.
fn error(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    report["errors"][0]["what"].as_str().unwrap().to_owned()
}

#[test]
fn references_read_files_in_the_folder_and_nowhere_else() {
    let inside = folder("../common/a.yaml");
    for root in ["repo", "./repo", "repo/specs/..", "."] {
        let output = generate(inside.path(), Some(root));
        assert_eq!(output.status.code(), Some(0), "{root}: {output:?}");
        let client = fs::read_to_string(inside.path().join("out/src/client.rs")).unwrap();
        assert!(client.contains("pub b: ") && client.contains("pub c: "), "{root}");
        fs::remove_dir_all(inside.path().join("out")).unwrap();
    }
    assert!(error(&generate(inside.path(), None)).contains("is outside the document's folder"));
    let mut outside =
        vec!["../../secret.yaml", "../common/../../secret.yaml", "%2e%2e/%2e%2e/secret.yaml", "/secret.yaml"];
    if cfg!(unix) {
        outside.push("../common/link.yaml");
    }
    for reference in outside {
        let found = error(&generate(folder(reference).path(), Some("repo")));
        assert!(found.contains("is outside the folder named with `--root`"), "{reference}: {found}");
    }
    assert!(error(&generate(inside.path(), Some("repo/common"))).contains("the document is not in the folder"));
    assert!(error(&generate(inside.path(), Some("gone"))).contains("cannot be read"));
}

#[test]
fn problems_name_files_as_the_user_does() {
    let inside = folder("../common/a.yaml#/gone");
    let output = generate(inside.path(), Some("repo"));
    assert_eq!(error(&output), "reference `../common/a.yaml#/gone` has no target in repo/common/a.yaml");
}

#[test]
fn every_command_has_the_option() {
    let inside = folder("../common/a.yaml");
    let api = "repo/specs/api.yaml";
    for arguments in
        [&["mutate", "--document", api, "--most", "3"][..], &["diff", api, api], &["reach", "--corpus", "repo/specs"]]
    {
        let with = run(inside.path(), &[arguments, &["--root", "repo"]].concat());
        let text = String::from_utf8_lossy(&with.stdout).into_owned();
        assert!(!text.contains("outside") && !text.contains("not compared"), "{arguments:?}: {with:?}");
        assert_ne!(with.status.code(), Some(2), "{arguments:?}: {with:?}");
    }
    let help = run(inside.path(), &["conform", "--help"]);
    assert!(String::from_utf8_lossy(&help.stdout).contains("--root"));
}

#[test]
fn a_revision_of_git_is_read_within_the_folder() {
    let inside = folder("../common/a.yaml");
    let repository = inside.path().join("repo");
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        let settings = ["-c", "user.name=t", "-c", "user.email=t@t.example", "-c", "commit.gpgsign=false"];
        command.current_dir(&repository).args(settings).args(arguments);
        assert!(command.output().unwrap().status.success(), "{arguments:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "first"]);
    fs::write(repository.join("common/inner/b.yaml"), "{type: integer}").unwrap();
    let diff = |root: &[&str]| {
        let arguments = [&["diff", "HEAD:specs/api.yaml", "specs/api.yaml", "--format", "json"], root].concat();
        let output = run(&repository, &arguments);
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let changes = diff(&["--root", "."])["changes"].to_string();
    assert!(changes.contains("integer"), "{changes}");
    assert!(!diff(&[])["changes"].to_string().contains("integer"), "the file is not read");
    assert!(diff(&["--root", "common"])["errors"][0]["what"].as_str().unwrap().contains("is not in the folder"));
}
