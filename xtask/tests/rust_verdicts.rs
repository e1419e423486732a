//! The Rust verdict of `diff`, checked with the compiler: usage programs that compile against the base compile against
//! a revision if and only if the verdict is compatible.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod program;

use std::{collections::BTreeSet, fs, path::Path};

use blynk_self_test::check_verdicts_on;
use generator_tests::mutate::{Edit, MutantKind, mutants};
use openapi::Document;
use openapi_diff::{Options, Verdict, compare};
use serde_json::{Value, json};
use test_support::{client_documents, root, skips};

const OPERATION: &str = "/paths/~1api~1v1~1organization~1oauth~1clients~1create/post";
const CLIENT: &str = "/components/schemas/OAuthClient";

/// An edit of the document, a program that uses the edited item, and the expected verdict.
struct UsageProgram {
    edit: Edit,
    program: &'static str,
    verdict: Verdict,
}

fn set(at: &str, value: Value) -> Edit {
    Edit::Set(at.to_owned(), value)
}

fn usage_programs() -> Vec<UsageProgram> {
    use Verdict::{Breaking, Compatible};
    let name = "pub fn w(x: client::types::OAuthClient) -> String { x.name }";
    let call = "pub async fn w(c: &client::Client) -> Option<String> {
        c.create_oauth_client().name(\"x\").org_id(1).send().await.ok().map(|x| x.name)
    }";
    let missing =
        "use client::operations::CreateOAuthClientError as E; pub fn w(e: E) -> bool { matches!(e, E::NotFound(_)) }";
    let operation = |key: &str| format!("{OPERATION}/{key}");
    let property = |key: &str| format!("{CLIENT}/properties/{key}");
    let sent = |key: &str| operation(&format!("requestBody/content/application~1json/schema/properties/{key}"));
    let one = |edit: Edit, program: &'static str, verdict: Verdict| UsageProgram { edit, program, verdict };
    vec![
        one(set(&property("name/type"), json!("integer")), name, Breaking),
        one(set(&property("name/format"), json!("date-time")), name, Breaking),
        one(set(&property("name/nullable"), json!(true)), name, Breaking),
        one(
            set(&format!("{CLIENT}/required"), json!(["name", "clientId", "secret"])),
            "pub fn w(x: client::types::OAuthClient) -> i32 { x.org_id }",
            Breaking,
        ),
        one(
            Edit::Remove(property("redirectUrls")),
            "pub fn w(x: client::types::OAuthClient) { drop(x.redirect_urls); }",
            Breaking,
        ),
        one(
            set(&property("added"), json!({"type": "string"})),
            "use client::types::OAuthClient;
            pub fn w(x: OAuthClient) -> String {
                let OAuthClient { client_id, name: _, org_id: _, redirect_urls: _, secret: _ } = x;
                client_id
            }",
            Breaking,
        ),
        one(Edit::RenameSchema("OAuthClient".to_owned(), "OAuthThing".to_owned()), name, Breaking),
        one(set(&operation("operationId"), json!("addClient")), call, Breaking),
        one(Edit::Remove(sent("orgId")), call, Breaking),
        one(Edit::Remove(operation("responses/404")), missing, Breaking),
        one(set(&operation("responses/418"), json!({"description": "added"})), missing, Compatible),
        one(set(&sent("name/maxLength"), json!(32)), call, Compatible),
        one(
            set(&operation("parameters"), json!([{"name": "page", "in": "query", "schema": {"type": "integer"}}])),
            call,
            Compatible,
        ),
        one(set(&operation("security"), json!([])), call, Compatible),
        one(set("/servers/0/url", json!("https://other.example")), call, Compatible),
    ]
}

