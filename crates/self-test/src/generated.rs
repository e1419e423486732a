//! What is generated and committed: the client token by token, the surface line by line, the list of what is not
//! carried.

use blynk_drift::{CLIENT, SURFACE, UNREPRESENTED, Workspace};
use generator_tests::mutate::MutantKind;
use openapi::{Cause, Problem};

use super::change::{Change, spread};

/// So many tokens of the client, and lines of the surface, are changed, spread over all.
const MOST: usize = 60;

pub(super) fn changes(workspace: &Workspace) -> Result<Vec<Change>, Problem> {
    let mut changes = Vec::new();
    let mut add = |target: &'static str, operator: &str, name: &str, edited: String| {
        let change = Change::file(target, operator, MutantKind::Semantic, Cause::GeneratedFileEdited, name, edited);
        changes.push(change.clone().behind_the_lock());
        changes.push(change);
    };
    let client = workspace.text(CLIENT)?;
    for (at, token) in spread(tokens(client), MOST) {
        let with = |other: &str| format!("{}{other}{}", &client[..at], &client[at + token.len()..]);
        add("the client", "token: removed", CLIENT, with(""));
        add("the client", "token: twice", CLIENT, with(&format!("{token} {token}")));
        add("the client", "token: another", CLIENT, with(&another(token)));
        add("the client", "white space: more", CLIENT, with(&format!("{token} ")));
    }
    let surface = workspace.text(SURFACE)?;
    let lines: Vec<&str> = surface.split_inclusive('\n').collect();
    for index in spread((0..lines.len()).collect(), MOST) {
        let with = |other: &str| [&lines[..index].concat(), other, &lines[index + 1..].concat()].concat();
        add("the surface", "line: removed", SURFACE, with(""));
        add("the surface", "line: twice", SURFACE, with(&lines[index].repeat(2)));
        add("the surface", "line: another", SURFACE, with(&another(lines[index])));
    }
    let listed = workspace.text(UNREPRESENTED)?;
    let entry = r#"{"pointer": "/info", "keyword": "license", "reason": "none", "value": {}}"#;
    for (operator, edited) in [
        ("an entry more", listed.replacen('[', &format!("[{entry}"), 1)),
        ("file: empty", String::new()),
        ("file: no list", "{}\n".to_owned()),
        ("white space: more", format!("{listed}\n")),
    ] {
        add("the unrepresented list", operator, UNREPRESENTED, edited);
    }
    Ok(changes)
}

/// The tokens of Rust source, near enough: words, numbers and single signs, comments and texts by their words.
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

/// Another word, number or sign.
fn another(token: &str) -> String {
    let digits = |letter: char| if letter.is_ascii_digit() { if letter == '9' { '8' } else { '9' } } else { letter };
    let changed: String = token.chars().map(digits).collect();
    if changed != token { changed } else { format!("x{token}") }
}
