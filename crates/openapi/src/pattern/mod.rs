//! Patterns: ECMA-262 regular expressions, matched in linear time by the `regex` crate.
//!
//! A backtracking engine can take exponential time on a pattern of a few characters. Patterns that `regex` cannot match
//! in linear time are unsupported, with a reason, and not enforced.

mod class;
mod translate;
mod unsupported;

pub use unsupported::Unsupported;

use crate::limits::MOST_PATTERN_WEIGHT;
use regex::Regex;

/// A pattern, compiled by the `regex` crate.
#[derive(Clone, Debug)]
pub struct Pattern {
    regex: Regex,
    weight: u64,
}

impl Pattern {
    /// Translates and compiles an ECMA-262 pattern.
    ///
    /// # Errors
    /// Why the pattern is unsupported.
    ///
    /// ```
    /// use openapi::Pattern;
    /// let pattern = Pattern::new(r"^\d{3}$")?;
    /// assert!(pattern.is_match("123") && !pattern.is_match("٣٣٣"));
    /// # Ok::<(), openapi::Unsupported>(())
    /// ```
    pub fn new(pattern: &str) -> Result<Self, Unsupported> {
        let translated = translate::translate(pattern)?;
        if translated.weight > MOST_PATTERN_WEIGHT {
            return Err(Unsupported::TooLarge);
        }
        let regex = Regex::new(&translated.text).map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => Unsupported::TooLarge,
            _ => Unsupported::Unknown,
        })?;
        Ok(Self { regex, weight: translated.weight })
    }

    /// Returns the pattern in the syntax of `regex`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.regex.as_str()
    }

    /// Whether the pattern matches anywhere in a string.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// Returns an estimate of the work to compile the pattern: about the number of its character ranges, with
    /// repetitions expanded.
    #[must_use]
    pub fn weight(&self) -> u64 {
        self.weight
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use proptest::prelude::*;

    use super::*;

    /// Compiles with an ECMA-262 engine: with the flag `u` if the pattern is valid with it, else without, where `\p`
    /// means `p`.
    fn oracle(pattern: &str) -> Option<regress::Regex> {
        let without = || regress::Regex::new(pattern).ok().filter(|_| !pattern.contains(r"\p"));
        regress::Regex::with_flags(pattern, "u").ok().or_else(without)
    }

    #[test]
    fn patterns_match_as_in_ecma_262() {
        for (pattern, matches, other) in [
            (r"^\d+$", &["0", "123"][..], &["", "٣", "a"][..]),
            (r"^\D$", &["a", "٣"], &["1"]),
            (r"^\w+$", &["aZ_9"], &["é", "-"]),
            (r"^\W$", &["é", "-"], &["a"]),
            (r"^\s$", &[" ", "\u{feff}", "\u{2028}", "\u{a0}", "\u{b}"], &["\u{85}", "a", "\u{180e}"]),
            (r"^\S$", &["\u{85}", "a"], &["\u{feff}"]),
            (r"^[\s\S]$", &["\n", "a"], &[""]),
            (r"^[^\W_]$", &["a"], &["_", "é"]),
            (r"\bcat\b", &["a cat", "écaté"], &["cats"]),
            (r"^.$", &["a", "\u{85}", "🌱"], &["\n", "\r", "\u{2028}", "\u{2029}", ""]),
            (r"^[^]$", &["\n", "a"], &[""]),
            (r"a|[]", &["a"], &["b", ""]),
            (r"^\cJ\t\v\f\0$", &["\n\t\u{b}\u{c}\0"], &["J"]),
            (r"^\u0041\x42\u{43}\u{1F331}\uD83C\uDF31$", &["ABC🌱🌱"], &["ABC🌱"]),
            (r"^https:\/\/[\w.\-]+\/?$", &["https://a-b.c/"], &["http://a"]),
            (r"^[a&&b]+$", &["a&b"], &["c", ""]),
            (r"^[a-z--b]+$", &["az", "-", "`"], &["{", "+"]),
            (r"^[a~~b]+$", &["a~b"], &["c"]),
            (r"^[[a]$", &["[", "a"], &["]"]),
            (r"^[[:alpha:]]$", &["a]", ":]"], &["z"]),
            (r"^[\w-z]$", &["-", "q"], &["{"]),
            (r"^[\b]$", &["\u{8}"], &["b"]),
            (r"^{a}]$", &["{a}]"], &["a"]),
            (r"^a{,2}$", &["a{,2}"], &["aa"]),
            (r"^a{2,3}?b??$", &["aa", "aaab"], &["a"]),
            (r"^(?<year>\d{4})(?:-)(x)$", &["2024-x"], &["2024"]),
            (r"^\p{Lu}\P{Lu}[\p{L}\d]$", &["Éa1"], &["éa1"]),
            (r"^[^\p{L}]$", &["1"], &["é"]),
            (r"^a$", &["a"], &["a\n", "b\na"]),
            (r"(^|\s)#x<y>", &["#x<y>", " #x<y>"], &["a#x<y>"]),
            ("", &["", "a"], &[]),
            ("a||b|", &["c"], &[]),
        ] {
            let compiled = Pattern::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
            for (strings, expected) in [(matches, true), (other, false)] {
                for text in strings {
                    assert_eq!(compiled.is_match(text), expected, "{pattern} on {text:?}, as {}", compiled.as_str());
                }
            }
        }
    }

    #[test]
    fn unsupported_patterns_have_a_reason() {
        for (pattern, expected) in [
            ("(?=a)", "lookaround"),
            ("(?!a)", "lookaround"),
            ("(?<=a)", "lookaround"),
            ("(?<!a)", "lookaround"),
            (r"(a)\1", "back references"),
            (r"(?<n>a)\k<n>", "back references"),
            (r"\uD800", "surrogate"),
            (r"[\uDC00-\uDFFF]", "surrogate"),
            (r"\p{Nonsense}", "does not support"),
            ("(?i)a", "not an ECMA-262"),
            ("(?P<n>a)", "not an ECMA-262"),
            ("a)", "not an ECMA-262"),
            ("(a", "not an ECMA-262"),
            ("[a", "not an ECMA-262"),
            ("[z-a]", "not an ECMA-262"),
            ("a{3,2}", "not an ECMA-262"),
            ("a**", "not an ECMA-262"),
            ("*a", "not an ECMA-262"),
            ("^*", "not an ECMA-262"),
            (r"a\", "not an ECMA-262"),
            (r"\A\z", "not an ECMA-262"),
            (r"\pL", "not an ECMA-262"),
            (r"\u{110000}", "not an ECMA-262"),
            ("(a{1000}){1000}", "size limit"),
            (r"(\p{L}{1000}){100}", "size limit"),
        ] {
            let reason = Pattern::new(pattern).map(|found| found.as_str().to_owned()).unwrap_err().to_string();
            assert!(reason.contains(expected), "{pattern}: {reason}");
        }
    }

    #[test]
    fn very_long_patterns_end_in_time() {
        for piece in ["(", "[", "{", "{1", "a*", "(a|", "\\", "a{9}", "(?:", "[^]", "\\p{L}", "a|", "((a{9}){9}){9}"] {
            let begun = Instant::now();
            drop(Pattern::new(&piece.repeat(200_000 / piece.len())));
            assert!(begun.elapsed() < Duration::from_secs(5), "{piece}: {:?}", begun.elapsed());
        }
    }

    #[test]
    fn patterns_of_catastrophic_backtracking_take_linear_time() {
        let text = "a".repeat(100_000) + "!";
        for pattern in ["^(a+)+$", "^(a|aa)+$", "^(a*)*b$", r"^([\w]+)*@"] {
            assert!(!Pattern::new(pattern).unwrap().is_match(&text), "{pattern}");
        }
    }

    /// Patterns of special and literal pieces.
    fn patterns() -> impl Strategy<Value = String> {
        const PIECES: &[&str] = &[
            "a", "b", "é", "-", ".", "^", "$", "|", "(", ")", "(?:", "[", "[^", "]", "{", "}", "{1}", "{0,2}", "{1,}",
            "*", "+", "?", r"\d", r"\W", r"\s", r"\S", r"\b", r"\B", r"\w", r"\n", r"\u0061", r"\x62", r"\.", r"\/",
            r"\]", "&&", "--", "~~", ",", "1", " ", r"\p{L}", r"\t", r"[\w-a]", r"\cA", r"\-",
        ];
        proptest::collection::vec(proptest::sample::select(PIECES), 0..7).prop_map(|pieces| pieces.concat())
    }

    fn strings() -> impl Strategy<Value = String> {
        const PIECES: &[&str] =
            &["a", "b", "é", "-", "&", "~", "1", " ", "\n", "\u{2028}", "]", "[", "_", "\u{85}", "{", ",", "🌱", "^"];
        proptest::collection::vec(proptest::sample::select(PIECES), 0..6).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

        #[test]
        fn a_translated_pattern_matches_as_in_an_ecma_262_engine(
            pattern in patterns(),
            strings in proptest::collection::vec(strings(), 8),
        ) {
            if let (Ok(ours), Some(oracle)) = (Pattern::new(&pattern), oracle(&pattern)) {
                for text in &strings {
                    let expected = oracle.find(text).is_some();
                    prop_assert_eq!(ours.is_match(text), expected, "{} as {} on {:?}", pattern, ours.as_str(), text);
                }
            }
        }

        #[test]
        fn an_invalid_pattern_is_invalid_with_the_flag_u(pattern in patterns()) {
            if let Err(Unsupported::Invalid(why)) = Pattern::new(&pattern)
                // the oracle accepts `\b*`
                && !why.contains("quantifier")
            {
                prop_assert!(regress::Regex::with_flags(&pattern, "u").is_err(), "{}: {}", pattern, why);
            }
        }
    }
}
