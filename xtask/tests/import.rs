//! `cargo xtask import` on pages of our own: every trait of the pages of the documentation, and every way to be broken.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod scratch;

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use scratch::{OURS, Scratch, all, document, operation, ours, page, refs};
use serde_json::{Value, json};

#[test]
fn pages_in_any_order_and_in_any_number_of_steps_give_the_same() {
    let whole = Scratch::new();
    insta::assert_snapshot!("report", whole.said(whole.import(&refs(&all())).done()));
    let expected = whole.openapi();
    for name in OURS {
        let kept = &expected[&Path::new("openapi/pages").join(name)];
        assert!(*kept == fs::read(ours(name)).unwrap(), "{name} is not kept byte for byte");
    }
    let again = whole.xtask(&["import", "--format", "json"]).json();
    assert_eq!((&again["changed"], &again["written"], &again["documents"]), (&json!([]), &json!(false), &json!(27)));

    let mut order = all();
    order.reverse();
    let reversed = Scratch::new();
    reversed.import(&refs(&order)).done();
    assert!(expected == reversed.openapi());

    let steps = Scratch::new();
    for name in [3, 0, 2, 1].map(|index| OURS[index]) {
        let bytes = fs::read(ours(name)).unwrap();
        match name {
            "users.md" => steps.import(&[&ours(name)]).done(),
            // named after its title
            _ => steps.import_from_stdin(&bytes, &[]).done(),
        };
    }
    assert!(expected == steps.openapi());
}

#[test]
fn the_merged_document_has_every_operation_with_its_own_security() {
    let scratch = Scratch::new();
    let imported = scratch.xtask(&[&["import", "--format", "json"], &refs(&all())[..]].concat());
    let imported = imported.done().json();
    assert_eq!(imported["operations"]["added"].as_array().unwrap().len(), 25);
    assert_eq!(imported["operations"]["changed"], json!([]), "security that moved is no change");
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
    scratch.import(&refs(&all())).done();
    assert!(committed == scratch.openapi(), "a second import changes nothing");
    let client = fs::read_to_string(scratch.path("src/client.rs")).unwrap();
    assert!(client.contains("fn rename_device(") && !client.contains("fn request_token("));
}

#[test]
fn the_seed_page_alone_stays_as_it_is_but_for_white_space() {
    let scratch = Scratch::new();
    let page = fs::read_to_string(scratch.path("openapi/pages/oauth.md")).unwrap();
    let published = page.lines().find(|line| line.starts_with("{\"openapi\"")).unwrap();
    let published: Value = serde_json::from_str(published).unwrap();
    // as texts, so that the order counts too
    assert_eq!(scratch.document().to_string(), published.to_string());
}

#[test]
fn nothing_is_written_by_a_dry_run() {
    let scratch = Scratch::new();
    let before = scratch.openapi();
    let said = scratch.said(scratch.import(&[&refs(&all())[..], &["--dry-run"]].concat()).done());
    assert!(said.ends_with("nothing was written\n"), "{said}");
    assert!(before == scratch.openapi());
}

/// An operation that answers with a component.
fn answering_with(id: &str, schema: &str) -> Value {
    let schema_of = json!({"schema": {"$ref": format!("#/components/schemas/{schema}")}});
    let ok = json!({"description": schema, "content": {"application/json": schema_of}});
    json!({"operationId": id, "responses": {"200": ok}})
}

#[test]
fn what_vanishes_from_a_page_is_kept_until_it_is_pruned() {
    let scratch = Scratch::new();
    let two = document(
        json!({"/a": {"get": operation("getA")}, "/b": {"get": answering_with("getB", "B")}}),
        json!({
            "B": {"type": "object", "properties": {"c": {"$ref": "#/components/schemas/C"}}},
            "C": {"type": "string"},
        }),
    );
    scratch.import(&[&scratch.page("letters.md", page("Letters", &two))]).done();
    let one =
        scratch.page("letters.md", page("Letters", &document(json!({"/a": {"get": operation("getA")}}), json!({}))));
    let mut said = scratch.said(scratch.import(&[&one]).done());
    assert_eq!(scratch.document()["paths"]["/b"]["get"]["operationId"], "getB");
    assert_eq!(scratch.document()["components"]["schemas"]["C"]["type"], "string");
    // regen takes it over, check knows of it, and a second import changes nothing
    said += &scratch.said(scratch.xtask(&["regen"]).done());
    scratch.xtask(&["check"]).done();
    let kept = scratch.openapi();
    scratch.import(&[]).done();
    assert!(kept == scratch.openapi());
    said += &scratch.said(scratch.import(&["--prune"]).done());
    assert!(scratch.document()["paths"].get("/b").is_none());
    assert!(scratch.document()["components"]["schemas"].get("C").is_none());
    scratch.import(&[&scratch.page("letters.md", page("Letters", &two))]).done();
    // one that has only moved cannot be kept beside itself
    let moved = document(json!({"/v2/a": {"get": operation("getA")}}), json!({}));
    let moved = scratch.page("letters.md", page("Letters", &moved));
    let refused = scratch.import(&[&moved]);
    assert_eq!(refused.0.status.code(), Some(2));
    said += &scratch.said(&refused);
    said += &scratch.said(scratch.import(&[&moved, "--prune"]).done());
    insta::assert_snapshot!("vanished", said);
}

