//! `diff` beside oasdiff: on which pairs of documents both call the change breaking, and why they differ on the others.
//!
//! The pairs follow the checks of oasdiff, in every place of a document and in both directions; the table has the
//! verdict of oasdiff on each. `OASDIFF=PATH cargo bench -p openapi-diff --bench verdicts` runs it again, and fails
//! when its verdict differs from the table; `cargo test` takes the table. Both fail when the verdicts differ for
//! another reason than those below.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a bench that cannot go on fails")]

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use openapi::Document;
use openapi_diff::{ChangeKind, Verdict, wire_changes};
use serde_json::{Map, Value, json};

/// Why a change is breaking here and information there, or an error there and compatible here: by the kind of change.
const ON_PURPOSE: &[(char, &[ChangeKind], &str)] = &[
    (
        'I',
        &[
            ChangeKind::SecurityAdded,
            ChangeKind::SecurityAlternativeRemoved,
            ChangeKind::SecurityChanged,
            ChangeKind::SecurityScopeNeeded,
            ChangeKind::SecuritySchemeChanged,
        ],
        "callers without the new credentials are refused",
    ),
    (
        'I',
        &[ChangeKind::EnumValueRemoved, ChangeKind::TypeNarrowed, ChangeKind::DemandsAdded],
        "a value that was taken in requests is refused",
    ),
    (
        'I',
        &[ChangeKind::EnumValueAdded, ChangeKind::EnumUnset, ChangeKind::AnyOfBranchAdded],
        "a value comes in answers that did not come",
    ),
    (
        'I',
        &[ChangeKind::PatternChanged, ChangeKind::PatternUnset],
        "clients that check answers by the pattern refuse some, as ours do",
    ),
    (
        'I',
        &[ChangeKind::RequiredPropertyNotReadOnly],
        "what must be given was ignored in requests, and must now be sent",
    ),
    ('I', &[ChangeKind::RequiredPropertyWriteOnly], "what was always in the answer no longer is"),
    (
        'I',
        &[ChangeKind::PropertyNotRequired],
        "a webhook's request comes from the server, and lacks what was always there",
    ),
    ('E', &[ChangeKind::PropertyRequired], "a webhook's request comes from the server, and has more than before"),
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
        "every value that was taken in requests still is",
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
        "every value that comes in answers came before",
    ),
    ('E', &[ChangeKind::SchemaRestated], "the same values, said in another way"),
    ('E', &[ChangeKind::ResponseContentNarrowed], "the content type is one of those that it could be"),
];

struct Pair {
    name: String,
    base: Value,
    revision: Value,
    /// The worst that oasdiff says: an error, a warning, information or nothing, as `E`, `W`, `I` or `.`.
    theirs: char,
}

fn main() {
    let is_bench = std::env::args().any(|one| one == "--bench");
    let pairs = pairs();
    let oasdiff = std::env::var_os("OASDIFF").unwrap_or_else(|| "oasdiff".into());
    match Command::new(&oasdiff).arg("--version").output() {
        Ok(version) if is_bench => {
            println!("{}", String::from_utf8_lossy(&version.stdout).trim());
            let folder = tempfile::tempdir().unwrap();
            let files = ["base.json", "revision.json"].map(|name| folder.path().join(name));
            for pair in &pairs {
                fs::write(&files[0], pair.base.to_string()).unwrap();
                fs::write(&files[1], pair.revision.to_string()).unwrap();
                let said = asked(&oasdiff, &files[0], &files[1]);
                assert_eq!(said, pair.theirs, "{}: oasdiff says something else than is written", pair.name);
            }
        }
        Err(error) if is_bench => println!("oasdiff is taken from what is written: {error}"),
        _ => {}
    }

    let mut counts: BTreeMap<(char, bool), usize> = BTreeMap::new();
    let mut purposes: Vec<usize> = vec![0; ON_PURPOSE.len()];
    let mut unexplained = Vec::new();
    for Pair { name, base, revision, theirs } in &pairs {
        let changes = wire_changes(base, revision, "2026-11-25").unwrap();
        let breaking = changes.iter().any(|change| change.wire == Verdict::Breaking);
        *counts.entry((*theirs, breaking)).or_default() += 1;
        if matches!((theirs, breaking), ('E', false) | ('I', true)) {
            let kinds: Vec<_> = changes
                .iter()
                .filter(|change| !breaking || change.wire == Verdict::Breaking)
                .map(|one| one.kind)
                .collect();
            let reason = ON_PURPOSE
                .iter()
                .position(|(of, known, _)| of == theirs && kinds.iter().all(|kind| known.contains(kind)));
            match reason {
                Some(at) => purposes[at] += 1,
                None => unexplained.push(format!("{name}: {theirs} {kinds:?}")),
            }
        }
    }
    let count = |theirs, breaking| counts.get(&(theirs, breaking)).copied().unwrap_or_default();
    println!("{:<24} {:>8} {:>12}", "oasdiff says", "breaking", "not breaking");
    for (letter, word) in [('E', "an error"), ('W', "a warning"), ('I', "information"), ('.', "nothing")] {
        println!("{word:<24} {:>8} {:>12}", count(letter, true), count(letter, false));
    }
    let agreed = count('E', true) + count('I', false);
    let all = agreed + count('E', false) + count('I', true);
    println!(
        "{} pairs; of {all} with an error or information, both agree on {agreed}; the others on purpose:",
        pairs.len()
    );
    for ((theirs, kinds, reason), count) in ON_PURPOSE.iter().zip(&purposes) {
        let ids: Vec<_> = kinds.iter().map(|kind| kind.id()).collect();
        println!("{count:>4} {theirs} {reason} ({})", ids.join(", "));
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
            theirs: back,
        });
        pairs.push(Pair { name: name.to_owned(), base, revision, theirs: there });
    };
    for row in table.value()["schemas"].as_array().unwrap() {
        let text = |key: &str| row[key].as_str().unwrap();
        for ((place, at), letters) in PLACES.iter().zip(text("oasdiff").split(' ')) {
            let document = |key: &str| {
                let mut document = smallest();
                merge(&mut document, &json!({"openapi": text("openapi"), "components": {"schemas": components()}}));
                merge(&mut document, &at(&row[key]));
                document
            };
            add(&format!("{} in {place}", text("name")), document("base"), document("revision"), letters);
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

type Place = fn(&Value) -> Value;

/// Where a schema can stand, in the order of the table's letters.
const PLACES: [(&str, Place); 5] = [
    ("a request", |schema| in_operation(json!({"requestBody": content(schema)}))),
    ("a response", |schema| in_operation(json!({"responses": {"200": content(schema)}}))),
    ("a request's property", |schema| in_operation(json!({"requestBody": content(&property(schema))}))),
    ("a response's property", |schema| in_operation(json!({"responses": {"200": content(&property(schema))}}))),
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

/// The worst that oasdiff says of a pair.
fn asked(oasdiff: &std::ffi::OsStr, base: &Path, revision: &Path) -> char {
    let output = Command::new(oasdiff).args(["changelog", "--format", "json"]).args([base, revision]).output().unwrap();
    let said: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let changes = said.get("changes").unwrap_or(&said).as_array().cloned().unwrap_or_default();
    match changes.iter().filter_map(|change| change["level"].as_u64()).max() {
        Some(3) => 'E',
        Some(2) => 'W',
        Some(1) => 'I',
        _ => '.',
    }
}
