//! What the checks made of a change.

use std::time::Duration;

use generator_tests::mutate::MutantKind;

use super::change::Change;

/// What the checks made of a change.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The change.
    pub change: Change,
    /// The checks that saw it, in the table's order.
    pub caught_by: Vec<&'static str>,
    /// Whether no other cause was named than the one that must be.
    pub cause_is_right: bool,
    /// Whether documentation that changed was called so, and nothing else was.
    pub class_is_right: bool,
    /// Whether a check failed in its own code.
    pub panicked: bool,
    /// How long the checks took.
    pub time: Duration,
}

impl Outcome {
    /// Whether it is what its class asks for: cosmetic changes pass, others are caught, by their name.
    #[must_use]
    pub fn is_right(&self) -> bool {
        let is_caught = !self.caught_by.is_empty();
        let should_be_caught = self.change.class != MutantKind::Cosmetic;
        !self.panicked && is_caught == should_be_caught && self.cause_is_right && self.class_is_right
    }
}
