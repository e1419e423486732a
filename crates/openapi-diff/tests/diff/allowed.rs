//! The allow file, and the forms in which changes are reported.

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
fn an_entry_takes_one_change_out_of_the_verdicts() {
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
fn entries_that_allow_nothing_or_are_over_or_say_too_little_are_errors() {
    let (base, revision) = pair();
    let refused = |text: &str| -> Vec<String> {
        let applied = allow(text).and_then(|allowed| {
            let result = allowed.apply(&mut both(&base, &revision), TODAY);
            result.map_err(|problems| problems.iter().map(|problem| problem.lines().join(" | ")).collect())
        });
        applied.err().unwrap_or_default()
    };
    for (text, expected) in [
        ("- {id: max-length-lowered, pointer: /x, reason: r, expires: 2027-01-01}", "allows nothing"),
        ("- {id: max-length-lowered, pointer: /x, reason: r, expires: 2026-11-24}", "has expired on 2026-11-24"),
        ("- {id: no-such-change, pointer: /x, reason: r, expires: 2027-01-01}", "is the id of no change"),
        ("- {id: max-length-lowered, pointer: /x, expires: 2027-01-01}", "no text for `reason`"),
        ("- {id: max-length-lowered, reason: r, expires: 2027-01-01}", "no text for `pointer`"),
        ("- {id: max-length-lowered, pointer: '', reason: r, expires: 2027-01-01}", "allows nothing"),
        ("- {id: max-length-lowered, pointer: /x, reason: r, expires: soon}", "is no day"),
        ("- {id: max-length-lowered, pointer: /x, reason: r, expires: 2027-01-01, until: x}", "has no `until`"),
        ("id: max-length-lowered", "is a list of entries"),
    ] {
        let problems = refused(text);
        assert!(
            problems.iter().any(|problem| problem.contains(expected) && problem.contains("allow.yaml:1:")),
            "{text}: {problems:?}"
        );
    }
}

#[test]
fn other_programs_read_the_same_changes() {
    let folder = tempfile::tempdir().unwrap();
    let (base, revision) = pair();
    let file = |name: &str, value: &serde_json::Value| {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("{value:#}")).unwrap();
        Source::read(&path.display().to_string()).unwrap()
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
