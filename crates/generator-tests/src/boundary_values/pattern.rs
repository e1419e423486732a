//! Strings that match a pattern, generated from the pattern's syntax tree.
//!
//! Other crates (`rand_regex`, proptest) generate random strings; these are deterministic, and as short as possible for
//! a length.

use openapi::Pattern;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::value::LONGEST;

/// Returns strings that match `pattern`: the shortest, one that uses a repetition, and one with `length` characters if
/// possible. Returns none for unsupported patterns, such as those with lookaround.
pub(super) fn examples(pattern: &str, length: usize) -> Vec<String> {
    let Ok(pattern) = Pattern::new(pattern) else { return Vec::new() };
    let Ok(hir) = regex_syntax::parse(pattern.as_str()) else { return Vec::new() };
    let shortest = generate(&hir, &mut 0);
    let mut found = vec![shortest];
    for wanted in [1, length.min(LONGEST)] {
        let missing = if wanted == length { length.saturating_sub(found[0].chars().count()) } else { 1 };
        let text = generate(&hir, &mut missing.clone());
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

/// Returns a string and similar ones.
pub(super) fn near(text: &str) -> Vec<String> {
    let mut shorter = text.to_owned();
    shorter.pop();
    let swapped: String =
        text.chars().map(|c| if c.is_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }).collect();
    let mut found = vec![text.to_owned(), shorter, swapped];
    found.extend([format!("{text}#"), format!(" {text}"), format!("{text}\n"), format!("é{text}")]);
    found
}

/// Returns a string that matches, and spends `more` characters on repetitions that allow them.
fn generate(hir: &Hir, more: &mut usize) -> String {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => String::new(),
        HirKind::Literal(literal) => String::from_utf8_lossy(&literal.0).into_owned(),
        HirKind::Class(class) => first_of(class).into(),
        HirKind::Capture(capture) => generate(&capture.sub, more),
        HirKind::Concat(parts) => parts.iter().map(|part| generate(part, more)).collect(),
        HirKind::Alternation(parts) => parts.first().map(|part| generate(part, more)).unwrap_or_default(),
        HirKind::Repetition(repetition) => {
            let least = (repetition.min as usize).min(LONGEST);
            let most = repetition.max.map_or(LONGEST, |most| most as usize);
            let one = generate(&repetition.sub, &mut 0);
            let width = one.chars().count().max(1);
            let extra = (*more / width).min(most.saturating_sub(least)).min(LONGEST);
            *more -= extra * width;
            one.repeat(least + extra)
        }
    }
}

/// Returns a character of a class: if possible a letter, a digit, or else a printable ASCII character.
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
    assert!(examples("^(?!x)", 0).is_empty(), "lookahead");
}
