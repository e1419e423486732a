//! Compares the verdicts of `diff` with those of oasdiff on pairs of documents, and explains each difference.
//!
//! The pairs follow the checks of oasdiff, in five positions of a document and in both directions. `verdicts.yaml` has
//! the verdict of oasdiff on each pair. `OASDIFF=PATH cargo bench -p openapi-diff --bench verdicts` runs oasdiff, and
//! fails if its verdict differs from the table; `cargo test` uses the table. Both fail if a difference between `diff`
//! and oasdiff has no reason below.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a bench that cannot go on fails")]

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use openapi::Document;
use openapi_diff::{ChangeKind, Verdict, wire_changes};
use serde_json::{Map, Value, json};

/// The reasons for differences, by the kind of change: `I` for a change that is breaking here and information in
/// oasdiff, `E` for one that is an error in oasdiff and not breaking here.
const REASONS: &[(char, &[ChangeKind], &str)] = &[
    (
        'I',
        &[
            ChangeKind::SecurityAdded,
            ChangeKind::SecurityAlternativeRemoved,
            ChangeKind::SecurityChanged,
            ChangeKind::SecurityScopeNeeded,
            ChangeKind::SecuritySchemeChanged,
        ],
        "requests without the new credentials are rejected",
    ),
    (
        'I',
        &[ChangeKind::EnumValueRemoved, ChangeKind::TypeNarrowed, ChangeKind::DemandsAdded],
        "a value that was accepted in requests is rejected",
    ),
    (
        'I',
        &[ChangeKind::EnumValueAdded, ChangeKind::EnumUnset, ChangeKind::AnyOfBranchAdded],
        "responses have a value that they did not have",
    ),
    (
        'I',
        &[ChangeKind::PatternChanged, ChangeKind::PatternUnset],
        "clients that validate responses reject some of them, as generated clients do",
    ),
    (
        'I',
        &[ChangeKind::RequiredPropertyNotReadOnly],
        "a required property that requests did not have must now be sent",
    ),
    ('I', &[ChangeKind::RequiredPropertyWriteOnly], "a property that was in every response no longer is"),
    ('I', &[ChangeKind::PropertyNotRequired], "a webhook receives requests without a property that was always there"),
    ('E', &[ChangeKind::PropertyRequired], "a webhook receives requests with a property more"),
    (
        'E',
        &[
            ChangeKind::UnionIntroduced,
            ChangeKind::NullAllowed,
            ChangeKind::TypeWidened,
            ChangeKind::EnumUnset,
            ChangeKind::DemandsDropped,
            ChangeKind::PrefixItemRemoved,
        ],
        "every value that was accepted in requests still is",
    ),
    (
        'E',
        &[
            ChangeKind::UnionReduced,
            ChangeKind::NullRefused,
            ChangeKind::TypeNarrowed,
            ChangeKind::DemandsAdded,
            ChangeKind::PrefixItemAdded,
        ],
        "every value of the new responses was in responses before",
    ),
    ('E', &[ChangeKind::SchemaRestated], "the schema accepts the same values"),
    ('E', &[ChangeKind::ResponseContentNarrowed], "the content type is one that the range included"),
];

struct Pair {
    name: String,
    base: Value,
    revision: Value,
    /// The worst verdict of oasdiff: `E` for an error, `W` for a warning, `I` for information, `.` for none.
    oasdiff: char,
}

fn main() {
    let is_bench = std::env::args().any(|one| one == "--bench");
    let pairs = pairs();
    let program = std::env::var_os("OASDIFF").unwrap_or_else(|| "oasdiff".into());
    match Command::new(&program).arg("--version").output() {
        Ok(version) if is_bench => {
            println!("{}", String::from_utf8_lossy(&version.stdout).trim());
            let folder = tempfile::tempdir().unwrap();
            let files = ["base.json", "revision.json"].map(|name| folder.path().join(name));
            for pair in &pairs {
                fs::write(&files[0], pair.base.to_string()).unwrap();
                fs::write(&files[1], pair.revision.to_string()).unwrap();
                let verdict = verdict_of(&program, &files[0], &files[1]);
                assert_eq!(verdict, pair.oasdiff, "{}: the verdict of oasdiff differs from the table", pair.name);
            }
        }
        Err(error) if is_bench => println!("using the verdicts of the table, since oasdiff cannot be run: {error}"),
        _ => {}
    }

    let mut counts: BTreeMap<(char, bool), usize> = BTreeMap::new();
    let mut explained: Vec<usize> = vec![0; REASONS.len()];
    let mut unexplained = Vec::new();
    for Pair { name, base, revision, oasdiff } in &pairs {
        let changes = wire_changes(base, revision, "2026-11-25").unwrap();
        let breaking = changes.iter().any(|change| change.wire == Verdict::Breaking);
        *counts.entry((*oasdiff, breaking)).or_default() += 1;
        if matches!((oasdiff, breaking), ('E', false) | ('I', true)) {
            let kinds: Vec<_> = changes
                .iter()
                .filter(|change| !breaking || change.wire == Verdict::Breaking)
                .map(|one| one.kind)
                .collect();
            let reason = REASONS
                .iter()
                .position(|(of, known, _)| of == oasdiff && kinds.iter().all(|kind| known.contains(kind)));
            match reason {
                Some(at) => explained[at] += 1,
                None => unexplained.push(format!("{name}: {oasdiff} {kinds:?}")),
            }
        }
    }
    let count = |oasdiff, breaking| counts.get(&(oasdiff, breaking)).copied().unwrap_or_default();
    println!("{:<24} {:>8} {:>12}", "oasdiff", "breaking", "not breaking");
    for (letter, word) in [('E', "an error"), ('W', "a warning"), ('I', "information"), ('.', "nothing")] {
        println!("{word:<24} {:>8} {:>12}", count(letter, true), count(letter, false));
    }
    let agreed = count('E', true) + count('I', false);
    let all = agreed + count('E', false) + count('I', true);
    println!(
        "{} pairs; same verdict on {agreed} of {all} with an error or information; reasons for the others:",
        pairs.len()
    );
    for ((oasdiff, kinds, reason), count) in REASONS.iter().zip(&explained) {
        let ids: Vec<_> = kinds.iter().map(|kind| kind.id()).collect();
        println!("{count:>4} {oasdiff} {reason} ({})", ids.join(", "));
        assert!(*count > 0, "no pair differs because {reason}");
    }
    assert_eq!(unexplained, Vec::<String>::new());
}

