//! Finds the items of a list without which something succeeds, in few attempts.

use std::collections::BTreeSet;

/// Returns the items that have to be removed so that an attempt succeeds, if removing all of them does. `succeeds`
/// tries a set of removed items; `None` ends the search, which then returns `None`.
///
/// A few items among many take two attempts for each time that the list can be halved.
pub(crate) fn necessary<T: Clone + Ord>(
    items: &[T],
    mut succeeds: impl FnMut(&BTreeSet<T>) -> Option<bool>,
) -> Option<BTreeSet<T>> {
    let mut removed: BTreeSet<T> = items.iter().cloned().collect();
    let mut open = vec![items];
    while let Some(group) = open.pop() {
        let fewer: BTreeSet<T> = removed.iter().filter(|item| !group.contains(item)).cloned().collect();
        if succeeds(&fewer)? {
            removed = fewer;
        } else if group.len() > 1 {
            let (first, second) = group.split_at(group.len() / 2);
            open.extend([second, first]);
        }
    }
    Some(removed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finds_exactly_the_necessary_items(
            count in 1..200_usize, wanted in prop::collection::btree_set(0..200_usize, 1..5),
        ) {
            let wanted: BTreeSet<usize> = wanted.into_iter().map(|item| item % count).collect();
            let items: Vec<usize> = (0..count).collect();
            let mut attempts = 0;
            let found = necessary(&items, |removed| {
                attempts += 1;
                Some(wanted.is_subset(removed))
            });
            prop_assert_eq!(found.as_ref(), Some(&wanted));
            prop_assert!(attempts <= 2 * 9 * wanted.len() + 1, "{attempts} attempts");
            prop_assert_eq!(necessary(&items, |_| None), None);
        }

        /// Two items that only fail together: one of them is removed.
        #[test]
        fn removes_one_of_two_items_that_fail_together(one in 0..50_usize, other in 0..50_usize) {
            let items: Vec<usize> = (0..50).collect();
            let found = necessary(&items, |removed| Some(removed.contains(&one) || removed.contains(&other)));
            let found = found.unwrap_or_default();
            prop_assert!(found.len() == 1 && (found.contains(&one) || found.contains(&other)), "{found:?}");
        }
    }
}
