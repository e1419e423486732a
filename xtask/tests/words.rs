//! The terms of the field are used everywhere: words that only insiders would understand are in no tracked text.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::{fmt::Write as _, process::Command};

/// Disallowed phrases, and what to write instead. A phrase is found in any capitalization, across lines, and in
/// parts of identifiers: `told of` is found in `ToldOf` and in `told_of`.
const INSTEAD: &[(&str, &str)] = &[
    ("tell", "report, list, say, distinguish"),
    ("tells", "reports, lists, says"),
    ("told", "reported, documented"),
    ("leads to", "targets, resolves to"),
    ("lead to", "target, resolve to"),
    ("leading to", "targeting"),
    ("led to", "resolved to"),
    ("circle", "cycle"),
    ("circles", "cycles"),
    ("branch", "variant"),
    ("branches", "variants"),
    ("witness", "usage program"),
    ("witnesses", "usage programs"),
    ("honest", "lenient"),
    ("loose", "lenient"),
    ("loosely", "leniently"),
    ("looser", "more lenient"),
    ("judge", "validator, validate"),
    ("judges", "validates"),
    ("judged", "validated"),
    ("vectors", "boundary values"),
    ("demand", "constraint, requirement"),
    ("demands", "constraints, requires"),
    ("breaks a rule", "violates a constraint"),
    ("broken rule", "violated constraint"),
    ("deviation", "known difference"),
    ("deviations", "known differences"),
    ("departure", "known difference"),
    ("departures", "known differences"),
    ("law", "variance rule"),
    ("blame", "bisect"),
    ("seal", "checksum"),
    ("swap", "atomic replace"),
    ("face", "client"),
    ("fate", "coverage"),
    ("fates", "coverage"),
    ("heirs", "subtypes"),
    ("in silence", "silently, undetected"),
    ("words for people", "description"),
    ("becomes of", "say what is done"),
    ("became of", "say what was done"),
    ("at its place", "with its location"),
    ("at their place", "with their location"),
    ("not carried", "unsupported"),
    ("carries nothing", "unsupported"),
    ("one way properties", "read-only and write-only properties"),
    ("class of edits", "kind of change"),
    ("send whole", "send_with_response"),
    ("answer", "response, respond"),
    ("answers", "responses, responds"),
    ("answered", "responded"),
    ("heir", "subtype"),
    ("may be left out", "optional"),
    ("says null", "is nullable"),
    ("without end", "unbounded"),
    ("by table", "dynamic"),
    ("mend", "fix, repair"),
    ("mended", "fixed, repaired"),
    ("stumbles", "fails"),
];

/// Uses that are meant: the beginning of the file's path, or `*`; words around the phrase; why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("xtask/tests/words.rs", "", "lists the words"),
    ("*", "all of branch", "an id of a kind of change"),
    ("*", "any of branch", "an id of a kind of change"),
    ("*", "one of branch", "an id of a kind of change"),
    ("*", "demands added", "an id of a kind of change"),
    ("*", "demands dropped", "an id of a kind of change"),
    ("*", "departure", "a key of lock.toml and of JSON output"),
    ("*", "vectors valid", "a field of JSON output"),
    ("crates/generator-tests/", "rename deviation", "a value of JSON output"),
    ("xtask/tests/conform.rs", "allowed by deviation", "a value of JSON output"),
    ("crates/openapi-tools/src/mutate.rs", "name fate outcome", "a field of JSON output"),
    ("xtask/src/prove.rs", "operator told verdict", "a field of JSON output"),
    (".github/workflows/ci.yml", "push branches", "branches of git"),
    ("*", "the target branch", "a branch of git"),
    ("crates/client-tests/tests/wire/", "circle", "a shape of geometry"),
    ("crates/codegen/benches/", "power law", "a law of mathematics"),
    ("crates/codegen/src/package/mod.rs", "on demand", "an idiom"),
    ("crates/openapi/src/read/json.rs", "allow loose object", "an option of a dependency"),
];

/// The words of a text in lower case, with the line of each.
fn words(text: &str) -> Vec<(String, usize)> {
    let mut words = Vec::new();
    for (line, content) in text.lines().enumerate() {
        let mut word = String::new();
        let mut was_lower = false;
        for letter in content.chars().chain([' ']) {
            if (!letter.is_ascii_alphabetic() || (letter.is_ascii_uppercase() && was_lower)) && !word.is_empty() {
                words.push((std::mem::take(&mut word), line + 1));
            }
            if letter.is_ascii_alphabetic() {
                word.push(letter.to_ascii_lowercase());
            }
            was_lower = letter.is_ascii_lowercase();
        }
    }
    words
}

/// Returns the lines where a phrase begins, with the words around it.
fn found(words: &[(String, usize)], phrase: &str) -> Vec<(usize, String)> {
    let phrase: Vec<&str> = phrase.split(' ').collect();
    let is_here = |at: &usize| words[*at..].iter().zip(&phrase).all(|((word, _), expected)| word == expected);
    let last = words.len().saturating_sub(phrase.len() - 1);
    let around = |at: usize| {
        let near = &words[at.saturating_sub(3)..words.len().min(at + phrase.len() + 3)];
        near.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" ")
    };
    (0..last).filter(is_here).map(|at| (words[at].1, around(at))).collect()
}

/// The tracked files that people read; not the documents and pages of others.
fn texts() -> Vec<(String, String)> {
    let root = test_support::root();
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(&root).output().unwrap();
    assert!(listed.status.success(), "{listed:?}");
    let names = String::from_utf8(listed.stdout).unwrap();
    let is_read = |name: &&str| {
        let name = *name;
        let is_text =
            [".md", ".rs", ".toml", ".yml", ".snap", ".ci/run", "check.json"].iter().any(|end| name.ends_with(end));
        is_text && !name.contains("/pages/") && !name.contains("/documents/")
    };
    let read = |name: &str| std::fs::read_to_string(root.join(name)).ok().map(|text| (name.to_owned(), text));
    names.split('\0').filter(is_read).filter_map(read).collect()
}

#[test]
fn no_text_has_words_that_only_insiders_understand() {
    let mut report = String::new();
    let mut used = vec![false; EXCEPTIONS.len()];
    let texts = texts();
    assert!(texts.len() > 300, "{}", texts.len());
    for (name, text) in &texts {
        let words = words(text);
        for (phrase, instead) in INSTEAD {
            for (line, around) in found(&words, phrase) {
                let excepts = |(file, near, _): &(&str, &str, &str)| {
                    (*file == "*" || name.starts_with(file)) && around.contains(near)
                };
                match EXCEPTIONS.iter().position(excepts) {
                    Some(exception) => used[exception] = true,
                    None => writeln!(report, "{name}:{line}: {phrase:?} in {around:?}; write {instead}").unwrap(),
                }
            }
        }
    }
    assert!(report.is_empty(), "{} findings\n{report}", report.lines().count());
    let unused: Vec<_> =
        EXCEPTIONS.iter().zip(used).filter(|(_, used)| !used).map(|(exception, _)| exception).collect();
    assert!(unused.is_empty(), "exceptions that nothing needs: {unused:?}");
}

#[test]
fn phrases_are_found_across_lines_and_in_identifiers() {
    for text in ["in silence", "In\n/// Silence", "lost_in_silence()", "LostInSilence", "IN SILENCE"] {
        assert_eq!(found(&words(text), "in silence").len(), 1, "{text}");
    }
    for text in ["in a silence", "insilence", "silence in", ""] {
        assert_eq!(found(&words(text), "in silence"), [], "{text}");
    }
}
