//! Texts that match a pattern, made by a walk over the pattern's syntax tree.
//!
//! The crates that make texts of patterns (`rand_regex`, proptest) do so at random; these are the same in every run,
//! and as short as they can be, or just long enough.

use openapi::Pattern;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::value::LONGEST;

/// Texts that match `pattern`: the shortest, one that repeats what may be repeated, and one of `length` characters if
/// there is one. None when the pattern is one that is not enforced, such as one with a look-ahead.
pub(super) fn examples(pattern: &str, length: usize) -> Vec<String> {
    let Ok(pattern) = Pattern::new(pattern) else { return Vec::new() };
    let Ok(hir) = regex_syntax::parse(pattern.as_str()) else { return Vec::new() };
    let shortest = make(&hir, &mut 0);
    let mut found = vec![shortest];
    for wanted in [1, length.min(LONGEST)] {
        let missing = if wanted == length { length.saturating_sub(found[0].chars().count()) } else { 1 };
        let text = make(&hir, &mut missing.clone());
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

/// A text, and texts that are nearly the same.
pub(super) fn near(text: &str) -> Vec<String> {
    let mut shorter = text.to_owned();
    shorter.pop();
    let swapped: String =
        text.chars().map(|c| if c.is_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }).collect();
    let mut found = vec![text.to_owned(), shorter, swapped];
    found.extend([format!("{text}#"), format!(" {text}"), format!("{text}\n"), format!("é{text}")]);
    found
}

/// A text that matches; `more` characters beyond the least are spent where a repetition lets them.
fn make(hir: &Hir, more: &mut usize) -> String {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => String::new(),
        HirKind::Literal(literal) => String::from_utf8_lossy(&literal.0).into_owned(),
        HirKind::Class(class) => first_of(class).into(),
        HirKind::Capture(capture) => make(&capture.sub, more),
        HirKind::Concat(parts) => parts.iter().map(|part| make(part, more)).collect(),
        HirKind::Alternation(parts) => parts.first().map(|part| make(part, more)).unwrap_or_default(),
        HirKind::Repetition(repetition) => {
            let least = (repetition.min as usize).min(LONGEST);
            let most = repetition.max.map_or(LONGEST, |most| most as usize);
            let one = make(&repetition.sub, &mut 0);
            let width = one.chars().count().max(1);
            let extra = (*more / width).min(most.saturating_sub(least)).min(LONGEST);
            *more -= extra * width;
            one.repeat(least + extra)
        }
    }
}

/// A plain character of a class where it has one: a letter, a digit, else what can be seen.
fn first_of(class: &Class) -> char {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.ranges().iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => {
            class.ranges().iter().map(|range| (char::from(range.start()), char::from(range.end()))).collect()
        }
    };
    let has = |c: char| ranges.iter().any(|(start, end)| (*start..=*end).contains(&c));
    let plain = ('a'..='z').chain('A'..='Z').chain('0'..='9').chain('!'..='~').chain([' ']);
    let mut plain = plain.filter(|c| has(*c));
    plain.next().or_else(|| ranges.first().map(|(start, _)| *start)).unwrap_or('a')
}

#[test]
fn examples_match_their_pattern() {
    for pattern in [
        r"^[a-z]+\d{3}$",
        r"^(foo|bar)-[0-9A-F]{4,8}(\.x)?$",
        r"\w+@\w+\.example",
        r"^[^a-z]$",
        r"^\p{Lu}.*$",
        r"^[\u4e00-\u9fff]+$",
        r"",
    ] {
        let examples = examples(pattern, 12);
        let compiled = Pattern::new(pattern).unwrap();
        for text in &examples {
            assert!(compiled.is_match(text), "{pattern}: {text:?}");
        }
        assert!(!examples.is_empty(), "{pattern}");
    }
    assert!(examples(r"^[a-z]+\d{3}$", 12).iter().any(|text| text.len() == 12));
    assert!(examples("^(?!x)", 0).is_empty(), "a look-ahead");
}
