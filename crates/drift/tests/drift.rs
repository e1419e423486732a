//! A workspace with the seed page alone, broken in one place, and what the checks say about it.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod copy;

use std::fs;

use blynk_drift::{
    CLIENT, LOCK, MANIFEST, Page, RELEASED, SURFACE, Status, UNREPRESENTED, check, import, regen, regen_released,
};
use openapi::{Cause, Document};
use pages::{DOCUMENT, OVERLAY, TRANSCRIBED};
use report::sarif;

use copy::{Copy, PAGE, text};

#[test]
fn an_untouched_copy_is_fresh() {
    assert_eq!(Copy::new().told(), "");
}

/// The text with `LINE` for the lines of the generated client, which move whenever the generator does.
fn without_generated_lines(text: &str) -> String {
    let at = format!("at: {CLIENT}:");
    let masked = |line: &str| match line.split_once(&at) {
        Some((before, place)) => format!("{before}{at}LINE:{}", place.split(':').nth(1).unwrap_or_default()),
        None => line.to_owned(),
    };
    text.lines().map(|line| masked(line) + "\n").collect()
}

#[test]
fn points_at_the_line_of_the_client_that_was_edited() {
    let copy = Copy::new();
    copy.edit(CLIENT, "max_length: Some(64)", "max_length: Some(65)");
    let text = fs::read_to_string(copy.path(CLIENT)).unwrap();
    let line = text.lines().position(|line| line.contains("max_length: Some(65)")).unwrap() + 1;
    let report = copy.check();
    let client = report.checks.iter().find(|check| check.name == "client").unwrap();
    assert_eq!(client.problems[0].line, Some(line));
}

#[test]
fn names_what_where_why_and_the_fix() {
    let mut said = String::new();
    let mut case = |title: &str, copy: &Copy| {
        let before = copy.contents();
        let report = copy.check();
        assert_ne!(report.status, Status::Fresh, "{title}");
        assert!(before == copy.contents(), "{title}: check wrote something");
        said += &format!("# {title}\n{}\n", without_generated_lines(&text(&report, &copy.workspace())));
    };
    let edited = |name: &str, from: &str, to: &str| {
        let copy = Copy::new();
        copy.edit(name, from, to);
        copy
    };
    case("a value of the document edited", &edited(DOCUMENT, "\"maxLength\": 64", "\"maxLength\": 63"));
    case("white space of the document edited", &edited(DOCUMENT, "\"maxLength\": 64", "\"maxLength\":  64"));
    case("a byte of the client edited", &edited(CLIENT, "max_length: Some(64)", "max_length: Some(65)"));
    case("text of the page edited", &edited(PAGE, "# OAuth", "# OAuth "));
    case("the document in the page edited", &edited(PAGE, "\"maxItems\":10", "\"maxItems\":11"));
    case("the page cut off", &{
        let copy = Copy::new();
        let page = fs::read_to_string(copy.path(PAGE)).unwrap();
        fs::write(copy.path(PAGE), &page[..1000]).unwrap();
        copy
    });
    case("the overlay matches nothing", &edited(OVERLAY, "properties.secret", "properties.secrets"));
    case("the overlay says something else", &edited(OVERLAY, "format: password", "format: uri"));
    case("the transcribed document edited", &edited(TRANSCRIBED, "\"expires_in\": {", "\"expires\": {"));
    case("the surface edited", &edited(SURFACE, "secret: runtime::Secret", "secret: String"));
    case("the unrepresented list edited", &edited(UNREPRESENTED, "[]", "[{}]"));
    case("the lock of another generator", &edited(LOCK, "progenitor = \"0.15.1\"", "progenitor = \"0.14.0\""));
    case("the lock broken", &edited(LOCK, "format_version = 1", "format_version ="));
    case("the document cut off", &edited(DOCUMENT, "\"paths\": {", "\"paths\": "));
    case("a key of the document twice", &edited(DOCUMENT, "\"minLength\": 1,", "\"minLength\": 1, \"minLength\": 2,"));
    for name in [DOCUMENT, CLIENT, LOCK] {
        let copy = Copy::new();
        fs::remove_file(copy.path(name)).unwrap();
        case(&format!("{name} removed"), &copy);
    }
    insta::assert_snapshot!("messages", said);
}

