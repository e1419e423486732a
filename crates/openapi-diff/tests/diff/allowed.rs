//! The allow file, and the formats of a report.

use openapi::Document;
use openapi_diff::{Allowed, Bump, Report, Source, Verdict};
use report::{github, junit, sarif};
use serde_json::json;

use super::{TODAY, both};

fn pair() -> (serde_json::Value, serde_json::Value) {
    let document = |most: u64| {
        let name = json!({"type": "string", "maxLength": most});
        let schema = json!({"type": "object", "properties": {"name": name}});
        json!({
            "openapi": "3.0.3",
            "info": {"title": "t", "version": "1.2.0"},
            "paths": {
                "/a": {
                    "post": {
                        "operationId": "a",
                        "requestBody": {"content": {"application/json": {"schema": schema}}},
                        "responses": {"204": {"description": "done"}},
                    },
                },
            },
        })
    };
    (document(64), document(32))
}

const POINTER: &str = "/paths/~1a/post/requestBody/content/application~1json/schema/properties/name/maxLength";

fn allow(text: &str) -> Result<Allowed, Vec<String>> {
    Allowed::parse(Document::parse("allow.yaml", text).unwrap())
        .map_err(|problems| problems.iter().map(|problem| problem.lines().join(" | ")).collect())
}

#[test]
fn an_allowed_change_has_no_effect_on_the_verdicts() {
    let (base, revision) = pair();
    let mut comparison = both(&base, &revision);
    assert_eq!((comparison.wire, comparison.bump), (Verdict::Breaking, Bump::Major));
    let text =
        format!("- id: max-length-lowered\n  pointer: {POINTER}\n  reason: nobody sends more\n  expires: 2027-01-01\n");
    allow(&text).unwrap().apply(&mut comparison, TODAY).unwrap();
    assert_eq!((comparison.wire, comparison.rust, comparison.bump), (Verdict::None, Verdict::None, Bump::None));
    assert_eq!(comparison.changes[0].allowed.as_deref(), Some("nobody sends more"));
}

#[test]
fn stale_expired_and_incomplete_entries_are_errors() {
    let (base, revision) = pair();
    let rejected = |text: &str| -> Vec<String> {
        let applied = allow(text).and_then(|allowed| {
            let result = allowed.apply(&mut both(&base, &revision), TODAY);
            result.map_err(|problems| problems.iter().map(|problem| problem.lines().join(" | ")).collect())
        });
        applied.err().unwrap_or_default()
    };
    for (text, expected) in [
        (
            "- {id: max-length-lowered, pointer: /x, reason: r, expires: 2027-01-01}",
            "no change max-length-lowered at /x",
        ),
        ("- {id: max-length-lowered, pointer: /x, reason: r, expires: 2026-11-24}", "expired on 2026-11-24"),
        (
            "- {id: no-such-change, pointer: /x, reason: r, expires: 2027-01-01}",
            "`no-such-change` is not the id of a kind of change",
        ),
        ("- {id: max-length-lowered, pointer: /x, expires: 2027-01-01}", "entry 0 has no string for `reason`"),
        ("- {id: max-length-lowered, reason: r, expires: 2027-01-01}", "entry 0 has no string for `pointer`"),
        ("- {id: max-length-lowered, pointer: '', reason: r, expires: 2027-01-01}", "at the root of the document"),
        ("- {id: max-length-lowered, pointer: /x, reason: r, expires: soon}", "`expires` is not a date: `soon`"),
        (
            "- {id: max-length-lowered, pointer: /x, reason: r, expires: 2027-01-01, until: x}",
            "the unknown key `until`",
        ),
        ("id: max-length-lowered", "the allow file is not an array of entries"),
    ] {
        let problems = rejected(text);
        assert!(
            problems.iter().any(|problem| problem.contains(expected)
                && problem.contains("allow file")
                && problem.contains("allow.yaml:1:")),
            "{text}: {problems:?}"
        );
    }
}

