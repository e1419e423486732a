//! Compares the compiled types and their JSON Schemas with the document on boundary values.
//!
//! `cargo xtask check --full` runs these tests and reads their findings.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::{collections::BTreeSet, path::Path};

use blynk_platform::TYPES;
use cargo_run::Test;
use generator_tests::conform::{Comparison, Conformance, Refusal, Subject};
use openapi::json_schema::json_schema;
use pages::Sources;
use serde_json::{Value, json};

fn sources() -> Sources {
    Sources::load(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Returns the original document that contains the schema: the published one, or the transcribed one.
fn original<'a>(sources: &'a Sources, pointer: &str) -> &'a Value {
    let published = sources.document.value();
    if published.pointer(pointer).is_some() { published } else { sources.transcribed.value() }
}

#[test]
fn every_schema_has_a_type() {
    let test = Test::start("every_schema_has_a_type");
    let sources = sources();
    let corrected = sources.corrected().unwrap();
    let named: BTreeSet<_> = TYPES.iter().map(|entry| entry.pointer).collect();
    let mut missing = Vec::new();
    for name in corrected["components"]["schemas"].as_object().unwrap().keys() {
        let pointer = openapi::pointer::join("/components/schemas", name);
        if !named.contains(pointer.as_str()) {
            missing.push(format!("{pointer} has no compiled type"));
        }
    }
    assert!(TYPES.len() >= 5, "the table of types is almost empty");
    test.report(&missing);
}

/// Other programs use the schemas of `schemars`, which must accept and reject the same values as the document.
#[test]
fn schemas_of_the_types_agree_with_the_document() {
    let test = Test::start("schemas_of_the_types_agree_with_the_document");
    let found = compare_schemas(|_| {});
    assert_eq!(found.not_validated, []);
    assert!(found.valid > 50 && found.invalid > 50, "too few boundary values: {found:?}");
    let drift: Vec<_> = found.problems().map(|problem| format!("the schema of {problem}")).collect();
    test.report(&drift);
}

#[test]
fn finds_a_changed_schema_of_a_type() {
    for (keyword, value) in [("maxLength", json!(3)), ("type", json!("integer")), ("required", json!(["other"]))] {
        let found = compare_schemas(|schema| set_everywhere(schema, keyword, &value));
        assert!(found.problems().next().is_some(), "{keyword} {value}");
    }
}

/// Compares the schemas of all types, changed by `change`, with the document.
fn compare_schemas(change: impl Fn(&mut Value)) -> Conformance {
    let corrected = sources().corrected().unwrap();
    let unrepresented = codegen::generate(&corrected, &pages::settings()).unwrap().unrepresented;
    let subjects = subjects();
    let mut found = Conformance::default();
    for (entry, subject) in TYPES.iter().zip(&subjects) {
        let mut schema = bounded((entry.schema)().to_value());
        change(&mut schema);
        let validator = validation().build(&schema).unwrap();
        let comparison = Comparison::new(&corrected, &unrepresented, &subjects);
        found.add(comparison.of(subject, |value| validator.validate(value).map_err(|error| Refusal::of(&error))));
    }
    found
}

/// Sets a keyword in every subschema that has it.
fn set_everywhere(schema: &mut Value, keyword: &str, value: &Value) {
    match schema {
        Value::Object(map) => {
            for (key, child) in map {
                if key == keyword {
                    child.clone_from(value);
                } else {
                    set_everywhere(child, keyword, value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| set_everywhere(item, keyword, value)),
        _ => {}
    }
}

/// Adds the bounds of integer formats, which validators ignore.
fn bounded(schema: Value) -> Value {
    match schema {
        Value::Object(map) => {
            let mut map: serde_json::Map<_, _> = map.into_iter().map(|(key, value)| (key, bounded(value))).collect();
            let bounds: Option<(Value, Value)> = match map.get("format").and_then(Value::as_str) {
                Some("int32") => Some((i32::MIN.into(), i32::MAX.into())),
                Some("int64") => Some((i64::MIN.into(), i64::MAX.into())),
                _ => None,
            };
            if let Some((least, most)) = bounds {
                map.entry("minimum").or_insert(least);
                map.entry("maximum").or_insert(most);
            }
            Value::Object(map)
        }
        Value::Array(items) => items.into_iter().map(bounded).collect(),
        other => other,
    }
}

/// Returns the options of the validator. Patterns are translated for the `regex` crate.
fn validation() -> jsonschema::ValidationOptions<'static> {
    jsonschema::options().with_pattern_options(jsonschema::PatternOptions::regex()).should_validate_formats(true)
}

fn subjects() -> Vec<Subject> {
    let subject = |entry: &blynk_platform::TypeEntry| Subject {
        name: entry.name.to_owned(),
        pointer: entry.pointer.to_owned(),
        in_requests: entry.in_requests,
        in_responses: entry.in_responses,
    };
    TYPES.iter().map(subject).collect()
}

#[test]
fn the_types_agree_with_the_original_document() {
    let test = Test::start("the_types_agree_with_the_original_document");
    let sources = sources();
    let unrepresented = codegen::generate(&sources.corrected().unwrap(), &pages::settings()).unwrap().unrepresented;
    let mut found = Conformance::default();
    let subjects = subjects();
    for (subject, entry) in subjects.iter().zip(TYPES) {
        let comparison = Comparison::new(original(&sources, entry.pointer), &unrepresented, &subjects);
        found.add(comparison.of(subject, |value| (entry.read)(value.clone())));
    }
    assert_eq!(found.not_validated, []);
    assert!(found.valid > 50 && found.invalid > 50, "too few boundary values: {found:?}");
    let drift: Vec<_> = found.problems().map(ToString::to_string).collect();
    test.report(&drift);
}

/// The compiled types and the validator must agree on random strings.
#[test]
fn the_types_agree_with_the_document_on_random_strings() {
    let _test = Test::start("the_types_agree_with_the_document_on_random_strings");
    use proptest::{prelude::*, test_runner::TestRunner};
    let sources = sources();
    let types: Vec<_> = TYPES
        .iter()
        .filter(|entry| ["CreateOAuthClientRequestName", "CreateOAuthClientRequestRedirectUrl"].contains(&entry.name))
        .collect();
    assert_eq!(types.len(), 2);
    for entry in types {
        let schema = json_schema(original(&sources, entry.pointer), entry.pointer).unwrap();
        let validator = validation().build(&schema).unwrap();
        let anything = prop_oneof![
            ".{0,70}",
            "[a-zA-Z][a-z0-9+.-]{0,4}:(//)?[!-~]{0,40}",
            "https?://[a-z.:@\\[\\]0-9]{0,12}/[a-z%0-9/?#&=é ]{0,20}",
            "\\PC{60,68}"
        ];
        TestRunner::deterministic()
            .run(&anything, |text| {
                let value = Value::from(text);
                prop_assert_eq!(
                    validator.is_valid(&value),
                    (entry.read)(value.clone()).is_ok(),
                    "{}: {}",
                    entry.name,
                    value
                );
                Ok(())
            })
            .unwrap();
    }
}