/// The reports of copies that are fresh, stale and beyond comparing.
#[test]
fn reports_are_as_their_schema_says() {
    let schema = include_str!("../../../docs/schemas/check.json").parse::<serde_json::Value>().unwrap();
    let judge = jsonschema::validator_for(&schema).unwrap();
    let edits = [("\"maxLength\": 64", "\"maxLength\": 64"), ("\"maxLength\": 64", "\"maxLength\": 63"), ("{", "")];
    for ((from, to), status) in edits.into_iter().zip(["fresh", "stale", "failure"]) {
        let copy = Copy::new();
        copy.edit(DOCUMENT, from, to);
        let report = serde_json::to_value(copy.check()).unwrap();
        assert_eq!(report["status"], status);
        assert!(judge.is_valid(&report), "{:?}", judge.iter_errors(&report).map(|e| e.to_string()).collect::<Vec<_>>());
        for (pointer, wrong) in [("/status", "good"), ("/checks/0/problems", ""), ("/checks/0/name", "")] {
            let mut broken = report.clone();
            *broken.pointer_mut(pointer).unwrap() = wrong.into();
            assert!(!judge.is_valid(&broken), "{pointer}");
        }
    }
}

#[test]
fn reports_are_valid_sarif() {
    let mut schema = include_str!("schemas/sarif-2.1.0.json").parse::<serde_json::Value>().unwrap();
    // the published schema has a bracket too many here, which makes no regular expression
    for owner in ["run", "toolComponent"] {
        let at = format!("/definitions/{owner}/properties/language");
        schema.pointer_mut(&at).unwrap().as_object_mut().unwrap().remove("pattern").unwrap();
    }
    let judge = jsonschema::validator_for(&schema).unwrap();
    for (from, to) in [("64", "64"), ("\"maxLength\": 64", "\"maxLength\": 63"), ("{", "")] {
        let copy = Copy::new();
        let log = sarif(&copy.edit(DOCUMENT, from, to).check().findings());
        assert!(judge.is_valid(&log), "{:?}", judge.iter_errors(&log).map(|e| e.to_string()).collect::<Vec<_>>());
        let mut broken = log.clone();
        broken["runs"][0]["tool"] = "none".into();
        assert!(!judge.is_valid(&broken));
    }
}

#[test]
fn the_version_must_say_what_has_changed_since_the_last_release() {
    let copy = Copy::new();
    let put = |version: &str| copy.put(MANIFEST, format!("[workspace.package]\nversion = \"{version}\"\n").as_bytes());
    put("0.3.1");
    regen_released(&copy.exclusive()).unwrap();
    assert_eq!(copy.told(), "");
    // what breaks asks for 0.4.0 before 1.0.0
    copy.edit(OVERLAY, "format: password", "format: uri");
    regen(&copy.exclusive()).unwrap();
    insta::assert_snapshot!("version", copy.told());
    for (version, status) in [("0.3.2", Status::Stale), ("0.4.0", Status::Fresh), ("1.0.0", Status::Fresh)] {
        put(version);
        assert_eq!(copy.check().status, status, "{version}");
    }
    put("zero");
    assert_eq!(copy.check().status, Status::Failure);
    // the record is generated too
    put("0.4.0");
    let record = fs::read_to_string(copy.path(RELEASED)).unwrap();
    copy.put(RELEASED, record.replace("0.3.1", "0.3.0").as_bytes());
    assert!(copy.told().contains("generated file edited by hand"));
}