#[test]
fn a_broken_page_is_refused_with_its_place_and_nothing_is_written() {
    let scratch = Scratch::new();
    let shared = |kind: &str| json!({"Shared": {"type": "object", "properties": {"id": {"type": kind}}}});
    let base = document(json!({"/base": {"get": operation("getBase")}}), shared("string"));
    scratch.import(&[&scratch.page("base.md", page("Base", &base))]).done();
    let before = scratch.openapi();
    let text = |document: &Value| page("T", document);
    let whole = text(&document(json!({"/x": {"get": operation("getX")}}), json!({})));
    let get = |path: &str, operation: Value| text(&document(json!({path: {"get": operation}}), json!({})));
    let fence = |json: &str| format!("# T\n\n```json\n{json}\n```\n");
    let schemas = |schemas: Value| text(&document(json!({}), schemas));
    let without_schema = json!({"operationId": "getX", "parameters": [{"in": "query"}], "responses": {}});
    let answering_otherwise = json!({"operationId": "getBase", "responses": {"200": {"description": "Done"}}});
    let same_id = json!({"/x": {"get": operation("getX")}, "/y": {"get": operation("getX")}});
    let other_scheme = json!({
        "openapi": "3.0.3",
        "info": {"title": "Blynk Platform API", "version": "1.0.0"},
        "components": {"securitySchemes": {"bearerAuth": {"type": "apiKey", "in": "header", "name": "x"}}},
    });
    let other_security = json!({
        "openapi": "3.0.3",
        "security": [{"bearerAuth": []}],
        "paths": {"/base": {"get": operation("getBase")}},
    });
    let lists = json!({"openapi": "3.0.3", "paths": [], "components": {"schemas": []}});
    let title_twice = r#"{"openapi":"3.0.3","info":{"title":"t","title":"u","version":"1"},"paths":{}}"#;
    let pages: Vec<(&str, Vec<u8>)> = vec![
        ("no OpenAPI document", b"# T\n\ntext\n\n```json\n{\"a\": 1}\n```\n".to_vec()),
        ("an empty page", Vec::new()),
        ("cut off in the document", whole.as_bytes()[..80].to_vec()),
        ("cut off before the key", whole.as_bytes()[..34].to_vec()),
        ("cut off behind the document", whole.trim_end().trim_end_matches('`').into()),
        ("bad JSON", fence("{\"openapi\":\"3.0.3\",\"info\":{},,\"paths\":{}}").into()),
        ("bad JSON whose key comes late", fence("{\"info\": {},\n  \"openapi\": \"3.0.3\", oops}").into()),
        ("bad JSON in a list", b"- x\n\n  ~~~\n  {\"openapi\":\"3.0.3\",\n    \"paths\":}\n  ~~~\n".to_vec()),
        ("a key twice", fence(title_twice).into()),
        ("not UTF-8", [whole.as_bytes(), b"\xff\xfe"].concat()),
        ("another version of OpenAPI", whole.replace("3.0.3", "3.2.0").into()),
        ("an older Swagger", whole.replace("\"openapi\":\"3.0.3\"", "\"swagger\":\"2.0\"").into()),
        ("a reference to nothing", get("/x", answering_with("getX", "Nothing")).into()),
        ("a type that is none", schemas(json!({"A": {"type": "whole"}})).into()),
        ("a path without its parameter's schema", get("/x", without_schema).into()),
        ("an operationId that is taken", get("/x", operation("createOAuthClient")).into()),
        ("an operationId twice in one page", text(&document(same_id, json!({}))).into()),
        ("a path that says something else", get("/base", answering_otherwise).into()),
        ("a schema that says something else", schemas(shared("integer")).into()),
        ("a security scheme that says something else", text(&other_scheme).into()),
        ("paths that are a list", text(&lists).into()),
        ("a path that is a text", text(&document(json!({"/x": "y"}), json!({}))).into()),
        ("an operation with other security", text(&other_security).into()),
        ("two problems at once", (fence("{\"openapi\": 1,}") + &fence("{\"openapi\": 2,}")).into()),
    ];
    let mut said = String::new();
    for (title, bytes) in &pages {
        let run = scratch.import(&[&scratch.page("page.md", bytes)]);
        assert_eq!(run.0.status.code(), Some(2), "{title}: {:?}", run.0);
        assert!(before == scratch.openapi(), "{title}: something was written");
        said += &format!("# {title}\n{}\n", scratch.said(&run));
    }
    // one broken page among good ones stops all of them, and every broken page is told
    let broken = [scratch.page("one.md", "# nothing"), scratch.page("two.md", "# nothing")];
    let run = scratch.import(&[&refs(&all())[..], &[&broken[0], &broken[1]]].concat());
    said += &format!("# two broken pages among good ones\n{}\n", scratch.said(&run));
    for (title, arguments) in [
        ("a file that is not there", vec!["in/none.md"]),
        ("a folder", vec!["in"]),
        ("no name of a page", vec!["Cargo.toml"]),
    ] {
        let arguments: Vec<_> = arguments.iter().map(|name| scratch.path(name).display().to_string()).collect();
        let run = scratch.import(&refs(&arguments));
        assert_eq!(run.0.status.code(), Some(2), "{title}");
        said += &format!("# {title}\n{}\n", scratch.said(&run));
    }
    fs::create_dir_all(scratch.path("other")).unwrap();
    fs::write(scratch.path("other/page.md"), &whole).unwrap();
    let (one, two) =
        (scratch.page("page.md", whole.clone() + "more"), scratch.path("other/page.md").display().to_string());
    said += &format!("# two pages of one name\n{}\n", scratch.said(&scratch.import(&[&one, &two])));
    let untold = scratch.import_from_stdin(b"# T\n\ntext", &[]);
    said += &format!("# no document on standard input\n{}\n", scratch.said(&untold));
    said += &format!("# no title\n{}\n", scratch.said(&scratch.import_from_stdin(b"text", &[])));
    assert!(before == scratch.openapi());
    insta::assert_snapshot!("broken", said);
}

