//! The patterns of compiled types: what ECMA-262 says, in linear time.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::time::{Duration, Instant};

use client_tests::patterns::types::{Backtracking, Both, Digits, WordChosen, WordLine, WordUnchosen, WordWord};

#[test]
fn a_type_takes_what_its_pattern_matches_and_names_the_pattern_otherwise() {
    for (text, good) in [("123", true), ("٣", false), ("", false)] {
        assert_eq!(text.parse::<Digits>().is_ok(), good, "{text}");
    }
    for (text, good) in [("a1", true), ("a", false), ("1", false)] {
        assert_eq!(text.parse::<Both>().is_ok(), good, "{text}");
    }
    assert!("ü cat".parse::<WordWord>().is_ok() && "cats".parse::<WordWord>().is_err());
    assert!("🌱\u{85}".parse::<WordLine>().is_ok() && "a\u{2028}".parse::<WordLine>().is_err());
    let error = |text: &str| text.parse::<Both>().unwrap_err().to_string();
    assert_eq!(error("1"), r#"violates pattern "^[a-z]" and "[0-9]$""#);
    assert_eq!("x".parse::<Digits>().unwrap_err().to_string(), r#"violates pattern "^\d+$""#);
}

#[test]
fn beside_a_pattern_an_enum_has_the_values_that_match_unless_none_does() {
    let refused = |text: &str| text.parse::<WordChosen>().err().map(|error| error.to_string());
    assert_eq!(["one", "two"].map(refused), [None, None]);
    assert_eq!(refused("Three").as_deref(), Some("violates enum (allowed: one, two)"));
    assert!("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!".parse::<WordUnchosen>().is_ok());
}

#[test]
fn a_text_on_which_others_backtrack_without_end_takes_linear_time() {
    let begun = Instant::now();
    assert!(("a".repeat(100_000) + "!").parse::<Backtracking>().is_err());
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}
