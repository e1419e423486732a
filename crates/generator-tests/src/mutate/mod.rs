//! Every one-step change of a document, each with what it means: the yardstick for what generation may not lose.
//!
//! The mutator knows OpenAPI by itself. It shares no table with the generator, so that both are not blind in one place.

mod edit;
mod fate;
mod mutant;
mod operations;
mod schemas;
mod texts;
mod whole;

use serde_json::Value;

pub use edit::Edit;
pub use fate::{Fate, Fated, fates, table};
pub use mutant::{Class, Mutant};

use mutant::Mutants;

/// All mutants of a document, in the document's order, cosmetic ones last.
#[must_use]
pub fn mutants(document: &Value) -> Vec<Mutant> {
    let mut mutants = Mutants { document, found: Vec::new() };
    whole::mutate(&mut mutants);
    operations::mutate(&mut mutants);
    schemas::mutate_components(&mut mutants);
    texts::mutate(&mut mutants);
    // an edit that changes nothing is no mutant
    mutants.found.retain(|mutant| mutant.edit.changes(document));
    mutants.found
}
