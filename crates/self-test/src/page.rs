//! The pages: the documents in them, and the text around them.

use blynk_drift::Workspace;
use generator_tests::mutate::{MutantKind, mutants};
use openapi::{Cause, Problem};

use super::{change::Change, document::one_of_each};

const TARGET: &str = "a page";
const CAUSE: Cause = Cause::PageEdited;

pub(super) fn changes(workspace: &Workspace) -> Result<Vec<Change>, Problem> {
    let mut changes = Vec::new();
    let published = workspace.published().as_ref().map_err(|problems| problems.first().cloned().unwrap_or_default())?;
    let Some(embedded) = published.documents.first() else { return Ok(changes) };
    let (name, document) = (embedded.page(), &embedded.document);
    let text = workspace.text(name)?;
    for mutant in one_of_each(mutants(document.value())) {
        let json = mutant.edit.apply(document.value()).to_string();
        let edited = text.replacen(embedded.json().trim(), &json, 1);
        if edited != text && mutant.kind != MutantKind::Cosmetic {
            // what another page says, too, is not lost with one page, and only the lock can detect that
            let says_the_same = matches!(
                workspace.with_file(name, edited.clone()).published(),
                Ok(after) if after.merged.text == published.merged.text
            );
            let change = Change::file(TARGET, mutant.operator, mutant.kind, CAUSE, name, edited);
            if !says_the_same {
                changes.push(change.clone().behind_the_lock());
            }
            changes.push(change);
        }
    }
    for (operator, edited) in texts(text) {
        if edited != text {
            changes.push(Change::file(TARGET, operator, MutantKind::Semantic, CAUSE, name, edited));
        }
    }
    Ok(changes)
}

fn texts(text: &str) -> Vec<(&'static str, String)> {
    let cut = |part: usize| text[..text.floor_char_boundary(text.len() * part / 7)].to_owned();
    let mut found = vec![
        ("text: a blank more", text.replacen('\n', " \n", 1)),
        ("text: a line more", format!("{text}\n")),
        ("text: a line less", text.split_once('\n').map_or_else(String::new, |(_, rest)| rest.to_owned())),
        ("text: another word", text.replacen("OAuth", "Oauth", 1)),
        ("text: byte order mark", format!("\u{feff}{text}")),
        ("text: line ends", text.replace('\n', "\r\n")),
        ("text: no line end at the end", text.trim_end().to_owned()),
        ("fence: opened otherwise", text.replacen("```json", "~~~json", 1)),
        ("fence: not closed", text.rsplit_once("```").map_or_else(String::new, |(before, _)| before.to_owned())),
        ("fence: said to be another language", text.replacen("```json", "```text", 1)),
        ("document: twice", format!("{text}\n{text}")),
        ("document: a brace less", text.rsplit_once('}').map_or_else(String::new, |(a, b)| format!("{a}{b}"))),
        ("page: empty", String::new()),
    ];
    found.extend((1..7).map(|part| ("page: cut off", cut(part))));
    found
}
