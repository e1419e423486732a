//! A boundary value, and the limits of how many there are and how large they get.

use serde_json::Value;

/// No type gets more values; of more, these many are taken, spread over all.
pub const MOST: usize = 1_200;

/// Schemas below this many others get a few values only: the types that they are have values of their own.
pub const DEEPEST: usize = 3;

/// Of the variants of one union, and of the values of one enum, these many get values.
pub const WIDEST: usize = 24;

/// No text is made longer than this to reach a bound, and no list or map longer than [`MOST_ITEMS`].
pub const LONGEST: usize = 5_000;

/// The most items of a list, and properties of a map, that are made to reach a bound.
pub const MOST_ITEMS: usize = 1_000;

/// The most values that one boundary value is put together of.
pub const LARGEST: usize = 1_500;

/// A value, and what is special about it.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundaryValue {
    /// What is special about it.
    pub label: String,
    /// The value.
    pub value: Value,
    /// JSON Pointers of the schemas from the type's down to the one that is probed, references followed.
    pub trail: Vec<String>,
}

impl BoundaryValue {
    pub(super) fn new(label: impl Into<String>, value: Value, trail: &[String]) -> Self {
        Self { label: label.into(), value, trail: trail.to_vec() }
    }

    /// JSON Pointer of the schema that this value probes.
    #[must_use]
    pub fn pointer(&self) -> &str {
        self.trail.last().map_or("", String::as_str)
    }

    /// The same inside of another value, with the schemas above it.
    pub(super) fn inside(self, label: &str, value: Value, above: &[String]) -> Self {
        let trail = above.iter().cloned().chain(self.trail).collect();
        Self { label: format!("{label}: {}", self.label), value, trail }
    }
}

/// The first, and of the others so many that there are no more than `most`, spread over all.
pub(super) fn spread<T>(found: Vec<T>, most: usize) -> Vec<T> {
    let all = found.len();
    let is_taken = |index: usize| index == 0 || index * most / all != (index - 1) * most / all;
    let indexed = found.into_iter().enumerate();
    indexed.filter(|(index, _)| all <= most || is_taken(*index)).map(|(_, one)| one).take(most).collect()
}
