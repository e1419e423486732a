//! Compares the committed list of unsupported keywords with the generated one.

use super::{causes::broken, text_diff::generated_drift};
use crate::{finding::Finding, load::Workspace, paths::UNREPRESENTED, regen::unrepresented_file};
use openapi::Cause;

pub(crate) fn unrepresented(workspace: &Workspace) -> Vec<Finding> {
    let made = match workspace.generated() {
        Ok(generated) => unrepresented_file(&generated.unrepresented),
        Err(problems) => return broken(workspace, problems),
    };
    match (workspace.text(UNREPRESENTED), made) {
        (Ok(committed), Ok(made)) => generated_drift(workspace, UNREPRESENTED, committed, &made),
        (Err(problem), _) => vec![Finding::Drift(problem.because(Cause::GeneratedFileEdited))],
        (_, Err(problem)) => vec![Finding::Broken(problem)],
    }
}
