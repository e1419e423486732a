//! The declared minimum Rust versions are the lowest that dependencies and our own code allow.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use serde_json::Value;

/// What our own code requires.
fn required_by_code(package: &str) -> Version {
    match package {
        // `File::lock`, by themselves or through each other
        "blynk-drift" | "blynk-self-test" | "xtask" => (1, 89),
        // let chains
        _ => (1, 88),
    }
}

type Version = (u32, u32);

/// The packages of the workspace and what they depend on, except for tests.
struct Packages {
    members: BTreeSet<String>,
    by_id: BTreeMap<String, Value>,
    dependencies: BTreeMap<String, Vec<String>>,
}

impl Packages {
    fn read() -> Self {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(["metadata", "--format-version", "1", "--locked", "--all-features"]);
        let output = command.current_dir(test_support::root()).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
        let list = |value: &Value| value.as_array().unwrap().clone();
        let id = |value: &Value| value.as_str().unwrap().to_owned();
        let is_used = |dependency: &Value| list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"] != "dev");
        let used = |node: &Value| {
            let dependencies = list(&node["deps"]).into_iter().filter(is_used);
            dependencies.map(|dependency| id(&dependency["pkg"])).collect()
        };
        let nodes = list(&metadata["resolve"]["nodes"]);
        Self {
            members: list(&metadata["workspace_members"]).iter().map(id).collect(),
            by_id: list(&metadata["packages"]).into_iter().map(|package| (id(&package["id"]), package)).collect(),
            dependencies: nodes.iter().map(|node| (id(&node["id"]), used(node))).collect(),
        }
    }

    /// Returns the highest version that a dependency of a package requires, and that dependency.
    fn required(&self, package: &str) -> (Version, String) {
        let mut seen = BTreeSet::new();
        let mut open = vec![package];
        let name = self.by_id[package]["name"].as_str().unwrap();
        let mut highest = (required_by_code(name), "our own code".to_owned());
        while let Some(next) = open.pop() {
            for dependency in &self.dependencies[next] {
                if seen.insert(dependency) {
                    open.push(dependency);
                    if !self.members.contains(dependency) {
                        highest = highest.max((self.version(dependency), dependency.clone()));
                    }
                }
            }
        }
        highest
    }

    /// Returns the declared version, the lowest of all where none is.
    fn version(&self, package: &str) -> Version {
        let declared = self.by_id[package]["rust_version"].as_str().unwrap_or("1.0");
        let mut numbers = declared.split('.').map(|number| number.parse().unwrap());
        (numbers.next().unwrap(), numbers.next().unwrap_or(0))
    }
}

#[test]
fn every_package_declares_the_lowest_version_that_its_dependencies_allow() {
    let packages = Packages::read();
    for member in &packages.members {
        let (required, by) = packages.required(member);
        assert_eq!(packages.version(member), required, "{member}: {by} requires {required:?}");
    }
}

#[test]
fn documentation_and_the_job_name_the_declared_versions() {
    let packages = Packages::read();
    let declared: BTreeSet<Version> = packages.members.iter().map(|member| packages.version(member)).collect();
    for name in ["README.md", "CONTRIBUTING.md", ".ci/run"] {
        let text = std::fs::read_to_string(test_support::root().join(name)).unwrap();
        for (major, minor) in &declared {
            assert!(text.contains(&format!("{major}.{minor}")), "{name} does not name Rust {major}.{minor}");
        }
    }
}