#[test]
fn problems_of_the_allow_file_do_not_mention_documents() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("allow.yaml");
    let rejected = || Allowed::read(&path).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let missing = rejected();
    assert!(missing.contains("the allow file cannot be read") && missing.contains("allow.yaml"), "{missing}");
    for text in ["a: [1\n", "{", "", "{a: 1, a: 2}"] {
        std::fs::write(&path, text).unwrap();
        let invalid = rejected();
        assert!(invalid.contains("the allow file is invalid") && !invalid.contains("document"), "{text}: {invalid}");
    }
}

/// The schema `Name`, used by as many operations as there are paths.
fn shared(max_length: u64, paths: &[&str]) -> serde_json::Value {
    let schema = json!({"$ref": "#/components/schemas/Name"});
    let responses = json!({"200": {"description": "ok", "content": {"application/json": {"schema": schema}}}});
    let paths: serde_json::Map<_, _> =
        paths.iter().map(|path| ((*path).to_owned(), json!({"get": {"responses": responses}}))).collect();
    let schema = json!({"type": "string", "maxLength": max_length});
    json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": paths,
        "components": {"schemas": {"Name": schema}}})
}

#[test]
fn text_and_markdown_list_the_operations_that_use_a_component() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("api.json");
    std::fs::write(&path, shared(1, &[]).to_string()).unwrap();
    let source = Source::read(&path.display().to_string(), None).unwrap();
    for (paths, message, used_by) in [
        (&["/a"][..], "GET /a: response 200: maxLength raised from 1 to 2", None),
        (&["/a", "/b"], "schema \"Name\": maxLength raised from 1 to 2, in responses", Some("GET /a, GET /b")),
        (
            &["/a", "/b", "/c", "/d", "/e"],
            "schema \"Name\": maxLength raised from 1 to 2, in responses",
            Some("GET /a, GET /b, GET /c, and 2 more"),
        ),
    ] {
        let comparison = both(&shared(1, paths), &shared(2, paths));
        assert_eq!(comparison.changes[0].message, message);
        let report = Report { comparison: &comparison, base: &source, revision: &source };
        let (text, markdown) = (report.text(), report.markdown());
        assert_eq!(text.lines().find_map(|line| line.strip_prefix("    used by: ")), used_by, "{text}");
        let line = used_by.map(|used_by| format!(" Used by {used_by}."));
        assert!(markdown.contains(line.as_deref().unwrap_or(message)), "{markdown}");
        assert_eq!(markdown.contains("Used by"), used_by.is_some(), "{markdown}");
    }
}

#[test]
fn a_cycle_of_components_without_an_operation_is_named_by_its_schema() {
    let document = |max_length: u64| {
        let schema = |other: &str, max_length: u64| {
            let other = json!({"$ref": format!("#/components/schemas/{other}")});
            json!({"type": "object", "properties": {"other": other, "name": {"maxLength": max_length}}})
        };
        json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {},
            "components": {"schemas": {"A": schema("B", max_length), "B": schema("A", 1)}}})
    };
    let comparison = both(&document(1), &document(2));
    assert_eq!(comparison.changes[0].message, "schema \"A\": property \"name\": maxLength raised from 1 to 2");
    assert_eq!(comparison.changes[0].used_by, None);
}

#[test]
fn every_format_reports_the_change() {
    let folder = tempfile::tempdir().unwrap();
    let (base, revision) = pair();
    let file = |name: &str, value: &serde_json::Value| {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("{value:#}")).unwrap();
        Source::read(&path.display().to_string(), None).unwrap()
    };
    let (one, other) = (file("base.json", &base), file("revision, <new>.json", &revision));
    let comparison = both(&base, &revision);
    let report = Report { comparison: &comparison, base: &one, revision: &other };
    let shown = folder.path().display().to_string();
    let clean = |text: String| text.replace(&shown, "DIR").replace(&shown.replace(':', "%3A"), "DIR");
    insta::assert_snapshot!("text", clean(report.text()));
    insta::assert_snapshot!("markdown", clean(report.markdown()));
    insta::assert_snapshot!("json", clean(format!("{:#}", report.json())));
    insta::assert_snapshot!("github", clean(github(&report.findings())));
    insta::assert_snapshot!("junit", clean(junit(&report.findings())));
    insta::assert_snapshot!("sarif", clean(format!("{:#}", sarif(&report.findings()))));
}
