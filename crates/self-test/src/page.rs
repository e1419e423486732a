//! Mutants of a page: of its document, and of the text around it.

use blynk_drift::Workspace;
use generator_tests::mutate::{MutantKind, mutants};
use openapi::{Cause, Problem, plain::floor_char_boundary};

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
            // if another page has the same content, the merged document stays, and only the lock detects the edit
            let same_document = matches!(
                workspace.with_file(name, edited.clone()).published(),
                Ok(after) if after.merged.text == published.merged.text
            );
            let change = Change::file(TARGET, mutant.operator, mutant.kind, CAUSE, name, edited);
            if !same_document {
                changes.push(change.clone().with_matching_lock());
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
    let cut = |part: usize| text[..floor_char_boundary(text, text.len() * part / 7)].to_owned();
    let mut found = vec![
        ("text: space added", text.replacen('\n', " \n", 1)),
        ("text: line added", format!("{text}\n")),
        ("text: line removed", text.split_once('\n').map_or_else(String::new, |(_, rest)| rest.to_owned())),
        ("text: word changed", text.replacen("OAuth", "Oauth", 1)),
        ("text: byte order mark", format!("\u{feff}{text}")),
        ("text: CRLF line ends", text.replace('\n', "\r\n")),
        ("text: no line end at end of file", text.trim_end().to_owned()),
        ("fence: other opening", text.replacen("```json", "~~~json", 1)),
        ("fence: not closed", text.rsplit_once("```").map_or_else(String::new, |(before, _)| before.to_owned())),
        ("fence: other language", text.replacen("```json", "```text", 1)),
        ("document: repeated", format!("{text}\n{text}")),
        ("document: brace removed", text.rsplit_once('}').map_or_else(String::new, |(a, b)| format!("{a}{b}"))),
        ("page: empty", String::new()),
    ];
    found.extend((1..7).map(|part| ("page: truncated", cut(part))));
    found
}
