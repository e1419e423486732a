//! `cargo xtask import` on test pages with every feature of the published pages. Its messages are in `messages.rs`.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod scratch;

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use scratch::{PAGES, Scratch, all_pages, document, operation, page, page_path, refs};
use serde_json::{Value, json};

#[test]
fn the_result_is_independent_of_the_order_of_pages() {
    let scratch = Scratch::new();
    scratch.import(&refs(&all_pages())).done();
    let expected = scratch.openapi();
    for name in PAGES {
        let kept = &expected[&Path::new("openapi/pages").join(name)];
        assert!(*kept == fs::read(page_path(name)).unwrap(), "{name} is not kept byte for byte");
    }
    let again = scratch.xtask(&["import", "--format", "json"]).json();
    assert_eq!((&again["changed"], &again["written"], &again["documents"]), (&json!([]), &json!(false), &json!(27)));

    let mut order = all_pages();
    order.reverse();
    let reversed = Scratch::new();
    reversed.import(&refs(&order)).done();
    assert!(expected == reversed.openapi());

    let steps = Scratch::new();
    for name in [3, 0, 2, 1].map(|index| PAGES[index]) {
        let bytes = fs::read(page_path(name)).unwrap();
        match name {
            "users.md" => steps.import(&[&page_path(name)]).done(),
            // named after its title
            _ => steps.import_from_stdin(&bytes, &[]).done(),
        };
    }
    assert!(expected == steps.openapi());
}

#[test]
fn merges_every_operation_with_its_security() {
    let scratch = Scratch::new();
    let imported = scratch.xtask(&[&["import", "--format", "json"], &refs(&all_pages())[..]].concat());
    let imported = imported.done().json();
    assert_eq!(imported["operations"]["added"].as_array().unwrap().len(), 25);
    assert_eq!(imported["operations"]["changed"], json!([]), "moved security is not a change");
    let document = scratch.document();
    assert!(document.get("security").is_none());
    let paths = document["paths"].as_object().unwrap();
    let operations: Vec<_> = paths.values().flat_map(|item| item.as_object().unwrap()).collect();
    assert_eq!(operations.len(), 26);
    let basic = operations.iter().filter(|(_, operation)| operation["security"] == json!([{"basicAuth": []}])).count();
    let bearer =
        operations.iter().filter(|(_, operation)| operation["security"] == json!([{"bearerAuth": []}])).count();
    assert_eq!((basic, bearer), (2, 24));
    assert_eq!(document["components"]["schemas"]["Device"]["description"], "A device of an organization");
    assert!(paths.contains_key("/oauth2/token?grant_type=refresh_token"));
    scratch.xtask(&["regen"]).done();
    scratch.xtask(&["check"]).done();
    let committed = scratch.openapi();
    scratch.import(&refs(&all_pages())).done();
    assert!(committed == scratch.openapi(), "a second import changes nothing");
    let client = fs::read_to_string(scratch.path("src/client.rs")).unwrap();
    assert!(client.contains("fn rename_device(") && !client.contains("fn request_token("));
}

#[test]
fn the_document_of_a_single_page_changes_in_white_space_only() {
    let scratch = Scratch::new();
    let page = fs::read_to_string(scratch.path("openapi/pages/oauth.md")).unwrap();
    let published = page.lines().find(|line| line.starts_with("{\"openapi\"")).unwrap();
    let published: Value = serde_json::from_str(published).unwrap();
    // as strings, to compare the order of keys too
    assert_eq!(scratch.document().to_string(), published.to_string());
}

#[test]
fn a_dry_run_writes_nothing() {
    let scratch = Scratch::new();
    let before = scratch.openapi();
    let output = scratch.output(scratch.import(&[&refs(&all_pages())[..], &["--dry-run"]].concat()).done());
    assert!(output.ends_with("nothing was written\n"), "{output}");
    assert!(before == scratch.openapi());
}

