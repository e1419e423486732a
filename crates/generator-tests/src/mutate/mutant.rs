//! Mutants of a document.

use serde_json::Value;

use super::edit::Edit;

/// The kind of a mutant: what its change means to callers of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MutantKind {
    /// Requests or responses change.
    Semantic,
    /// Only documentation changes.
    Documentation,
    /// Only the formatting changes.
    Cosmetic,
}

impl MutantKind {
    /// Returns its name in JSON reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Semantic => "meaningful",
            Self::Documentation => "documentation",
            Self::Cosmetic => "cosmetic",
        }
    }

    /// Returns its name in text reports.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Semantic => "semantic",
            other => other.name(),
        }
    }
}

/// A changed document.
#[derive(Clone, Debug, PartialEq)]
pub struct Mutant {
    /// The mutation operator, such as `maxLength: added`.
    pub operator: &'static str,
    /// JSON Pointer of the changed value.
    pub pointer: String,
    /// The kind of the change.
    pub kind: MutantKind,
    /// The change.
    pub edit: Edit,
}

/// A document, and its mutants so far.
pub(super) struct Mutants<'d> {
    pub(super) document: &'d Value,
    pub(super) found: Vec<Mutant>,
}

impl Mutants<'_> {
    /// Whether schemas are JSON Schema: since OpenAPI 3.1.
    pub(super) fn has_json_schemas(&self) -> bool {
        let version = self.document.get("openapi").and_then(Value::as_str).unwrap_or_default().trim();
        version.starts_with("3.1") || version.starts_with("3.2")
    }

    pub(super) fn add(&mut self, operator: &'static str, pointer: &str, kind: MutantKind, edit: Edit) {
        self.found.push(Mutant { operator, pointer: pointer.to_owned(), kind, edit });
    }

    pub(super) fn set(&mut self, operator: &'static str, pointer: &str, value: impl Into<Value>) {
        self.add(operator, pointer, MutantKind::Semantic, Edit::set(pointer, value));
    }

    pub(super) fn remove(&mut self, operator: &'static str, pointer: &str) {
        self.add(operator, pointer, MutantKind::Semantic, Edit::Remove(pointer.to_owned()));
    }

    pub(super) fn rename(&mut self, operator: &'static str, pointer: &str, name: &str) {
        self.add(operator, pointer, MutantKind::Semantic, Edit::Rename(pointer.to_owned(), name.to_owned()));
    }

    pub(super) fn set_documentation(&mut self, operator: &'static str, pointer: &str, value: impl Into<Value>) {
        self.add(operator, pointer, MutantKind::Documentation, Edit::set(pointer, value));
    }
}
