//! Whether the committed client is, byte for byte, what the document generates; generated twice.

use openapi::{Cause, Problem};

use super::{causes::broken, texts::generated_drift};
use crate::{finding::Finding, load::Workspace, paths::CLIENT};

pub(crate) fn client(workspace: &Workspace) -> Vec<Finding> {
    let (first, sources) = match (workspace.generated(), workspace.sources()) {
        (Ok(generated), Ok(sources)) => (generated, sources),
        (Err(problems), _) | (_, Err(problems)) => return broken(workspace, problems),
    };
    // the second generation is the point of this check
    match sources.generate() {
        Ok(second) if second.code == first.code => {}
        Ok(_) => {
            let what = "two generations of one document differ";
            return vec![Finding::Broken(Problem::bug(what).in_file(CLIENT))];
        }
        Err(problems) => return broken(workspace, &problems),
    }
    match workspace.text(CLIENT) {
        Ok(committed) => generated_drift(workspace, CLIENT, committed, &first.code),
        Err(problem) => vec![Finding::Drift(problem.because(Cause::GeneratedFileEdited))],
    }
}
