//! Whether a document that stands in for the committed one says the same; and whether the committed one can be read.

use blynk_codegen::DOCUMENT;
use blynk_document::{Document, differences};

use super::{broken, shown_value};
use crate::{finding::Finding, load::Workspace};

pub(crate) fn document(workspace: &Workspace) -> Vec<Finding> {
    let sources = match workspace.sources() {
        Ok(sources) => sources,
        Err(problems) => return broken(problems),
    };
    let Some(candidate) = &workspace.candidate else {
        return match sources.corrected().err() {
            // what the overlay cannot do is its own check's to say
            Some(problems) => broken(&problems).into_iter().filter(|finding| !is_of_overlay(finding)).collect(),
            None => Vec::new(),
        };
    };
    let committed = match workspace.text(DOCUMENT).and_then(|text| Document::parse(DOCUMENT, text)) {
        Ok(committed) => committed,
        Err(problem) => return vec![Finding::Broken(problem)],
    };
    differences(committed.value(), candidate.value())
        .into_iter()
        .map(|difference| {
            let what = format!(
                "the committed document says {}, this one {}",
                shown_value(difference.left.as_ref()),
                shown_value(difference.right.as_ref())
            );
            let fix =
                format!("put the change into {DOCUMENT} (by `cargo xtask import PAGE.md`), then cargo xtask regen");
            Finding::Drift(candidate.problem_at(&difference.pointer, what, fix).because("document edited"))
        })
        .collect()
}

fn is_of_overlay(finding: &Finding) -> bool {
    let (Finding::Drift(problem) | Finding::Broken(problem)) = finding;
    problem.file.as_deref() == Some(blynk_codegen::OVERLAY)
}
