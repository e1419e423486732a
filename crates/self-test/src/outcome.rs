//! The result of the checks on a mutation.

use std::time::Duration;

use generator_tests::mutate::MutantKind;

use super::change::Change;

/// The result of the checks on a mutation.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The mutation.
    pub change: Change,
    /// The checks that detected it, in the order of the table.
    pub detected_by: Vec<&'static str>,
    /// Whether the checks reported the expected cause and no other.
    pub cause_is_right: bool,
    /// Whether the check `document` distinguished documentation from other changes.
    pub class_is_right: bool,
    /// Whether a check panicked.
    pub panicked: bool,
    /// How long the checks took.
    pub time: Duration,
}

impl Outcome {
    /// Returns whether the result is as expected: cosmetic mutations pass, others are detected with the right cause.
    #[must_use]
    pub fn is_right(&self) -> bool {
        let is_detected = !self.detected_by.is_empty();
        let must_be_detected = self.change.class != MutantKind::Cosmetic;
        !self.panicked && is_detected == must_be_detected && self.cause_is_right && self.class_is_right
    }
}