/// Writes the generated crate of a document as a member of the workspace.
fn write(folder: &Path, name: &str, document: &Value, programs: &[(String, &str)]) {
    let package = codegen::package(document).unwrap();
    for (file, text) in package.files {
        let path = folder.join(name).join(&file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = if file == "Cargo.toml" {
            let (before, after) = text.split_once("name = \"").unwrap();
            let after = after.split_once('"').unwrap().1;
            // a member must not be a workspace
            let manifest = format!("{before}name = \"{name}\"{after}\n");
            manifest.replace("[workspace]\n", "").replace("\n[lib]\n", "\n[lib]\nname = \"client\"\n")
        } else {
            text
        };
        fs::write(path, text).unwrap();
    }
    for (program, text) in programs {
        let path = folder.join(name).join(format!("src/bin/{program}.rs"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, format!("#![allow(dead_code, unused_imports, deprecated)]\n{text}\nfn main() {{}}\n")).unwrap();
    }
}

#[test]
fn usage_programs_compile_as_the_verdict_says() {
    if skips("compiles usage programs against the client of every mutant") {
        return;
    }
    let document = Document::read(&root().join("openapi/blynk-platform.json"), "document").unwrap();
    let base = document.value();
    let folder = tempfile::tempdir().unwrap();
    let usages = usage_programs();
    let mut members = vec!["base".to_owned()];
    let mut programs = Vec::new();
    for (index, usage) in usages.iter().enumerate() {
        let revision = usage.edit.apply(base);
        let options = Options { today: "2026-11-25".to_owned(), version: None, ..Options::default() };
        let comparison = compare(base, &revision, &options).unwrap();
        assert_eq!(comparison.rust, usage.verdict, "{:?}: {:?}", usage.edit, comparison.changes);
        write(folder.path(), &format!("m{index}"), &revision, &[(format!("w{index}"), usage.program)]);
        members.push(format!("m{index}"));
        programs.push((format!("w{index}"), usage.program));
    }
    write(folder.path(), "base", base, &programs);
    fs::write(folder.path().join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"))
        .unwrap();
    fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();

    let output = program::cargo()
        .args(["check", "--workspace", "--bins", "--keep-going", "--offline", "--message-format", "json"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    let messages: Vec<Value> = messages.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let (mut broken, mut compiled, mut errors) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for message in &messages {
        let path = message["target"]["src_path"].as_str().unwrap_or_default();
        let program = path.strip_prefix(folder.path().canonicalize().unwrap().to_str().unwrap()).unwrap_or_default();
        if message["reason"] == "compiler-artifact" {
            compiled.insert(program.to_owned());
        } else if message["message"]["level"] == "error" {
            broken.insert(program.to_owned());
            errors.push(message["message"]["rendered"].to_string());
        }
    }
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    for (index, usage) in usages.iter().enumerate() {
        let of = |member: &str| format!("/{member}/src/bin/w{index}.rs");
        assert!(
            compiled.contains(&of("base")),
            "{:?} does not compile against the base: {errors:?} {error}",
            usage.program
        );
        let (own, breaks) = (of(&format!("m{index}")), usage.verdict == Verdict::Breaking);
        assert_eq!(
            (broken.contains(&own), compiled.contains(&own)),
            (breaks, !breaks),
            "{:?}: {errors:?} {error}",
            usage.edit
        );
    }
}

/// The most mutants of each document, spread over it.
const MOST: usize = 8;

/// `cargo xtask prove` does the same with our document; these documents have the other shapes.
#[test]
fn usage_programs_of_every_item_compile_as_the_verdict_says() {
    if skips("compiles usage programs against the client of every mutant") {
        return;
    }
    let (mut checked, mut breaking, mut wrong) = (0, 0, Vec::new());
    for (name, document) in client_documents() {
        let all: Vec<_> = mutants(&document).into_iter().filter(|mutant| mutant.kind == MutantKind::Semantic).collect();
        let step = (all.len() / MOST) | 1;
        let revisions = all
            .iter()
            .step_by(step)
            .map(|mutant| (format!("{name}: {} at {}", mutant.operator, mutant.pointer), mutant.edit.apply(&document)));
        for one in check_verdicts_on(&root(), &document, revisions.collect()).unwrap() {
            checked += 1;
            breaking += usize::from(!one.unusable.is_empty());
            wrong.extend(one.wrong.into_iter().map(|what| format!("{}: {what}", one.operator)));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(checked > 80 && breaking > 40, "{breaking} of {checked} break");
}
