//! The verdict for Rust, put to the proof: programs that compile against the code of the base compile against that of a
//! revision, or do not, as `diff` says.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod program;

use std::{collections::BTreeSet, fs, path::Path};

use blynk_self_test::check_verdicts_on;
use generator_tests::mutate::{Edit, MutantKind, mutants};
use openapi::Document;
use openapi_diff::{Terms, Verdict, compare};
use serde_json::{Value, json};
use test_support::{client_documents, root, skips};

const OPERATION: &str = "/paths/~1api~1v1~1organization~1oauth~1clients~1create/post";
const CLIENT: &str = "/components/schemas/OAuthClient";

/// An edit of our document, what calls as before, and whether that breaks.
struct Witness {
    edit: Edit,
    program: &'static str,
    verdict: Verdict,
}

fn set(at: &str, value: Value) -> Edit {
    Edit::Set(at.to_owned(), value)
}

fn witnesses() -> Vec<Witness> {
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
    let one = |edit: Edit, program: &'static str, verdict: Verdict| Witness { edit, program, verdict };
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

/// Writes the crate of a document as a member of the workspace.
fn write(folder: &Path, name: &str, document: &Value, programs: &[(String, &str)]) {
    let package = codegen::package(document).unwrap();
    for (file, text) in package.files {
        let path = folder.join(name).join(&file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = if file == "Cargo.toml" {
            let (before, after) = text.split_once("name = \"").unwrap();
            let after = after.split_once('"').unwrap().1;
            // a package of a workspace has no workspace of its own
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
fn programs_compile_against_both_sides_or_break_as_the_verdict_says() {
    if skips("compiles programs against the generated code of every change") {
        return;
    }
    let document = Document::read(&root().join("openapi/blynk-platform.json"), "document").unwrap();
    let base = document.value();
    let folder = tempfile::tempdir().unwrap();
    let witnesses = witnesses();
    let mut members = vec!["base".to_owned()];
    let mut programs = Vec::new();
    for (index, witness) in witnesses.iter().enumerate() {
        let revision = witness.edit.apply(base);
        let terms = Terms { today: "2026-11-25".to_owned(), version: None, ..Terms::default() };
        let comparison = compare(base, &revision, &terms).unwrap();
        assert_eq!(comparison.rust, witness.verdict, "{:?}: {:?}", witness.edit, comparison.changes);
        write(folder.path(), &format!("m{index}"), &revision, &[(format!("w{index}"), witness.program)]);
        members.push(format!("m{index}"));
        programs.push((format!("w{index}"), witness.program));
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
    let (mut broken, mut compiled, mut told) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for message in &messages {
        let path = message["target"]["src_path"].as_str().unwrap_or_default();
        let program = path.strip_prefix(folder.path().canonicalize().unwrap().to_str().unwrap()).unwrap_or_default();
        if message["reason"] == "compiler-artifact" {
            compiled.insert(program.to_owned());
        } else if message["message"]["level"] == "error" {
            broken.insert(program.to_owned());
            told.push(message["message"]["rendered"].to_string());
        }
    }
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    for (index, witness) in witnesses.iter().enumerate() {
        let of = |member: &str| format!("/{member}/src/bin/w{index}.rs");
        assert!(
            compiled.contains(&of("base")),
            "{:?} does not compile against the base: {told:?} {error}",
            witness.program
        );
        let (own, breaks) = (of(&format!("m{index}")), witness.verdict == Verdict::Breaking);
        assert_eq!(
            (broken.contains(&own), compiled.contains(&own)),
            (breaks, !breaks),
            "{:?}: {told:?} {error}",
            witness.edit
        );
    }
}

/// So many changes of each document, spread over all.
const MOST: usize = 8;

/// `cargo xtask prove` does so with one change of each kind of our document; these have every other shape.
#[test]
fn programs_that_use_every_item_compile_or_break_as_the_verdict_says() {
    if skips("compiles programs against the generated code of every change") {
        return;
    }
    let (mut judged, mut breaking, mut wrong) = (0, 0, Vec::new());
    for (name, document) in client_documents() {
        let all: Vec<_> = mutants(&document).into_iter().filter(|mutant| mutant.kind == MutantKind::Semantic).collect();
        let step = (all.len() / MOST) | 1;
        let revisions = all
            .iter()
            .step_by(step)
            .map(|mutant| (format!("{name}: {} at {}", mutant.operator, mutant.pointer), mutant.edit.apply(&document)));
        for one in check_verdicts_on(&root(), &document, revisions.collect()).unwrap() {
            judged += 1;
            breaking += usize::from(!one.unusable.is_empty());
            wrong.extend(one.wrong.into_iter().map(|what| format!("{}: {what}", one.operator)));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(judged > 80 && breaking > 40, "{breaking} of {judged} break");
}
