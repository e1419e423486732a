//! Whether the document is one that can be generated from; and what another in its place says that it does not.

use blynk_codegen::DOCUMENT;
use blynk_document::{Document, differences};

use super::{broken, shown_value};
use crate::{finding::Finding, load::Workspace};

pub(crate) fn document(workspace: &Workspace) -> Vec<Finding> {
    let sources = match workspace.sources() {
        Ok(sources) => sources,
        Err(problems) => return broken(workspace, problems),
    };
    // what the overlay cannot do is its own check's to say
    let not_of_overlay = |findings: Vec<Finding>| findings.into_iter().filter(|finding| !is_of_overlay(finding));
    let invalid = match (sources.corrected(), workspace.generated()) {
        (Err(problems), _) => not_of_overlay(broken(workspace, &problems)).collect(),
        (_, Err(problems)) => not_of_overlay(broken(workspace, problems)).collect(),
        _ => Vec::new(),
    };
    let Some(candidate) = &workspace.candidate else { return invalid };
    let committed = match workspace.text(DOCUMENT).and_then(|text| Document::parse(DOCUMENT, text)) {
        Ok(committed) => committed,
        Err(problem) => return broken(workspace, &[problem]),
    };
    let changed = differences(committed.value(), candidate.value()).into_iter().map(|difference| {
        let what = format!(
            "the committed document says {}, this one {}",
            shown_value(difference.left.as_ref()),
            shown_value(difference.right.as_ref())
        );
        let fix = format!("put the change into {DOCUMENT} (by `cargo xtask import PAGE.md`), then cargo xtask regen");
        Finding::Drift(candidate.problem_at(&difference.pointer, what, fix).because("document edited"))
    });
    invalid.into_iter().chain(changed).collect()
}

fn is_of_overlay(finding: &Finding) -> bool {
    let (Finding::Drift(problem) | Finding::Broken(problem) | Finding::Warning(problem)) = finding;
    problem.file.as_deref() == Some(blynk_codegen::OVERLAY)
}
