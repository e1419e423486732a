//! Matching of values that only the base has with values that only the revision has, in linear time.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
};

/// Candidates in their order. Each is taken at most once.
pub(super) struct Candidates<T>(Vec<Option<T>>);

/// The positions of candidates by a key.
pub(super) struct Index<K>(HashMap<K, VecDeque<usize>>);

impl<T> Candidates<T> {
    pub(super) fn new(candidates: impl IntoIterator<Item = T>) -> Self {
        Self(candidates.into_iter().map(Some).collect())
    }

    /// Indexes the candidates that have a key.
    pub(super) fn index_by<K: Eq + Hash>(&self, mut key: impl FnMut(&T) -> Option<K>) -> Index<K> {
        let mut index = HashMap::<_, VecDeque<_>>::new();
        for (at, candidate) in self.0.iter().enumerate() {
            if let Some(key) = candidate.as_ref().and_then(&mut key) {
                index.entry(key).or_default().push_back(at);
            }
        }
        Index(index)
    }

    /// Takes the first with a key.
    pub(super) fn take<K: Eq + Hash>(&mut self, index: &mut Index<K>, key: &K) -> Option<T> {
        self.take_if(index, key, |_| true)
    }

    /// Takes the first with a key that also satisfies a predicate.
    pub(super) fn take_if<K: Eq + Hash>(
        &mut self,
        index: &mut Index<K>,
        key: &K,
        fits: impl Fn(&T) -> bool,
    ) -> Option<T> {
        let known = index.0.get_mut(key)?;
        while known.front().is_some_and(|at| self.0.get(*at).is_none_or(Option::is_none)) {
            known.pop_front();
        }
        let is_left = |at: &usize| self.0.get(*at).and_then(Option::as_ref).is_some_and(&fits);
        let at = known.iter().position(is_left).and_then(|position| known.remove(position))?;
        self.0.get_mut(at)?.take()
    }

    /// The candidates that were not taken.
    pub(super) fn left(self) -> impl Iterator<Item = T> {
        self.0.into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_candidates_in_order_and_at_most_once() {
        let mut candidates = Candidates::new(["a1", "b1", "a2", "a3", "c1"]);
        let mut letters = candidates.index_by(|text| text.chars().next());
        let mut digits = candidates.index_by(|text| text.chars().nth(1).filter(|digit| *digit != '3'));
        assert_eq!(candidates.take(&mut letters, &'a'), Some("a1"));
        assert_eq!(candidates.take(&mut digits, &'1'), Some("b1"));
        assert_eq!(candidates.take(&mut digits, &'3'), None);
        assert_eq!(candidates.take_if(&mut letters, &'a', |text| *text != "a2"), Some("a3"));
        assert_eq!(candidates.take(&mut letters, &'b'), None);
        assert_eq!(candidates.left().collect::<Vec<_>>(), ["a2", "c1"]);
    }
}
