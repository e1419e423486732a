//! Boundary values, and the limits of their number and size.

use serde_json::Value;

/// The largest number of values for a type. Of more values, an even sample is used.
pub const MOST: usize = 1_200;

/// Schemas below this depth have a few values only.
pub const DEEPEST: usize = 3;

/// The number of variants of a union, and of values of an enum, that have boundary values.
pub const WIDEST: usize = 24;

/// The largest number of characters of a string. Larger bounds are not reached.
pub const LONGEST: usize = 5_000;

/// The largest number of items of an array and of properties of an object. Larger bounds are not reached.
pub const MOST_ITEMS: usize = 1_000;

/// The largest number of values in one boundary value.
pub const LARGEST: usize = 1_500;

/// A boundary value.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundaryValue {
    /// What distinguishes the value.
    pub label: String,
    /// The value.
    pub value: Value,
    /// JSON Pointers of the schemas from the type's to the one that the value is a boundary value of, with the targets
    /// of references.
    pub trail: Vec<String>,
}

impl BoundaryValue {
    pub(super) fn new(label: impl Into<String>, value: Value, trail: &[String]) -> Self {
        Self { label: label.into(), value, trail: trail.to_vec() }
    }

    /// Returns the JSON Pointer of the schema that this is a boundary value of.
    #[must_use]
    pub fn pointer(&self) -> &str {
        self.trail.last().map_or("", String::as_str)
    }

    /// Returns the boundary value as a part of another value, with the schemas around it.
    pub(super) fn inside(self, label: &str, value: Value, above: &[String]) -> Self {
        let trail = above.iter().cloned().chain(self.trail).collect();
        Self { label: format!("{label}: {}", self.label), value, trail }
    }
}

/// Returns the first value and an even sample of the others, `most` in total.
pub(super) fn spread<T>(found: Vec<T>, most: usize) -> Vec<T> {
    let all = found.len();
    let is_taken = |index: usize| index == 0 || index * most / all != (index - 1) * most / all;
    let indexed = found.into_iter().enumerate();
    indexed.filter(|(index, _)| all <= most || is_taken(*index)).map(|(_, one)| one).take(most).collect()
}