fn pairs() -> Vec<Pair> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/verdicts.yaml");
    let table = Document::read(&path, "verdicts.yaml").unwrap();
    let mut pairs = Vec::new();
    let mut add = |name: &str, base: Value, revision: Value, letters: &str| {
        let [there, back] = letters.chars().collect::<Vec<_>>().try_into().unwrap();
        pairs.push(Pair {
            name: format!("{name}, back"),
            base: revision.clone(),
            revision: base.clone(),
            oasdiff: back,
        });
        pairs.push(Pair { name: name.to_owned(), base, revision, oasdiff: there });
    };
    for row in table.value()["schemas"].as_array().unwrap() {
        let text = |key: &str| row[key].as_str().unwrap();
        for ((position, at), letters) in POSITIONS.iter().zip(text("oasdiff").split(' ')) {
            let document = |key: &str| {
                let mut document = smallest();
                merge(&mut document, &json!({"openapi": text("openapi"), "components": {"schemas": components()}}));
                merge(&mut document, &at(&row[key]));
                document
            };
            add(&format!("{} in {position}", text("name")), document("base"), document("revision"), letters);
        }
    }
    for row in table.value()["documents"].as_array().unwrap() {
        let document = |key: &str| {
            let mut document = smallest();
            merge(&mut document, &row[key]);
            document
        };
        add(row["name"].as_str().unwrap(), document("base"), document("revision"), row["oasdiff"].as_str().unwrap());
    }
    pairs
}

fn smallest() -> Value {
    json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1.0.0"}, "paths": {"/a/{id}": {
        "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
        "post": {"operationId": "a", "responses": {"200": {"description": "ok"}}},
    }}})
}

fn components() -> Value {
    let object = |name: &str, ty: &str| json!({"type": "object", "properties": {name: {"type": ty}}});
    json!({"Cat": object("n", "string"), "Dog": object("m", "integer"), "Bird": object("w", "boolean")})
}

type Position = fn(&Value) -> Value;

/// The positions of a schema, in the order of the letters in the table.
const POSITIONS: [(&str, Position); 5] = [
    ("a request", |schema| in_operation(json!({"requestBody": content(schema)}))),
    ("a response", |schema| in_operation(json!({"responses": {"200": content(schema)}}))),
    ("a property of a request", |schema| in_operation(json!({"requestBody": content(&property(schema))}))),
    ("a property of a response", |schema| in_operation(json!({"responses": {"200": content(&property(schema))}}))),
    ("a parameter", |schema| in_operation(json!({"parameters": [{"name": "q", "in": "query", "schema": schema}]}))),
];

fn in_operation(operation: Value) -> Value {
    json!({"paths": {"/a/{id}": {"post": operation}}})
}

fn content(schema: &Value) -> Value {
    json!({"content": {"application/json": {"schema": schema}}})
}

fn property(schema: &Value) -> Value {
    json!({"type": "object", "properties": {"p": schema}})
}

/// JSON Merge Patch, RFC 7396.
fn merge(target: &mut Value, patch: &Value) {
    let Some(patch) = patch.as_object() else {
        target.clone_from(patch);
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Some(target) = target.as_object_mut() else { return };
    for (key, value) in patch {
        if value.is_null() {
            target.shift_remove(key);
        } else {
            merge(target.entry(key.clone()).or_insert(Value::Null), value);
        }
    }
}

/// The worst verdict of oasdiff on a pair.
fn verdict_of(program: &std::ffi::OsStr, base: &Path, revision: &Path) -> char {
    let output = Command::new(program).args(["changelog", "--format", "json"]).args([base, revision]).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let changes = report.get("changes").unwrap_or(&report).as_array().cloned().unwrap_or_default();
    match changes.iter().filter_map(|change| change["level"].as_u64()).max() {
        Some(3) => 'E',
        Some(2) => 'W',
        Some(1) => 'I',
        _ => '.',
    }
}
