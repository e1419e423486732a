//! A change with its verdicts.

use crate::{
    change_kind::ChangeKind,
    detected::{DetectedChange, Side},
    message::{Described, Messages},
    variance::Verdict,
    verdict::verdict,
};

/// A change with its verdicts.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The kind of change.
    pub kind: ChangeKind,
    /// The pointer in the base, or in the revision if the base does not have the value.
    pub pointer: String,
    /// The value in the base.
    pub base: Option<Side>,
    /// The value in the revision.
    pub revision: Option<Side>,
    /// The verdict for requests and responses.
    pub wire: Verdict,
    /// The verdict for Rust code that uses the generated client.
    pub rust: Verdict,
    /// The items of generated code that it changes.
    pub items: Vec<String>,
    /// The operation, part and property that changed, and how, in one line.
    pub message: String,
    /// The first operations that use the component that changed, and how many more there are.
    pub used_by: Option<String>,
    /// The reason for which it is allowed, if it is.
    pub allowed: Option<String>,
}

impl Change {
    /// Returns a change with its verdict for requests and responses.
    pub(crate) fn new(detected: &DetectedChange, messages: &Messages<'_>) -> Self {
        let wire = verdict(detected.kind, detected.directions);
        let Described { message, used_by } = messages.of(detected);
        Self {
            kind: detected.kind,
            pointer: detected.pointer().to_owned(),
            base: detected.base.clone(),
            revision: detected.revision.clone(),
            wire,
            rust: if wire == Verdict::Docs { Verdict::Docs } else { Verdict::None },
            items: Vec::new(),
            message,
            used_by,
            allowed: None,
        }
    }

    /// Returns the worse of both verdicts.
    #[must_use]
    pub fn worst(&self) -> Verdict {
        self.wire.max(self.rust)
    }
}
