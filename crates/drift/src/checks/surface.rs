//! Compares the committed snapshot of the public API with the generated one.

use openapi::{Cause, Problem};

use super::{causes::broken, text_diff::generated_drift};
use crate::{finding::Finding, load::Workspace, paths::SURFACE, snapshot};

pub(crate) fn surface(workspace: &Workspace) -> Vec<Finding> {
    let generated = match workspace.generated() {
        Ok(generated) => generated,
        Err(problems) => return broken(workspace, problems),
    };
    match workspace.text(SURFACE) {
        Ok(committed) if snapshot::text_of(committed).is_none() => {
            vec![Finding::Drift(
                Problem::new(format!("{SURFACE} is not a snapshot of insta"), "cargo xtask regen")
                    .in_file(SURFACE)
                    .because(Cause::GeneratedFileEdited),
            )]
        }
        Ok(committed) => generated_drift(workspace, SURFACE, committed, &snapshot::file_of(&generated.surface())),
        Err(problem) => vec![Finding::Drift(problem.because(Cause::GeneratedFileEdited))],
    }
}
