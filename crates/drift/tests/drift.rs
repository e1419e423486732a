//! The checks, `import` and `regen` on copies of the workspace with the seed page only.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod copy;

use std::fs;

use blynk_drift::{
    CLIENT, LOCK, MANIFEST, Page, RELEASED, SURFACE, Status, UNREPRESENTED, check, import, regen, regen_released,
};
use openapi::{Cause, Document};
use pages::{DOCUMENT, OVERLAY};
use report::sarif;

use copy::{Copy, PAGE, text};

#[test]
fn an_untouched_copy_is_fresh() {
    assert_eq!(Copy::new().report_text(), "");
}

#[test]
fn reports_the_edited_line_of_the_client() {
    let copy = Copy::new();
    copy.edit(CLIENT, "max_length: Some(64)", "max_length: Some(65)");
    let text = fs::read_to_string(copy.path(CLIENT)).unwrap();
    let line = text.lines().position(|line| line.contains("max_length: Some(65)")).unwrap() + 1;
    let report = copy.check();
    let client = report.checks.iter().find(|check| check.name == "client").unwrap();
    assert_eq!(client.problems[0].line, Some(line));
}

/// On a fresh and a stale copy, and on one that cannot be compared.
#[test]
fn json_reports_match_their_schema() {
    let schema = include_str!("../../../docs/schemas/check.json").parse::<serde_json::Value>().unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let edits = [("\"maxLength\": 64", "\"maxLength\": 64"), ("\"maxLength\": 64", "\"maxLength\": 63"), ("{", "")];
    for ((from, to), status) in edits.into_iter().zip(["fresh", "stale", "failure"]) {
        let copy = Copy::new();
        copy.edit(DOCUMENT, from, to);
        let report = serde_json::to_value(copy.check()).unwrap();
        assert_eq!(report["status"], status);
        assert!(
            validator.is_valid(&report),
            "{:?}",
            validator.iter_errors(&report).map(|e| e.to_string()).collect::<Vec<_>>()
        );
        for (pointer, wrong) in [("/status", "good"), ("/checks/0/problems", ""), ("/checks/0/name", "")] {
            let mut broken = report.clone();
            *broken.pointer_mut(pointer).unwrap() = wrong.into();
            assert!(!validator.is_valid(&broken), "{pointer}");
        }
    }
}

