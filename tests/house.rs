//! Holds what the documentation says of the code against the code.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::{collections::BTreeSet, fs, path::Path};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn architecture_lists_every_pass_in_order_with_its_reason() {
    let text = read("ARCHITECTURE.md");
    let expected: Vec<_> = blynk_codegen::passes()
        .map(|pass| format!("| `{}` | {} | {} |", pass.name, pass.reason, pass.upstream.join(", ")))
        .collect();
    let listed: Vec<_> = text.lines().filter(|line| expected.contains(&(*line).to_owned())).collect();
    assert_eq!(listed, expected);
}

#[test]
fn files_and_links_that_the_documentation_names_exist() {
    for name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "openapi/README.md"] {
        let folder = Path::new(name).parent().unwrap();
        for link in read(name).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if !link.starts_with("http") {
                assert!(root().join(folder).join(link).exists(), "{name} links to {link}, which is not there");
            }
        }
    }
    let architecture = read("ARCHITECTURE.md");
    let map = architecture.split("## Code map").nth(1).unwrap().split("###").next().unwrap();
    for place in map.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()) {
        assert!(root().join(place).exists(), "ARCHITECTURE.md maps {place}, which is not there");
    }
}

#[test]
fn the_commands_of_the_documentation_exist() {
    let arguments = read("xtask/src/arguments.rs");
    let variants = arguments.lines().filter_map(|line| line.strip_prefix("    ")?.strip_suffix(" {"));
    let verbs: BTreeSet<_> =
        variants.filter(|name| name.chars().all(char::is_alphabetic)).map(str::to_lowercase).collect();
    assert!(verbs.contains("check") && verbs.len() < 20, "{verbs:?}");
    for name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "openapi/README.md", "CHANGELOG.md"] {
        let text = read(name);
        for verb in
            text.split("cargo xtask ").skip(1).filter_map(|rest| rest.split(|c: char| !c.is_ascii_lowercase()).next())
        {
            assert!(verbs.contains(verb), "{name} names `cargo xtask {verb}`");
        }
    }
}

#[test]
fn nothing_below_the_sdk_depends_on_it() {
    for member in ["codegen", "document", "drift", "emulator", "runtime"] {
        let manifest = read(&format!("crates/{member}/Cargo.toml"));
        assert!(!manifest.contains("blynk-platform"), "crates/{member} depends on the root package");
    }
    assert!(!read("xtask/Cargo.toml").contains("blynk-platform"));
}

#[test]
fn the_committed_document_departs_from_its_page_nowhere() {
    assert!(
        !read("openapi/lock.toml").contains("departure"),
        "the document was edited; a correction belongs into openapi/overlay.yaml"
    );
}

#[test]
fn generated_crates_ask_for_the_versions_that_this_workspace_tests() {
    let document = serde_json::from_str(blynk_platform::OPENAPI).unwrap();
    let package = blynk_codegen::package(&document).unwrap();
    let manifest = &package.files.iter().find(|(name, _)| name == "Cargo.toml").unwrap().1;
    let ours = read("Cargo.toml");
    let version_of = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(&format!("{name} = ")))?;
        line.split('"').nth(1).map(str::to_owned)
    };
    let dependencies = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    let names: Vec<_> =
        dependencies.lines().filter_map(|line| line.split(" = ").next()).filter(|name| !name.is_empty()).collect();
    assert!(names.len() > 8, "{names:?}");
    for name in names {
        assert_eq!(version_of(dependencies, name), version_of(&ours, name), "{name}");
    }
    assert_eq!(version_of(&ours, "progenitor"), Some(format!("={}", blynk_codegen::PROGENITOR_VERSION)));
}
