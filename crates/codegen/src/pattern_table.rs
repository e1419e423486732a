//! The compiled patterns of a document, and the placeholders that typify gets instead of them.

use std::collections::BTreeMap;

use openapi::{Pattern, Unsupported};
use serde_json::Value;

/// The most work to match the values of one enum: the weight of the pattern times their length.
const MOST_MATCHING: u64 = 100_000_000;

/// The patterns of a document, each compiled once.
#[derive(Default)]
pub(crate) struct Patterns {
    pub(crate) compiled: BTreeMap<String, Result<Pattern, Unsupported>>,
}

impl Patterns {
    fn compiled(&self, pattern: &str) -> Result<Pattern, Unsupported> {
        self.compiled.get(pattern).cloned().unwrap_or_else(|| Pattern::new(pattern))
    }

    /// Returns why a pattern is not enforced, if it is not.
    pub(crate) fn refused(&self, pattern: &str) -> Option<Unsupported> {
        self.compiled(pattern).err()
    }

    /// Returns the enum values that match; none if matching would exceed [`MOST_MATCHING`].
    pub(crate) fn matching<'v>(&self, pattern: &str, values: &'v [Value]) -> Vec<&'v Value> {
        let Ok(compiled) = self.compiled(pattern) else { return Vec::new() };
        let length: usize = values.iter().filter_map(Value::as_str).map(str::len).sum();
        if compiled.weight().saturating_mul(length as u64) > MOST_MATCHING {
            return Vec::new();
        }
        values.iter().filter(|value| value.as_str().is_none_or(|text| compiled.is_match(text))).collect()
    }

    /// Returns the placeholder of each enforced pattern: a pattern that matches every string and contains the index.
    pub(crate) fn placeholders(&self) -> BTreeMap<String, String> {
        let enforced = self.compiled.iter().enumerate().filter(|(_, (_, compiled))| compiled.is_ok());
        enforced.map(|(at, (text, _))| (text.clone(), format!("{PLACEHOLDER}{at}{PLACEHOLDER_END}"))).collect()
    }

    /// Returns the patterns of the placeholders in a string, each as written and compiled. typify may join several.
    pub(crate) fn of_placeholders<'p>(&'p self, placeholders: &str) -> Vec<(&'p str, &'p Pattern)> {
        let known: Vec<_> = self.compiled.iter().collect();
        let indices = placeholders
            .split(PLACEHOLDER)
            .skip(1)
            .filter_map(|rest| rest.split_once(PLACEHOLDER_END)?.0.parse::<usize>().ok());
        let found = indices.filter_map(|at| known.get(at));
        found.filter_map(|(text, compiled)| Some((text.as_str(), compiled.as_ref().ok()?))).collect()
    }
}

const PLACEHOLDER: &str = "(?:pattern-";
const PLACEHOLDER_END: &str = "-)?";
