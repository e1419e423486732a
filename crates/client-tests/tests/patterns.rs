//! Patterns of generated types: ECMA-262 semantics in linear time.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::time::{Duration, Instant};

use client_tests::patterns::types::{Backtracking, Both, Digits, WordChosen, WordLine, WordUnchosen, WordWord};

#[test]
fn a_type_accepts_matching_strings_and_reports_its_pattern() {
    for (text, is_valid) in [("123", true), ("٣", false), ("", false)] {
        assert_eq!(text.parse::<Digits>().is_ok(), is_valid, "{text}");
    }
    for (text, is_valid) in [("a1", true), ("a", false), ("1", false)] {
        assert_eq!(text.parse::<Both>().is_ok(), is_valid, "{text}");
    }
    assert!("ü cat".parse::<WordWord>().is_ok() && "cats".parse::<WordWord>().is_err());
    assert!("🌱\u{85}".parse::<WordLine>().is_ok() && "a\u{2028}".parse::<WordLine>().is_err());
    let error = |text: &str| text.parse::<Both>().unwrap_err().to_string();
    assert_eq!(error("1"), r#"violates pattern "^[a-z]" and "[0-9]$""#);
    assert_eq!("x".parse::<Digits>().unwrap_err().to_string(), r#"violates pattern "^\d+$""#);
}

#[test]
fn an_enum_with_a_pattern_has_the_matching_values() {
    let refused = |text: &str| text.parse::<WordChosen>().err().map(|error| error.to_string());
    assert_eq!(["one", "two"].map(refused), [None, None]);
    assert_eq!(refused("Three").as_deref(), Some("violates enum (allowed: one, two)"));
    assert!("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!".parse::<WordUnchosen>().is_ok());
}

#[test]
fn matching_takes_linear_time() {
    let begun = Instant::now();
    assert!(("a".repeat(100_000) + "!").parse::<Backtracking>().is_err());
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}