#[test]
fn regen_heals_an_edited_document_and_keeps_the_edit_in_sight() {
    let copy = Copy::new();
    copy.edit(DOCUMENT, "\"maxLength\": 64", "\"maxLength\": 63");
    let done = regen(&copy.exclusive()).unwrap();
    assert_eq!(copy.told(), "");
    assert!(fs::read_to_string(copy.path(CLIENT)).unwrap().contains("max_length: Some(63)"));
    let pointer = concat!(
        "/paths/~1api~1v1~1organization~1oauth~1clients~1create/post",
        "/requestBody/content/application~1json/schema/properties/name/maxLength"
    );
    assert_eq!(done.departures, [pointer]);
    assert!(fs::read_to_string(copy.path(LOCK)).unwrap().contains(pointer));
    // a departure that is struck from the lock does not go unseen
    let lock = fs::read_to_string(copy.path(LOCK)).unwrap();
    fs::write(copy.path(LOCK), lock.split("[[departure]]").next().unwrap()).unwrap();
    assert_eq!(copy.check().status, Status::Stale);
    fs::write(copy.path(LOCK), lock).unwrap();
    // a second edit is not covered by the first departure
    copy.edit(DOCUMENT, "\"maxItems\": 10", "\"maxItems\": 9");
    assert_eq!(copy.check().status, Status::Stale);
    // and the page's values can be had back
    import(&copy.exclusive(), &[], false).unwrap();
    regen(&copy.exclusive()).unwrap();
    assert!(copy.contents() == Copy::new().contents(), "the workspace is as it was");
}

#[test]
fn regen_heals_whatever_is_generated() {
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
        regen(&copy.exclusive()).unwrap();
        assert_eq!(copy.told(), "", "{name}");
    }
}

#[test]
fn regen_writes_nothing_when_the_document_cannot_be_generated() {
    let copy = Copy::new();
    copy.edit(DOCUMENT, "\"openapi\": \"3.0.3\"", "\"openapi\": \"3.2.0\"");
    let before = copy.contents();
    let problems = regen(&copy.exclusive()).unwrap_err();
    assert_eq!(problems[0].place().as_deref(), Some("openapi/blynk-platform.json:2:14"), "{}", problems[0]);
    assert!(before == copy.contents());
}

#[test]
fn import_takes_a_page_over_and_says_what_changed() {
    let copy = Copy::new();
    let published = fs::read_to_string(copy.path(PAGE)).unwrap();
    let page = |text: String| Page::new("oauth.md", text);
    let same = import(&copy.exclusive(), &[page(published.clone())], false).unwrap();
    assert_eq!((same.changed.len(), same.changes.differences.len()), (0, 0));

    let newer = published
        .replace("\"maxItems\":10", "\"maxItems\":12")
        .replace("\"name\",\"clientId\",\"secret\"]", "\"name\",\"clientId\"]");
    let imported = import(&copy.exclusive(), &[page(newer.clone())], false).unwrap();
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
    regen(&copy.exclusive()).unwrap();
    assert_eq!(copy.told(), "");
}

#[test]
fn import_refuses_whole_what_it_cannot_take_whole() {
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
        let problems = import(&copy.exclusive(), &[Page::new(name, page)], false).unwrap_err();
        assert!(problems[0].what.contains(part), "{}", problems[0]);
        assert!(before == copy.contents(), "{part}: something was written");
    }
}

#[test]
fn another_document_is_held_against_the_committed_code() {
    let copy = Copy::new();
    let text_of = |change: &dyn Fn(&str) -> String| change(&fs::read_to_string(copy.path(DOCUMENT)).unwrap());
    let candidate = |text: String| copy.workspace().with_document(Document::parse("candidate.json", text).unwrap());
    let against = |text: String| check(&candidate(text));

    let same = against(text_of(&|text| serde_json::from_str::<serde_json::Value>(text).unwrap().to_string()));
    assert_eq!(text(&same, &copy.workspace()), "", "white space is no drift");
    let reordered = against(text_of(&|text| {
        let value: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).unwrap();
        serde_json::Value::Object(value.into_iter().rev().collect()).to_string()
    }));
    assert_eq!(text(&reordered, &copy.workspace()), "", "nor is the order of keys");

    let edited = against(text_of(&|text| text.replace("\"maxItems\": 10", "\"maxItems\": 9")));
    assert_eq!(edited.status, Status::Stale);
    let names: Vec<_> = edited.checks.iter().map(|check| check.name).collect();
    assert_eq!(names, ["document", "overlay", "client", "surface", "unrepresented"]);
    let problem = &edited.checks[0].problems[0];
    assert_eq!(problem.place().as_deref(), Some("candidate.json:131:33"));
    assert_eq!(problem.cause, Some(Cause::DocumentEdited));
}
