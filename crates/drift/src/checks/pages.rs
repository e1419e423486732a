//! Whether the document is what its pages say.

use openapi::{Cause, Document, Location, Problem, differences};
use pages::{DOCUMENT, PAGES};

use super::{
    causes::{broken, cause},
    texts::{first_difference, shown_value},
};
use crate::{
    finding::Finding,
    load::Workspace,
    lock::{Departure, sha256},
};

pub(crate) fn pages(workspace: &Workspace) -> Vec<Finding> {
    let lock = workspace.lock().unwrap_or_default();
    let page_moved = workspace
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
    let departures: Vec<_> = differences(published.value(), document.value());
    let recorded = departures.iter().cloned().map(Departure::from).collect::<Vec<_>>() == lock.departures;
    if accepted && recorded && !page_moved {
        // a hand-made change that `regen` has taken over and written into the lock
        return Vec::new();
    }
    let because = if page_moved { Cause::PageEdited } else { cause(workspace, DOCUMENT) };
    let fix = if page_moved {
        "cargo xtask import".to_owned()
    } else {
        "cargo xtask regen keeps the edit and records it; cargo xtask import takes the page's value back".to_owned()
    };
    if departures.is_empty() {
        let (line, column, _, _) = first_difference(text, merged).unwrap_or((1, 1, "", ""));
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
            let is_kept = difference.left.is_none() && difference.pointer.starts_with("/paths/");
            let fix = if is_kept {
                "cargo xtask regen keeps it and records that; cargo xtask import --prune removes it".to_owned()
            } else {
                fix.clone()
            };
            let what = format!(
                "the page says {}, the document {}",
                shown_value(difference.left.as_ref()),
                shown_value(difference.right.as_ref())
            );
            let problem = document.problem_at(&difference.pointer, what, fix).because(because.clone());
            Finding::Drift(problem)
        })
        .collect()
}
