//! Mutants of the generated files: the client by token, the surface by line, the list of unsupported keywords.

use blynk_drift::{CLIENT, SURFACE, UNREPRESENTED, Workspace};
use generator_tests::mutate::MutantKind;
use openapi::{Cause, Problem};

use super::change::{Change, spread};

/// The most tokens of the client, and lines of the surface, that are changed, spread over the file.
const MOST: usize = 60;

pub(super) fn changes(workspace: &Workspace) -> Result<Vec<Change>, Problem> {
    let mut changes = Vec::new();
    let mut add = |target: &'static str, operator: &str, name: &str, edited: String| {
        let change = Change::file(target, operator, MutantKind::Semantic, Cause::GeneratedFileEdited, name, edited);
        changes.push(change.clone().with_matching_lock());
        changes.push(change);
    };
    let client = workspace.text(CLIENT)?;
    for (at, token) in spread(tokens(client), MOST) {
        let with = |other: &str| format!("{}{other}{}", &client[..at], &client[at + token.len()..]);
        add("the client", "token: removed", CLIENT, with(""));
        add("the client", "token: repeated", CLIENT, with(&format!("{token} {token}")));
        add("the client", "token: changed", CLIENT, with(&changed(token)));
        add("the client", "white space: added", CLIENT, with(&format!("{token} ")));
    }
    let surface = workspace.text(SURFACE)?;
    let lines: Vec<&str> = surface.split_inclusive('\n').collect();
    for index in spread((0..lines.len()).collect(), MOST) {
        let with = |other: &str| [&lines[..index].concat(), other, &lines[index + 1..].concat()].concat();
        add("the surface", "line: removed", SURFACE, with(""));
        add("the surface", "line: repeated", SURFACE, with(&lines[index].repeat(2)));
        add("the surface", "line: changed", SURFACE, with(&changed(lines[index])));
    }
    let listed = workspace.text(UNREPRESENTED)?;
    let entry = r#"{"pointer": "/info", "keyword": "license", "reason": "none", "value": {}}"#;
    for (operator, edited) in [
        ("entry: added", listed.replacen('[', &format!("[{entry}"), 1)),
        ("file: empty", String::new()),
        ("file: not an array", "{}\n".to_owned()),
        ("white space: added", format!("{listed}\n")),
    ] {
        add("the list of unsupported keywords", operator, UNREPRESENTED, edited);
    }
    Ok(changes)
}

/// Returns words, numbers and single characters of Rust source with their offsets; comments and strings are split too.
fn tokens(text: &str) -> Vec<(usize, &str)> {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let word = rest.find(|letter: char| !is_word(letter)).unwrap_or(rest.len());
        let length = if word > 0 { word } else { letter.len_utf8() };
        if !letter.is_whitespace() {
            found.push((text.len() - rest.len(), &rest[..length]));
        }
        rest = &rest[length..];
    }
    found
}

/// Returns another token.
fn changed(token: &str) -> String {
    let digits = |letter: char| if letter.is_ascii_digit() { if letter == '9' { '8' } else { '9' } } else { letter };
    let other: String = token.chars().map(digits).collect();
    if other != token { other } else { format!("x{token}") }
}
