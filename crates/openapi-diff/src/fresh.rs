//! What only the revision has, found by what it says, so that long lists on both sides are not held each against each.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
};

/// Things in their order, each of which is taken once.
pub(super) struct Fresh<T>(Vec<Option<T>>);

/// Which of them say what.
pub(super) struct Index<K>(HashMap<K, VecDeque<usize>>);

impl<T> Fresh<T> {
    pub(super) fn of(things: impl IntoIterator<Item = T>) -> Self {
        Self(things.into_iter().map(Some).collect())
    }

    /// By what a function finds in them; what it finds nothing in is not taken by it.
    pub(super) fn by<K: Eq + Hash>(&self, mut key: impl FnMut(&T) -> Option<K>) -> Index<K> {
        let mut index = HashMap::<_, VecDeque<_>>::new();
        for (at, thing) in self.0.iter().enumerate() {
            if let Some(key) = thing.as_ref().and_then(&mut key) {
                index.entry(key).or_default().push_back(at);
            }
        }
        Index(index)
    }

    /// Takes the first that says this.
    pub(super) fn take<K: Eq + Hash>(&mut self, index: &mut Index<K>, key: &K) -> Option<T> {
        self.take_if(index, key, |_| true)
    }

    /// Takes the first that says this and fits.
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
        let is_there = |at: &usize| self.0.get(*at).and_then(Option::as_ref).is_some_and(&fits);
        let at = known.iter().position(is_there).and_then(|position| known.remove(position))?;
        self.0.get_mut(at)?.take()
    }

    /// What was not taken.
    pub(super) fn left(self) -> impl Iterator<Item = T> {
        self.0.into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_taken_once_the_first_first_and_the_rest_is_left() {
        let mut fresh = Fresh::of(["a1", "b1", "a2", "a3", "c1"]);
        let mut letters = fresh.by(|text| text.chars().next());
        let mut digits = fresh.by(|text| text.chars().nth(1).filter(|digit| *digit != '3'));
        assert_eq!(fresh.take(&mut letters, &'a'), Some("a1"));
        assert_eq!(fresh.take(&mut digits, &'1'), Some("b1"));
        assert_eq!(fresh.take(&mut digits, &'3'), None);
        assert_eq!(fresh.take_if(&mut letters, &'a', |text| *text != "a2"), Some("a3"));
        assert_eq!(fresh.take(&mut letters, &'b'), None);
        assert_eq!(fresh.left().collect::<Vec<_>>(), ["a2", "c1"]);
    }
}
