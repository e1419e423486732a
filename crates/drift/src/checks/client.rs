//! Compares the committed client with the generated one, byte for byte, and two generations with each other.

use openapi::{Cause, Problem};

use super::{causes::broken, text_diff::generated_drift};
use crate::{finding::Finding, load::Workspace, paths::CLIENT};

pub(crate) fn client(workspace: &Workspace) -> Vec<Finding> {
    let (first, sources) = match (workspace.generated(), workspace.sources()) {
        (Ok(generated), Ok(sources)) => (generated, sources),
        (Err(problems), _) | (_, Err(problems)) => return broken(workspace, problems),
    };
    // the second generation detects output that is not deterministic
    match sources.generate() {
        Ok(second) if second.code == first.code => {}
        Ok(_) => {
            let what = format!("{CLIENT}: two generations from the same document differ");
            return vec![Finding::Broken(Problem::bug(what).in_file(CLIENT))];
        }
        Err(problems) => return broken(workspace, &problems),
    }
    match workspace.text(CLIENT) {
        Ok(committed) => generated_drift(workspace, CLIENT, committed, &first.code),
        Err(problem) => vec![Finding::Drift(problem.because(Cause::GeneratedFileEdited))],
    }
}
