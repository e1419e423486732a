//! The same part of both documents.

use std::collections::HashSet;

use serde_json::Value;

use crate::at::At;

/// The same part of both documents.
#[derive(Clone, Debug)]
pub(super) struct Pair<'d> {
    pub(super) base: At<'d>,
    pub(super) revision: At<'d>,
}

impl<'d> Pair<'d> {
    pub(super) fn new(base: At<'d>, revision: At<'d>) -> Self {
        Self { base, revision }
    }

    /// Whether the values are equal.
    pub(super) fn is_unchanged(&self) -> bool {
        self.base.value == self.revision.value
    }

    /// The members under a key.
    pub(super) fn get(&self, key: &str) -> (Option<At<'d>>, Option<At<'d>>) {
        (self.base.get(key), self.revision.get(key))
    }

    /// The members under a key unless they are null.
    pub(super) fn present(&self, key: &str) -> (Option<At<'d>>, Option<At<'d>>) {
        (self.base.present(key), self.revision.present(key))
    }

    /// The members under a key; null in place of an absent one.
    pub(super) fn member(&self, key: &str) -> Self {
        Self::new(self.base.member(key), self.revision.member(key))
    }

    /// The items of the arrays under a key.
    pub(super) fn lists(&self, key: &str) -> (Vec<At<'d>>, Vec<At<'d>>) {
        (self.base.list(key), self.revision.list(key))
    }

    /// The keys of both, each once, in the order of the base.
    pub(super) fn keys(&self) -> Vec<&'d str> {
        let mut seen = HashSet::new();
        let all = [self.base.value, self.revision.value].into_iter().filter_map(Value::as_object).flatten();
        all.map(|(key, _)| key.as_str()).filter(|key| seen.insert(*key)).collect()
    }
}

/// The value unless it is null, which is the same as none.
pub(super) fn value<'d>(at: &Option<At<'d>>) -> Option<&'d Value> {
    at.as_ref().map(|at| at.value).filter(|value| !value.is_null())
}
