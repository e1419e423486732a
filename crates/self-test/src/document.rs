//! The document: another in its place, and edits of the committed one and of the one that we transcribed.

use std::collections::BTreeSet;

use blynk_drift::Workspace;
use generator_tests::mutate::{Mutant, MutantKind, mutants};
use openapi::{Cause, Document, Problem};
use pages::{DOCUMENT, TRANSCRIBED};

use super::change::{Change, Edit, spread};

/// So many changes of a large document, spread over all, and one of each kind: more would take more time than they are
/// worth.
const MOST: usize = 600;

pub(super) fn changes(workspace: &Workspace) -> Result<Vec<Change>, Problem> {
    let document = Document::parse(DOCUMENT, workspace.text(DOCUMENT)?)?;
    let mut changes = Vec::new();
    for mutant in some(mutants(document.value())) {
        changes.push(Change {
            target: "another document",
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
            // the committed document is held byte for byte, however little an edit means
            let class = if mutant.kind == MutantKind::Cosmetic { MutantKind::Semantic } else { mutant.kind };
            if text != document.text() {
                changes.push(Change::file(target, mutant.operator, class, Cause::DocumentEdited, name, text));
            }
        }
    }
    Ok(changes)
}

/// The first mutant of each operator.
pub(super) fn one_of_each(mutants: Vec<Mutant>) -> Vec<Mutant> {
    let mut seen = BTreeSet::new();
    mutants.into_iter().filter(|mutant| seen.insert(mutant.operator)).collect()
}

/// All mutants, or of many one of each operator and some of all.
fn some(all: Vec<Mutant>) -> Vec<Mutant> {
    if all.len() <= MOST {
        return all;
    }
    let mut chosen = one_of_each(all.clone());
    chosen.extend(spread(all, MOST));
    chosen
}