#[test]
fn sarif_reports_match_their_schema() {
    let mut schema = include_str!("schemas/sarif-2.1.0.json").parse::<serde_json::Value>().unwrap();
    // these patterns of the published schema are not valid regular expressions
    for owner in ["run", "toolComponent"] {
        let at = format!("/definitions/{owner}/properties/language");
        schema.pointer_mut(&at).unwrap().as_object_mut().unwrap().remove("pattern").unwrap();
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (from, to) in [("64", "64"), ("\"maxLength\": 64", "\"maxLength\": 63"), ("{", "")] {
        let copy = Copy::new();
        let log = sarif(&copy.edit(DOCUMENT, from, to).check().findings());
        assert!(
            validator.is_valid(&log),
            "{:?}",
            validator.iter_errors(&log).map(|e| e.to_string()).collect::<Vec<_>>()
        );
        let mut broken = log.clone();
        broken["runs"][0]["tool"] = "none".into();
        assert!(!validator.is_valid(&broken));
    }
}

#[test]
fn the_version_must_cover_the_changes_since_the_last_release() {
    let copy = Copy::new();
    let put = |version: &str| copy.put(MANIFEST, format!("[workspace.package]\nversion = \"{version}\"\n").as_bytes());
    put("0.3.1");
    regen_released(&copy.lock()).unwrap();
    assert_eq!(copy.report_text(), "");
    // before 1.0.0, a breaking change requires a new minor version
    copy.edit(OVERLAY, "format: password", "format: uri");
    regen(&copy.lock()).unwrap();
    assert!(copy.report_text().contains("version 0.3.1 is too low: the changes since 0.3.1 require 0.4.0"));
    for (version, status) in [("0.3.2", Status::Stale), ("0.4.0", Status::Fresh), ("1.0.0", Status::Fresh)] {
        put(version);
        assert_eq!(copy.check().status, status, "{version}");
    }
    put("zero");
    assert_eq!(copy.check().status, Status::Failure);
    // the record of the release has a hash too
    put("0.4.0");
    let record = fs::read_to_string(copy.path(RELEASED)).unwrap();
    copy.put(RELEASED, record.replace("0.3.1", "0.3.0").as_bytes());
    assert!(copy.report_text().contains("generated file edited by hand"));
}

#[test]
fn regen_records_an_edit_of_the_document() {
    let copy = Copy::new();
    copy.edit(DOCUMENT, "\"maxLength\": 64", "\"maxLength\": 63");
    let done = regen(&copy.lock()).unwrap();
    assert_eq!(copy.report_text(), "");
    assert!(fs::read_to_string(copy.path(CLIENT)).unwrap().contains("max_length: Some(63)"));
    let pointer = concat!(
        "/paths/~1api~1v1~1organization~1oauth~1clients~1create/post",
        "/requestBody/content/application~1json/schema/properties/name/maxLength"
    );
    assert_eq!(done.known_differences.iter().map(|(pointer, _)| pointer.as_str()).collect::<Vec<_>>(), [pointer]);
    assert!(fs::read_to_string(copy.path(LOCK)).unwrap().contains(pointer));
    // a known difference that is removed from the lock is detected
    let lock = fs::read_to_string(copy.path(LOCK)).unwrap();
    fs::write(copy.path(LOCK), lock.split("[[departure]]").next().unwrap()).unwrap();
    assert_eq!(copy.check().status, Status::Stale);
    fs::write(copy.path(LOCK), lock).unwrap();
    // a second edit is not covered by the first known difference
    copy.edit(DOCUMENT, "\"maxItems\": 10", "\"maxItems\": 9");
    assert_eq!(copy.check().status, Status::Stale);
    // import restores the page's values
    import(&copy.lock(), &[], false).unwrap();
    regen(&copy.lock()).unwrap();
    assert!(copy.contents() == Copy::new().contents(), "the workspace is restored");
}

#[test]
fn regen_repairs_every_generated_file() {
    for (name, from, to) in [
        (CLIENT, "max_length: Some(64)", "max_length: None"),
        (SURFACE, "secret: runtime::Secret", "secret: String"),
        (UNREPRESENTED, "[]", "[1]"),
        (LOCK, "progenitor = \"0.15.1\"", "progenitor = \"0.14.0\""),
        (LOCK, "format_version = 1", "format_version ="),
        (DOCUMENT, "\"maxLength\": 64", "\"maxLength\":  64"),
        (OVERLAY, "format: password", "format: uri"),
    ] {
        let copy = Copy::new();
        copy.edit(name, from, to);
        regen(&copy.lock()).unwrap();
        assert_eq!(copy.report_text(), "", "{name}");
    }
}

#[test]
fn regen_writes_nothing_when_the_document_cannot_be_generated() {
    let copy = Copy::new();
    copy.edit(DOCUMENT, "\"openapi\": \"3.0.3\"", "\"openapi\": \"4.0.0\"");
    let before = copy.contents();
    let problems = regen(&copy.lock()).unwrap_err();
    assert_eq!(problems[0].place().as_deref(), Some("openapi/blynk-platform.json:2:14"), "{}", problems[0]);
    assert!(before == copy.contents());
}

#[test]
fn import_writes_a_page_and_reports_the_changes() {
    let copy = Copy::new();
    let published = fs::read_to_string(copy.path(PAGE)).unwrap();
    let page = |text: String| Page::new("oauth.md", text);
    let same = import(&copy.lock(), &[page(published.clone())], false).unwrap();
    assert_eq!((same.changed.len(), same.changes.differences.len()), (0, 0));

    let newer = published
        .replace("\"maxItems\":10", "\"maxItems\":12")
        .replace("\"name\",\"clientId\",\"secret\"]", "\"name\",\"clientId\"]");
    let imported = import(&copy.lock(), &[page(newer.clone())], false).unwrap();
    assert_eq!(imported.changed, [PAGE, DOCUMENT]);
    let pointers: Vec<_> = imported
        .changes
        .differences
        .iter()
        .map(|one| one.pointer.rsplit('/').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(pointers, ["3", "maxItems"]);
    let (_, removed, added) = imported.changes.lines.iter().find(|(name, ..)| name == "types::OAuthClient").unwrap();
    assert_eq!(
        (removed.join(""), added.join("")),
        ("secret: runtime::Secret".into(), "secret: Option<runtime::Secret>".into())
    );
    assert_eq!(fs::read_to_string(copy.path(PAGE)).unwrap(), newer, "byte for byte");

    assert_eq!(copy.check().status, Status::Stale, "the client is not regenerated yet");
    regen(&copy.lock()).unwrap();
    assert_eq!(copy.report_text(), "");
}

#[test]
fn import_of_an_invalid_page_writes_nothing() {
    let copy = Copy::new();
    let published = fs::read_to_string(copy.path(PAGE)).unwrap();
    let before = copy.contents();
    for (name, page, part) in [
        ("other.md", published.replace("\"maxItems\":10", "\"maxItems\":9"), "conflicting definitions"),
        ("oauth.md", published.replace("\"type\":\"integer\"", "\"type\":\"whole\""), "whole"),
        ("oauth.md", "# nothing".to_owned(), "no OpenAPI document found"),
        ("oauth.md", published[..1000].to_owned(), "unterminated code fence"),
        ("oauth.md", published.replace("\"openapi\":\"3.0.3\",", "\"openapi\":\"3.0.3\",,"), "not valid JSON"),
    ] {
        let problems = import(&copy.lock(), &[Page::new(name, page)], false).unwrap_err();
        assert!(problems[0].what.contains(part), "{}", problems[0]);
        assert!(before == copy.contents(), "{part}: something was written");
    }
}

#[test]
fn compares_a_candidate_document_with_the_committed_code() {
    let copy = Copy::new();
    let text_of = |change: &dyn Fn(&str) -> String| change(&fs::read_to_string(copy.path(DOCUMENT)).unwrap());
    let candidate = |text: String| copy.workspace().with_document(Document::parse("candidate.json", text).unwrap());
    let against = |text: String| check(&candidate(text));

    let same = against(text_of(&|text| serde_json::from_str::<serde_json::Value>(text).unwrap().to_string()));
    assert_eq!(text(&same, &copy.workspace()), "", "white space is not drift");
    let reordered = against(text_of(&|text| {
        let value: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).unwrap();
        serde_json::Value::Object(value.into_iter().rev().collect()).to_string()
    }));
    assert_eq!(text(&reordered, &copy.workspace()), "", "key order is not drift");

    let edited = against(text_of(&|text| text.replace("\"maxItems\": 10", "\"maxItems\": 9")));
    assert_eq!(edited.status, Status::Stale);
    let names: Vec<_> = edited.checks.iter().map(|check| check.name).collect();
    assert_eq!(names, ["document", "overlay", "client", "surface", "unrepresented"]);
    let problem = &edited.checks[0].problems[0];
    assert_eq!(problem.place().as_deref(), Some("candidate.json:131:33"));
    assert_eq!(problem.cause, Some(Cause::DocumentEdited));
}
