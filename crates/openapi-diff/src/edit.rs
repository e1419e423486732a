//! One edit between two documents, before anything is said of what it means.

use serde_json::Value;

use super::{at::At, law::Ways};

/// A value of one side and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// JSON Pointer of the value.
    pub pointer: String,
    /// The value.
    pub value: Value,
}

impl Side {
    pub(super) fn of(at: &At<'_>) -> Self {
        Self { pointer: at.pointer.clone(), value: at.value.clone() }
    }
}

/// One edit: what is another, where, and which way it travels.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// The rule that claims it.
    pub id: &'static str,
    /// What the base has there.
    pub base: Option<Side>,
    /// What the revision has there.
    pub revision: Option<Side>,
    /// The ways in which it travels.
    pub ways: Ways,
    /// What is named where values alone do not tell: a property, a status, a scheme.
    pub subject: String,
}

impl Edit {
    /// Where it stands: in the base, or in the revision if the base has nothing of it.
    #[must_use]
    pub fn pointer(&self) -> &str {
        self.base.as_ref().or(self.revision.as_ref()).map_or("", |side| &side.pointer)
    }
}
