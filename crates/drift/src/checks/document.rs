//! Whether the document is one that can be generated from; and what another in its place says that it does not.

use openapi::{Cause, Code, Document, differences};
use pages::DOCUMENT;

use openapi_diff::{Verdict, wire_changes};

use super::{causes::broken, texts::shown_value};
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
    let different = |pointer: &str, what: String, code: Code| {
        let fix = format!("put the change into {DOCUMENT} (by `cargo xtask import PAGE.md`), then cargo xtask regen");
        Finding::Drift(candidate.problem_at(pointer, what, fix).because(Cause::DocumentEdited).of(code))
    };
    let changes = match wire_changes(committed.value(), candidate.value(), "") {
        Ok(changes) => changes,
        Err(problem) => return broken(workspace, &[problem]),
    };
    let mut findings = invalid;
    for change in &changes {
        let at = change.revision.as_ref().map_or(change.pointer.as_str(), |side| side.pointer.as_str());
        let (code, class) = match change.wire {
            Verdict::Docs => (Code::Documentation, "documentation only".to_owned()),
            verdict => (Code::Drift, format!("{} on the wire", verdict.word())),
        };
        findings.push(different(at, format!("{class}: {} [{}]", change.message, change.kind), code));
    }
    // whatever no class of changes speaks of is a difference all the same
    if changes.is_empty() {
        findings.extend(differences(committed.value(), candidate.value()).into_iter().map(|difference| {
            let (left, right) = (shown_value(difference.left.as_ref()), shown_value(difference.right.as_ref()));
            let what = format!("the committed document says {left}, this one {right}");
            different(&difference.pointer, what, Code::Drift)
        }));
    }
    findings
}

fn is_of_overlay(finding: &Finding) -> bool {
    let (Finding::Drift(problem) | Finding::Broken(problem) | Finding::Warning(problem)) = finding;
    problem.file.as_deref() == Some(pages::OVERLAY)
}
