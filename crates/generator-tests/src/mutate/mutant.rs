//! A mutant of a document, and the list that they are collected in.

use serde_json::Value;

use super::edit::Edit;

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

impl Class {
    /// Returns its name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Meaningful => "meaningful",
            Self::Documentation => "documentation",
            Self::Cosmetic => "cosmetic",
        }
    }
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

/// The document, and the mutants found so far.
pub(super) struct Mutants<'d> {
    pub(super) document: &'d Value,
    pub(super) found: Vec<Mutant>,
}

impl Mutants<'_> {
    pub(super) fn add(&mut self, operator: &'static str, pointer: &str, class: Class, edit: Edit) {
        self.found.push(Mutant { operator, pointer: pointer.to_owned(), class, edit });
    }

    pub(super) fn set(&mut self, operator: &'static str, pointer: &str, value: impl Into<Value>) {
        self.add(operator, pointer, Class::Meaningful, Edit::set(pointer, value));
    }

    pub(super) fn remove(&mut self, operator: &'static str, pointer: &str) {
        self.add(operator, pointer, Class::Meaningful, Edit::Remove(pointer.to_owned()));
    }

    pub(super) fn rename(&mut self, operator: &'static str, pointer: &str, name: &str) {
        self.add(operator, pointer, Class::Meaningful, Edit::Rename(pointer.to_owned(), name.to_owned()));
    }

    pub(super) fn words(&mut self, operator: &'static str, pointer: &str, value: impl Into<Value>) {
        self.add(operator, pointer, Class::Documentation, Edit::set(pointer, value));
    }
}
