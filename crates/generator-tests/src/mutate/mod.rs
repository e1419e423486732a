//! Mutation testing of the generator: every single-step change of a document, which generation must detect or must not.
//!
//! The mutation operators do not share tables with the generator, so that a defect in one cannot hide from both.

mod document;
mod documentation;
mod edit;
mod equivalent;
mod json_schema;
mod mutant;
mod operations;
mod outcome;
mod schemas;

use serde_json::Value;

pub use edit::Edit;
pub use mutant::{Mutant, MutantKind};
pub use outcome::{Outcome, TestedMutant, table, test_mutants};

use mutant::Mutants;

/// Returns all mutants of a document.
#[must_use]
pub fn mutants(document: &Value) -> Vec<Mutant> {
    let mut mutants = Mutants { document, found: Vec::new() };
    document::mutate(&mut mutants);
    operations::mutate(&mut mutants);
    schemas::mutate_components(&mut mutants);
    documentation::mutate(&mut mutants);
    mutants.found.retain(|mutant| mutant.edit.changes(document));
    mutants.found
}