#[test]
fn an_operation_is_kept_until_it_is_pruned() {
    let scratch = Scratch::new();
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/B"}}});
    let get_b = json!({"operationId": "getB", "responses": {"200": {"description": "B", "content": content}}});
    let two = document(
        json!({"/a": {"get": operation("getA")}, "/b": {"get": get_b}}),
        json!({
            "B": {"type": "object", "properties": {"c": {"$ref": "#/components/schemas/C"}}},
            "C": {"type": "string"},
        }),
    );
    scratch.import(&[&scratch.page("letters.md", page("Letters", &two))]).done();
    let one = page("Letters", &document(json!({"/a": {"get": operation("getA")}}), json!({})));
    scratch.import(&[&scratch.page("letters.md", one)]).done();
    assert_eq!(scratch.document()["paths"]["/b"]["get"]["operationId"], "getB");
    assert_eq!(scratch.document()["components"]["schemas"]["C"]["type"], "string");
    // regen records it as a known difference, and a second import changes nothing
    let regen = scratch.output(scratch.xtask(&["regen"]).done());
    assert!(regen.contains("known difference: path /b is in the document, but in no page"), "{regen}");
    scratch.xtask(&["check"]).done();
    let kept = scratch.openapi();
    scratch.import(&[]).done();
    assert!(kept == scratch.openapi());
    scratch.import(&["--prune"]).done();
    assert!(scratch.document()["paths"].get("/b").is_none());
    assert!(scratch.document()["components"]["schemas"].get("C").is_none());
}

#[test]
fn merges_pages_with_differences_that_a_rule_resolves() {
    let scratch = Scratch::new();
    let described = |text: &str| document(json!({}), json!({"Shared": {"type": "object", "description": text}}));
    let mut newer = described("The longer description");
    newer["servers"] = json!([{"url": "https://other.example"}]);
    newer["paths"]["/x"]["get"] = operation("getX");
    let pages = [scratch.page("a.md", page("A", &described("Short"))), scratch.page("z.md", page("Z", &newer))];
    scratch.import(&refs(&pages)).done();
    let merged = scratch.document();
    assert_eq!(merged["components"]["schemas"]["Shared"]["description"], "The longer description");
    assert_eq!(merged["paths"]["/x"]["servers"], newer["servers"], "servers of a page move to its operations");
}

#[test]
fn reads_a_page_of_five_megabytes_in_seconds() {
    let example =
        "```json\n{\"id\": 1, \"name\": \"a device\", \"value\": [1, 2, 3], ...}\n```\n\nSome *text* with `code`.\n\n";
    let documents: String = (0..40)
        .map(|number| {
            let path = format!("/x{number}");
            page("T", &document(json!({path: {"get": operation(&format!("getX{number}"))}}), json!({})))
        })
        .collect();
    let text = documents + &example.repeat(5_000_000 / example.len());
    assert!(text.len() > 5_000_000);
    let started = Instant::now();
    let found = pages::extract("big.md", &text).unwrap();
    let taken = started.elapsed();
    assert_eq!(found.documents.len(), 40);
    // a debug build on a loaded machine
    assert!(taken < Duration::from_secs(3), "{taken:?}");
}

#[test]
fn every_lint_rule_warns_and_can_be_suppressed() {
    let scratch = Scratch::new();
    let page = scratch.page("contradictions.md", include_str!("pages/contradictions.md"));
    let output = scratch.output(scratch.import(&[&page]).done());
    for rule in blynk_drift::RULES {
        assert!(output.contains(&format!("[{}]", rule.id)), "the page has no contradiction for {}", rule.id);
    }
    scratch.xtask(&["regen"]).done();
    let output = scratch.output(scratch.xtask(&["check"]).done());
    assert!(output.contains("warning: "), "a warning is not drift");

    let overlay = fs::read_to_string(scratch.path("openapi/overlay.yaml")).unwrap();
    let suppressions: String = blynk_drift::RULES
        .iter()
        .map(|rule| format!("  - lint: {}\n    at: ''\n    reason: Reported to Blynk.\n", rule.id))
        .collect();
    fs::write(scratch.path("openapi/overlay.yaml"), format!("{overlay}x-silenced:\n{suppressions}")).unwrap();
    scratch.xtask(&["regen"]).done();
    let output = scratch.output(scratch.xtask(&["check"]).done());
    assert!(!output.contains("warning"), "{output}");
}
