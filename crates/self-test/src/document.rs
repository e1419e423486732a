//! Mutants of the document: as candidate, and as edits of the committed and the transcribed document.

use std::collections::BTreeSet;

use blynk_drift::Workspace;
use generator_tests::mutate::{Mutant, MutantKind, mutants};
use openapi::{Cause, Document, Problem};
use pages::{DOCUMENT, TRANSCRIBED};

use super::change::{Change, Edit, spread};

/// The most mutants of a large document, spread over all of it, besides one of each kind.
const MOST: usize = 600;

pub(super) fn changes(workspace: &Workspace) -> Result<Vec<Change>, Problem> {
    let document = Document::parse(DOCUMENT, workspace.text(DOCUMENT)?)?;
    let mut changes = Vec::new();
    for mutant in sample(mutants(document.value())) {
        changes.push(Change {
            target: "candidate document",
            operator: mutant.operator.to_owned(),
            class: mutant.kind,
            cause: Some(Cause::DocumentEdited),
            edit: Edit::Candidate(mutant.edit.text(document.value())),
        });
    }
    for (name, target) in [(DOCUMENT, "the document"), (TRANSCRIBED, "the transcribed document")] {
        let document = Document::parse(name, workspace.text(name)?)?;
        for mutant in one_of_each(mutants(document.value())) {
            let text = mutant.edit.text(document.value());
            // the committed document is compared byte for byte, so that cosmetic edits are detected too
            let class = if mutant.kind == MutantKind::Cosmetic { MutantKind::Semantic } else { mutant.kind };
            if text != document.text() {
                changes.push(Change::file(target, mutant.operator, class, Cause::DocumentEdited, name, text));
            }
        }
    }
    Ok(changes)
}

/// Returns the first mutant of each operator.
pub(super) fn one_of_each(mutants: Vec<Mutant>) -> Vec<Mutant> {
    let mut seen = BTreeSet::new();
    mutants.into_iter().filter(|mutant| seen.insert(mutant.operator)).collect()
}

/// Returns all mutants; of a large document, one of each operator and a sample.
fn sample(all: Vec<Mutant>) -> Vec<Mutant> {
    if all.len() <= MOST {
        return all;
    }
    let mut chosen = one_of_each(all.clone());
    chosen.extend(spread(all, MOST));
    chosen
}