#[test]
fn differences_that_a_rule_resolves_are_told() {
    let scratch = Scratch::new();
    let described = |text: &str| {
        document(
            json!({}),
            json!({"Shared": {"type": "object", "description": text, "properties": {"id": {"type": "string"}}}}),
        )
    };
    let mut newer = described("The longer description");
    newer["info"]["version"] = json!("1.1.0");
    newer["openapi"] = json!("3.0.1");
    newer["servers"] = json!([{"url": "https://other.example"}]);
    newer["paths"]["/x"]["get"] = operation("getX");
    let pages = [scratch.page("a.md", page("A", &described("Short"))), scratch.page("z.md", page("Z", &newer))];
    let said = scratch.said(scratch.import(&refs(&pages)).done());
    let merged = scratch.document();
    assert_eq!(merged["components"]["schemas"]["Shared"]["description"], "The longer description");
    assert_eq!(merged["paths"]["/x"]["servers"], newer["servers"], "servers of some pages go with their operations");
    insta::assert_snapshot!("resolved", said);
}

#[test]
fn what_the_overlay_no_longer_fits_is_told_and_mended_afterwards() {
    let scratch = Scratch::new();
    let seed = fs::read_to_string(scratch.path("openapi/pages/oauth.md")).unwrap();
    let renamed = seed.replace("\"secret\"", "\"clientSecret\"");
    let said = scratch.said(scratch.import(&[&scratch.page("oauth.md", renamed)]).done());
    insta::assert_snapshot!("overlay", said);
}

#[test]
fn a_page_of_five_megabytes_is_read_in_well_under_a_second() {
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
    // a debug build on a machine that does other things besides
    assert!(taken < Duration::from_secs(3), "{taken:?}");
}

/// A page that contradicts itself in every way that a rule knows.
const CONTRADICTORY: &str = include_str!("pages/contradictions.md");

#[test]
fn contradictions_are_told_and_can_be_silenced_with_a_reason() {
    let scratch = Scratch::new();
    let page = scratch.page("contradictions.md", CONTRADICTORY);
    let mut said =
        scratch.said(scratch.import(&[&page]).done()).split("operations of the API").next().unwrap().to_owned();
    for rule in blynk_drift::RULES {
        assert!(said.contains(&format!("[{}]", rule.id)), "the page has nothing for {}", rule.id);
    }
    scratch.xtask(&["regen"]).done();
    let warned = scratch.xtask(&["check"]);
    assert!(scratch.said(warned.done()).contains("warning: "), "a warning is no drift");

    let overlay = fs::read_to_string(scratch.path("openapi/overlay.yaml")).unwrap();
    let silenced: String = blynk_drift::RULES
        .iter()
        .map(|rule| format!("  - lint: {}\n    at: ''\n    reason: Told to Blynk.\n", rule.id))
        .collect();
    fs::write(scratch.path("openapi/overlay.yaml"), format!("{overlay}x-silenced:\n{silenced}")).unwrap();
    scratch.xtask(&["regen"]).done();
    let quiet = scratch.said(scratch.xtask(&["check"]).done());
    assert!(!quiet.contains("warning"), "{quiet}");

    let wrong = "  - lint: quote
    at: /paths/~1nowhere
    reason: Was so once.
  - lint: nonsense
    reason: x
  - lint: quote
";
    fs::write(scratch.path("openapi/overlay.yaml"), format!("{overlay}x-silenced:\n{silenced}{wrong}")).unwrap();
    scratch.xtask(&["regen"]).done();
    let stale = scratch.xtask(&["check"]);
    assert_eq!(stale.0.status.code(), Some(1));
    said += &scratch.said(&stale);
    insta::assert_snapshot!("contradictions", said);
}
