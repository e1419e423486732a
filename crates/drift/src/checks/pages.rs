//! Compares the document with its pages.

use openapi::{Cause, Document, Location, Problem, differences};
use pages::{DOCUMENT, PAGES};

use super::{
    causes::{broken, cause},
    text_diff::first_difference,
};
use crate::{
    finding::Finding,
    load::Workspace,
    lock::{KnownDifference, sha256},
    page_difference::page_difference,
};

pub(crate) fn pages(workspace: &Workspace) -> Vec<Finding> {
    let lock = workspace.lock().unwrap_or_default();
    let page_changed = workspace
        .pages()
        .any(|(name, text)| text.is_ok_and(|text| lock.sha256.get(name).is_none_or(|hash| *hash != sha256(text))));
    let merged = match workspace.published() {
        Ok(published) => published.merged.text.as_str(),
        Err(problems) => return broken(workspace, problems),
    };
    let text = match workspace.text(DOCUMENT) {
        Ok(text) => text,
        Err(problem) => return broken(workspace, &[problem]),
    };
    if text == merged {
        return Vec::new();
    }
    let (published, document) = match (Document::parse(PAGES, merged), Document::parse(DOCUMENT, text)) {
        (Ok(published), Ok(document)) => (published, document),
        (published, document) => {
            let problems: Vec<_> = [published, document].into_iter().filter_map(Result::err).collect();
            return broken(workspace, &problems);
        }
    };
    let accepted = lock.sha256.get(DOCUMENT).is_some_and(|hash| *hash == sha256(text));
    let found: Vec<_> = differences(published.value(), document.value());
    let recorded = found.iter().cloned().map(KnownDifference::from).collect::<Vec<_>>() == lock.known_differences;
    if accepted && recorded && !page_changed {
        // `regen` has recorded these differences in the lock
        return Vec::new();
    }
    let because = if page_changed { Cause::PageEdited } else { cause(workspace, DOCUMENT) };
    let fix = if page_changed {
        "cargo xtask import".to_owned()
    } else {
        "cargo xtask regen keeps the edit as a known difference; cargo xtask import restores the page's value"
            .to_owned()
    };
    if found.is_empty() {
        let (line, column, _, _) = first_difference(text, merged).unwrap_or((1, 1, "", ""));
        return vec![Finding::Drift(
            Problem::new(
                format!(
                    "{DOCUMENT} is not formatted as `cargo xtask import` writes it; its values equal those of the pages"
                ),
                fix,
            )
            .in_file(DOCUMENT)
            .at(Some(Location { line, column }))
            .because(because),
        )];
    }
    found
        .into_iter()
        .map(|difference| {
            let is_only_in_document = difference.left.is_none() && difference.pointer.starts_with("/paths/");
            let fix = if is_only_in_document {
                "cargo xtask regen keeps it as a known difference; cargo xtask import --prune removes it".to_owned()
            } else {
                fix.clone()
            };
            let what = page_difference(document.value(), &difference);
            let problem = document.problem_at(&difference.pointer, what, fix).because(because.clone());
            Finding::Drift(problem)
        })
        .collect()
}
