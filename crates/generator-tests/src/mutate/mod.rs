//! Every one-step change of a document, each with what it means: the yardstick for what generation may not lose.
//!
//! The mutator knows OpenAPI by itself. It shares no table with the generator, so that both are not blind in one place.

mod edit;
mod fate;
mod operations;
mod schemas;
mod texts;
mod whole;

use serde_json::Value;

pub use edit::Edit;
pub use fate::{Fate, Fated, fates, table};

/// What a change means to those who call the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// What may be sent or comes back, or how, is another.
    Meaningful,
    /// Words for people only.
    Documentation,
    /// The same document, written differently.
    Cosmetic,
}

/// One change of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Mutant {
    /// What kind of change it is, such as `maxLength: raised`.
    pub operator: &'static str,
    /// JSON Pointer of what is changed.
    pub pointer: String,
    /// What the change means.
    pub class: Class,
    /// The change itself.
    pub edit: Edit,
}

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

/// The document, and the mutants found so far.
struct Mutants<'d> {
    document: &'d Value,
    found: Vec<Mutant>,
}

impl Mutants<'_> {
    fn add(&mut self, operator: &'static str, pointer: &str, class: Class, edit: Edit) {
        self.found.push(Mutant { operator, pointer: pointer.to_owned(), class, edit });
    }

    fn set(&mut self, operator: &'static str, pointer: &str, value: impl Into<Value>) {
        self.add(operator, pointer, Class::Meaningful, Edit::set(pointer, value));
    }

    fn remove(&mut self, operator: &'static str, pointer: &str) {
        self.add(operator, pointer, Class::Meaningful, Edit::Remove(pointer.to_owned()));
    }

    fn rename(&mut self, operator: &'static str, pointer: &str, name: &str) {
        self.add(operator, pointer, Class::Meaningful, Edit::Rename(pointer.to_owned(), name.to_owned()));
    }

    fn words(&mut self, operator: &'static str, pointer: &str, value: impl Into<Value>) {
        self.add(operator, pointer, Class::Documentation, Edit::set(pointer, value));
    }
}
