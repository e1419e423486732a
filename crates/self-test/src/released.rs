//! Mutants of the record of the last release: another document under the present version.

use blynk_drift::{RELEASED, Released, Workspace};
use generator_tests::mutate::{MutantKind, mutants};
use openapi::{Cause, Problem};

use super::{change::Change, document::one_of_each};

pub(super) fn changes(workspace: &Workspace) -> Result<Vec<Change>, Problem> {
    let first = |problems: Vec<Problem>| problems.into_iter().next().unwrap_or_default();
    let now = workspace.as_released().map_err(first)?;
    let mut changes = Vec::new();
    for mutant in one_of_each(mutants(&now.document)).into_iter().filter(|mutant| mutant.kind != MutantKind::Cosmetic) {
        let then = Released { document: mutant.edit.apply(&now.document), ..now.clone() };
        let change = Change::file(
            "the released document",
            mutant.operator,
            mutant.kind,
            Cause::GeneratedFileEdited,
            RELEASED,
            then.to_text()?,
        );
        changes.push(change.with_matching_lock());
    }
    Ok(changes)
}
