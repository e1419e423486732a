//! Whether the document is what its pages say.

use blynk_codegen::{DOCUMENT, Extracted, PAGES, extract};
use blynk_document::{Document, Location, Problem, differences, reindent};

use super::{broken, cause, shown_value};
use crate::{
    finding::Finding,
    load::Workspace,
    lock::{Departure, sha256},
};

/// The document in the pages of a workspace, with the name of the page that holds it.
pub(crate) fn extract_all<'a>(
    pages: impl Iterator<Item = (&'a str, Result<&'a str, Problem>)>,
) -> Result<(&'a str, Extracted), Problem> {
    let mut found = None;
    for (name, text) in pages {
        let extracted = extract(name, text?)?;
        if let Some((other, _)) = found.replace((name, extracted)) {
            return Err(Problem::new(
                format!("{other} and {name} both hold a document; one page is supported"),
                "remove one of the two pages",
            )
            .in_file(name));
        }
    }
    found.ok_or_else(|| Problem::new("there is no page", "cargo xtask import PAGE.md").in_file(PAGES))
}

pub(crate) fn pages(workspace: &Workspace) -> Vec<Finding> {
    let lock = workspace.lock().unwrap_or_default();
    let page_moved = workspace
        .pages()
        .any(|(name, text)| text.is_ok_and(|text| lock.sha256.get(name).is_none_or(|hash| *hash != sha256(text))));
    let (page, extracted) = match extract_all(workspace.pages()) {
        Ok(found) => found,
        Err(problem) => return broken(workspace, &[problem]),
    };
    let text = match workspace.text(DOCUMENT) {
        Ok(text) => text,
        Err(problem) => return broken(workspace, &[problem]),
    };
    let published = reindent(&extracted.json);
    if text == published {
        return Vec::new();
    }
    let (published, document) = match (Document::parse(page, published), Document::parse(DOCUMENT, text)) {
        (Ok(published), Ok(document)) => (published, document),
        (published, document) => {
            let problems: Vec<_> = [published, document].into_iter().filter_map(Result::err).collect();
            return broken(workspace, &problems);
        }
    };
    let accepted = lock.sha256.get(DOCUMENT).is_some_and(|hash| *hash == sha256(text));
    let departures: Vec<_> = differences(published.value(), document.value());
    let recorded = departures.iter().cloned().map(Departure::from).collect::<Vec<_>>() == lock.departures;
    if accepted && recorded && !page_moved {
        // a hand-made change that `regen` has taken over and written into the lock
        return Vec::new();
    }
    let because = if page_moved { "page edited".to_owned() } else { cause(workspace, DOCUMENT) };
    let fix = if page_moved {
        "cargo xtask import".to_owned()
    } else {
        "cargo xtask regen keeps the edit and records it; cargo xtask import takes the page's value back".to_owned()
    };
    if departures.is_empty() {
        let (line, column, _, _) = super::first_difference(text, &reindent(&extracted.json)).unwrap_or((1, 1, "", ""));
        return vec![Finding::Drift(
            Problem::new("is not formatted as `cargo xtask import` writes it; its values are the page's", fix)
                .in_file(DOCUMENT)
                .at(Some(Location { line, column }))
                .because(because),
        )];
    }
    departures
        .into_iter()
        .map(|difference| {
            let what = format!(
                "the page says {}, the document {}",
                shown_value(difference.left.as_ref()),
                shown_value(difference.right.as_ref())
            );
            let problem = document.problem_at(&difference.pointer, what, fix.clone()).because(because.clone());
            Finding::Drift(problem)
        })
        .collect()
}
