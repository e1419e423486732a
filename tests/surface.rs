//! The public API of the generated client, and the equality of the outputs of build script, command and committed
//! files.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::path::Path;

use blynk_drift::{Status, Workspace};
use pages::Sources;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn surface() {
    let generated = Sources::load(root()).and_then(|sources| sources.generate()).unwrap();
    insta::assert_snapshot!("surface", generated.surface());
}

#[test]
#[cfg(feature = "codegen")]
fn the_build_script_generates_the_committed_client() {
    let built = include_str!(concat!(env!("OUT_DIR"), "/client.rs"));
    let committed = include_str!("../src/client.rs");
    assert!(built == committed, "src/client.rs differs from the output of build.rs; fix: run cargo xtask regen");
}

/// Calls the same function as `cargo xtask check`.
#[test]
fn the_workspace_is_fresh() {
    let workspace = Workspace::load(root()).unwrap();
    let report = blynk_drift::check(&workspace);
    let mut text = Vec::new();
    blynk_drift::display(&report, &workspace, &mut text).unwrap();
    assert_eq!(report.status, Status::Fresh, "\n{}", String::from_utf8_lossy(&text));
}

#[test]
fn progenitor_is_built_only_with_the_feature_codegen() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let tree = |features: &[&str]| {
        let mut command = std::process::Command::new(&cargo);
        command.args([
            "tree",
            "--offline",
            "--package",
            "blynk-platform",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
        ]);
        let output = command.args(features).current_dir(root()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let names =
        |tree: &str| tree.lines().filter_map(|line| line.split(' ').next().map(str::to_owned)).collect::<Vec<_>>();
    let with = names(&tree(&[]));
    let without = names(&tree(&["--no-default-features", "--features", "rustls"]));
    for name in ["progenitor", "progenitor-impl", "typify", "openapi-tools-codegen", "blynk-pages", "openapiv3"] {
        assert!(with.iter().any(|one| one == name), "{name} is not built with the feature; is the name wrong?");
        assert!(!without.iter().any(|one| one == name), "{name} is built without the feature");
    }
}
