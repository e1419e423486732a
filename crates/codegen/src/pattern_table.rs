//! The patterns of a document, compiled, and the signs that typify sees in their place.

use std::collections::BTreeMap;

use openapi::{Pattern, Unsupported};
use serde_json::Value;

/// The most work to match one enum's values: the pattern's weight times their length.
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

    /// Why a pattern is not enforced, if it is not.
    pub(crate) fn refused(&self, pattern: &str) -> Option<Unsupported> {
        self.compiled(pattern).err()
    }

    /// Those of an enum's values that match; none if it would be too much work to find out.
    pub(crate) fn matching<'v>(&self, pattern: &str, values: &'v [Value]) -> Vec<&'v Value> {
        let Ok(compiled) = self.compiled(pattern) else { return Vec::new() };
        let length: usize = values.iter().filter_map(Value::as_str).map(str::len).sum();
        if compiled.weight().saturating_mul(length as u64) > MOST_MATCHING {
            return Vec::new();
        }
        values.iter().filter(|value| value.as_str().is_none_or(|text| compiled.is_match(text))).collect()
    }

    /// What typify sees in place of each pattern: one that matches every text, and says which it is.
    pub(crate) fn signs(&self) -> BTreeMap<String, String> {
        let enforced = self.compiled.iter().enumerate().filter(|(_, (_, compiled))| compiled.is_ok());
        enforced.map(|(at, (text, _))| (text.clone(), format!("{SIGN}{at}{SIGN_END}"))).collect()
    }

    /// The patterns that signs stand for, each as it is written and compiled. typify puts several into one text.
    pub(crate) fn of_signs<'p>(&'p self, signs: &str) -> Vec<(&'p str, &'p Pattern)> {
        let known: Vec<_> = self.compiled.iter().collect();
        let indices = signs.split(SIGN).skip(1).filter_map(|rest| rest.split_once(SIGN_END)?.0.parse::<usize>().ok());
        let found = indices.filter_map(|at| known.get(at));
        found.filter_map(|(text, compiled)| Some((text.as_str(), compiled.as_ref().ok()?))).collect()
    }
}

const SIGN: &str = "(?:pattern-";
const SIGN_END: &str = "-)?";
