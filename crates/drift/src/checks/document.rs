//! Checks that a client can be generated from the document, and compares a candidate document with the committed one.

use openapi::{Cause, Code, Document, Located, differences};
use pages::DOCUMENT;

use openapi_diff::{Verdict, wire_changes};

use super::causes::broken;
use crate::{excerpt::shown_value, finding::Finding, load::Workspace};

pub(crate) fn document(workspace: &Workspace) -> Vec<Finding> {
    let sources = match workspace.sources() {
        Ok(sources) => sources,
        Err(problems) => return broken(workspace, problems),
    };
    // the check `overlay` reports problems of the overlay
    let without_overlay = |findings: Vec<Finding>| findings.into_iter().filter(|finding| !is_of_overlay(finding));
    let invalid = match (sources.corrected(), workspace.generated()) {
        (Err(problems), _) => without_overlay(broken(workspace, &problems)).collect(),
        (_, Err(problems)) => without_overlay(broken(workspace, problems)).collect(),
        _ => Vec::new(),
    };
    let Some(candidate) = &workspace.candidate else { return invalid };
    let committed = match workspace.text(DOCUMENT).and_then(|text| Document::parse(DOCUMENT, text)) {
        Ok(committed) => committed,
        Err(problem) => return broken(workspace, &[problem]),
    };
    let different = |pointer: &str, what: String, code: Code| {
        let fix = "import the page with the change by `cargo xtask import PAGE.md`, then run cargo xtask regen";
        Finding::Drift(candidate.problem_at(pointer, what, fix).because(Cause::DocumentEdited).of(code))
    };
    let changes = match wire_changes(committed.value(), candidate.value(), "") {
        Ok(changes) => changes,
        Err(problem) => return broken(workspace, &[problem]),
    };
    let mut findings = invalid;
    for change in &changes {
        let at = change.revision.as_ref().map_or(change.pointer.as_str(), |side| side.pointer.as_str());
        let (code, effect) = match change.wire {
            Verdict::Docs => (Code::Documentation, "documentation only".to_owned()),
            verdict => (Code::Drift, format!("{} on the wire", verdict.word())),
        };
        findings.push(different(at, format!("{} ({effect}) [{}]", change.message, change.kind), code));
    }
    // a difference that no kind of change covers is drift too
    if changes.is_empty() {
        findings.extend(differences(committed.value(), candidate.value()).into_iter().map(|difference| {
            let location = Located::of(candidate.value(), &difference.pointer);
            let (left, right) = (shown_value(difference.left.as_ref()), shown_value(difference.right.as_ref()));
            let what = format!("{location} is {right}, {left} in {DOCUMENT}");
            different(&difference.pointer, what, Code::Drift)
        }));
    }
    findings
}

fn is_of_overlay(finding: &Finding) -> bool {
    let (Finding::Drift(problem) | Finding::Broken(problem) | Finding::Warning(problem)) = finding;
    problem.file.as_deref() == Some(pages::OVERLAY)
}
