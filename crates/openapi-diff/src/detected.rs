//! A change as it is detected, before its verdict.

use serde_json::Value;

use crate::{at::At, change_kind::ChangeKind, variance::Directions};

/// A value of one document and its JSON Pointer.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// JSON Pointer of the value.
    pub pointer: String,
    /// The value.
    pub value: Value,
}

impl Side {
    pub(crate) fn of(at: &At<'_>) -> Self {
        Self { pointer: at.pointer.clone(), value: at.value.clone() }
    }
}

/// The name of what changed, where its values do not contain it: of a property, a status, a security scheme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Subject {
    /// The pointers and values identify it.
    #[default]
    Unnamed,
    /// The name on one side, or on both.
    Named(String),
    /// The name in the base, and the one in the revision.
    Renamed(String, String),
}

impl Subject {
    pub(crate) fn named(name: &str) -> Self {
        if name.is_empty() { Self::Unnamed } else { Self::Named(name.to_owned()) }
    }

    pub(crate) fn renamed(from: &str, to: &str) -> Self {
        Self::Renamed(from.to_owned(), to.to_owned())
    }

    /// All names.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let (one, other) = match self {
            Self::Unnamed => (None, None),
            Self::Named(name) => (Some(name), None),
            Self::Renamed(from, to) => (Some(from), Some(to)),
        };
        one.into_iter().chain(other).map(String::as_str)
    }
}

/// A change of a value, and the directions in which the value is sent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DetectedChange {
    pub(crate) kind: ChangeKind,
    /// The value in the base.
    pub(crate) base: Option<Side>,
    /// The value in the revision.
    pub(crate) revision: Option<Side>,
    pub(crate) directions: Directions,
    pub(crate) subject: Subject,
}

impl DetectedChange {
    /// The pointer in the base, or in the revision if the base does not have the value.
    pub(crate) fn pointer(&self) -> &str {
        self.base.as_ref().or(self.revision.as_ref()).map_or("", |side| &side.pointer)
    }
}
