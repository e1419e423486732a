//! `Comparison` finds every difference between a type and its document, and explains known ones.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use codegen::UnsupportedKeyword;
use generator_tests::conform::{Cause, Comparison, Conformance, Refusal, Subject, Validator};
use runtime::Constraint;
use serde_json::{Value, json};

const POINTER: &str = "/components/schemas/T";

fn document() -> Value {
    json!({"openapi": "3.0.3", "components": {"schemas": {
        "T": {
            "type": "object",
            "required": ["a"],
            "properties": {"a": {"$ref": "#/components/schemas/A"}, "b": {"type": "integer", "minimum": 3}},
        },
        "A": {"type": "string", "maxLength": 4},
    }}})
}

fn entry(pointer: &str, keyword: &str) -> UnsupportedKeyword {
    let (pointer, keyword) = (pointer.to_owned(), keyword.to_owned());
    UnsupportedKeyword { pointer, keyword, reason: "not yet".to_owned(), value: Value::Null }
}

fn subject(in_requests: bool) -> Subject {
    Subject { name: "T".to_owned(), pointer: POINTER.to_owned(), in_requests, in_responses: !in_requests }
}

/// Compares a type that differs from the document on the values for which `differs` is true.
fn found(unrepresented: &[UnsupportedKeyword], in_requests: bool, differs: fn(&Value) -> bool) -> Conformance {
    found_with(unrepresented, in_requests, differs, &Refusal::of(&"refused"))
}

/// Compares such a type, with this reason for each rejection.
fn found_with(
    unrepresented: &[UnsupportedKeyword],
    in_requests: bool,
    differs: fn(&Value) -> bool,
    refusal: &Refusal,
) -> Conformance {
    let document = document();
    let validator = Validator::new(&document, POINTER).unwrap();
    let subjects = [subject(in_requests)];
    Comparison::new(&document, unrepresented, &subjects).of(&subjects[0], |value| {
        if validator.violations(value).is_empty() == differs(value) { Err(refusal.clone()) } else { Ok(()) }
    })
}

#[test]
fn the_constraint_of_a_rejection_explains_it_and_not_its_message() {
    let valid = |value: &Value| value["b"] == 4;
    let message = "violates discriminator `kind`: its value selects no variant".to_owned();
    for (constraint, is_allowed) in
        [(Some(Constraint::Discriminator), true), (Some(Constraint::OneOf), false), (None, false)]
    {
        let found = found_with(&[], true, valid, &Refusal { constraint, message: message.clone() });
        let rejected: Vec<_> = found.differences.iter().filter(|one| one.rejection.is_some()).collect();
        assert!(!rejected.is_empty());
        assert!(rejected.iter().all(|one| one.allowed_by.is_some() == is_allowed), "{constraint:?}");
    }
}

#[test]
fn a_conforming_type_has_no_differences() {
    let found = found(&[], true, |_| false);
    assert_eq!((found.types, found.differences.len()), (1, 0));
    assert!(found.valid > 10 && found.invalid > 10, "{} {}", found.valid, found.invalid);
}

#[test]
fn an_unenforced_keyword_is_a_problem_unless_listed_as_unsupported() {
    let too_small = |value: &Value| value["b"].as_i64().is_some_and(|number| number < 3);
    let problems = found(&[], true, too_small);
    let mut unexplained = problems.problems();
    let first = unexplained.next().unwrap();
    assert_eq!(first.pointer(), "/components/schemas/T/properties/b");
    assert!(first.to_string().contains(
        "violates /components/schemas/T/properties/b/minimum of the document, accepted by the generated type"
    ));
    assert!(unexplained.next().is_some());
    let b = "/components/schemas/T/properties/b";
    for (pointer, keyword, is_allowed) in [
        (b, "minimum", true),
        ("/components/schemas/T", "properties", true),
        (b, "maximum", false),
        (b, "description", false),
        (POINTER, "minProperties", false),
        ("/components/schemas/A", "maxLength", false),
    ] {
        let found = found(&[entry(pointer, keyword)], true, too_small);
        assert_eq!(found.problems().next().is_none(), is_allowed, "{pointer} {keyword}");
        let cause = Cause::Unrepresented {
            pointer: pointer.to_owned(),
            keyword: keyword.to_owned(),
            reason: "not yet".to_owned(),
        };
        assert_eq!(found.differences.iter().all(|one| one.allowed_by.as_ref() == Some(&cause)), is_allowed);
    }
}

#[test]
fn a_rejected_valid_value_is_a_problem_unless_its_type_is_unsupported() {
    let four = |value: &Value| value["b"] == 4;
    assert!(found(&[], true, four).problems().next().is_some());
    // an unsupported constraint does not explain a rejection
    assert!(found(&[entry("/components/schemas/T", "minProperties")], true, four).problems().next().is_some());
    assert!(found(&[entry("/components/schemas/T", "type")], true, four).problems().next().is_none());
}

#[test]
fn null_for_an_absent_property_is_explained_in_responses_only() {
    let null = |value: &Value| value.get("b").is_some_and(Value::is_null);
    assert!(found(&[], true, null).problems().next().is_some());
    let responses = found(&[], false, null);
    assert!(responses.problems().next().is_none() && !responses.differences.is_empty());
}

#[test]
fn schemas_that_cannot_be_validated_are_reported() {
    let document =
        json!({"components": {"schemas": {"T": {"type": "object", "properties": {"a": {"$ref": "#/nowhere"}}}}}});
    let mut count = 0;
    let found = Comparison::new(&document, &[], &[]).of(&subject(true), |_| {
        count += 1;
        Ok(())
    });
    assert_eq!((found.types, found.not_validated.len()), (0, 1));
    assert!(found.not_validated[0].1.contains("#/nowhere") && count > 5, "{:?}", found.not_validated);
}
