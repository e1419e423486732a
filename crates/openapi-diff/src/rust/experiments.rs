//! The changes that cause changes of generated code, by experiment: an item is generated again without each change.

use std::collections::{BTreeSet, HashSet};

use codegen::generate;
use openapi::{pointer, size};
use rayon::prelude::*;
use serde_json::Value;

use super::{
    items::{ItemChange, item_changes},
    surfaces::Surfaces,
};
use crate::detected::{DetectedChange, Side};

/// Experiments per comparison, at most.
const MAX_EXPERIMENTS: usize = 16;

/// Values that code is generated from in all experiments, at most: about one large document more.
const MAX_VALUES: usize = 100_000;

/// The changes that cause each item's change, as indices; none where no experiment shows it, or where they would take
/// too long.
pub(super) fn causes(
    surfaces: &Surfaces,
    revision: &Value,
    changes: &[DetectedChange],
    candidates: &BTreeSet<usize>,
) -> Vec<BTreeSet<usize>> {
    let items = &surfaces.items;
    let mut causes = vec![BTreeSet::new(); items.len()];
    let count = candidates.len();
    let is_long = count > MAX_EXPERIMENTS || size(revision).saturating_mul(count) > MAX_VALUES;
    if items.is_empty() || count < 2 || is_long {
        return causes;
    }
    let candidates: Vec<usize> = candidates.iter().copied().collect();
    let without = candidates.par_iter().map(|index| {
        // a document that cannot be generated without a change shows nothing
        let reverted = reverted(&changes[*index], revision)?;
        Some(item_changes(&surfaces.sides[0], &generate(&reverted, &surfaces.settings).ok()?))
    });
    let without: Vec<_> = without.collect();
    for (index, left) in candidates.into_iter().zip(without) {
        let Some(left) = left else { continue };
        let left: HashSet<&ItemChange> = left.iter().collect();
        for (_, causes) in items.iter().zip(&mut causes).filter(|(item, _)| !left.contains(item)) {
            causes.insert(index);
        }
    }
    causes
}

/// The revision without one change; none if the change cannot be taken back.
fn reverted(change: &DetectedChange, revision: &Value) -> Option<Value> {
    let mut reverted = revision.clone();
    match (&change.base, &change.revision) {
        (Some(old), Some(new)) if old.pointer == new.pointer => {
            *reverted.pointer_mut(&new.pointer)? = old.value.clone();
        }
        (old, new) => {
            if let Some(new) = new {
                remove(&mut reverted, new)?;
            }
            if let Some(old) = old {
                insert(&mut reverted, old)?;
            }
        }
    }
    (reverted != *revision).then_some(reverted)
}

fn remove(document: &mut Value, side: &Side) -> Option<()> {
    let (parent, key) = split(&side.pointer)?;
    match document.pointer_mut(parent)? {
        Value::Object(map) => drop(map.shift_remove(&key)?),
        Value::Array(items) => {
            let index = key.parse::<usize>().ok().filter(|index| *index < items.len())?;
            items.remove(index);
        }
        _ => return None,
    }
    Some(())
}

fn insert(document: &mut Value, side: &Side) -> Option<()> {
    let (parent, key) = split(&side.pointer)?;
    match document.pointer_mut(parent)? {
        Value::Object(map) => drop(map.insert(key, side.value.clone())),
        Value::Array(items) => {
            let index = key.parse::<usize>().ok()?.min(items.len());
            items.insert(index, side.value.clone());
        }
        _ => return None,
    }
    Some(())
}

/// The pointer of the parent, and the last segment.
fn split(at: &str) -> Option<(&str, String)> {
    Some((pointer::parent(at)?, pointer::segments(at).last()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect;
    use serde_json::json;

    #[test]
    fn reverts_what_was_added_removed_changed_and_moved() {
        let document =
            |schema: Value| json!({"openapi": "3.0.3", "paths": {}, "components": {"schemas": {"A": schema}}});
        for (base, revision) in [
            (json!({"maxLength": 1}), json!({"maxLength": 2})),
            (json!({"maxLength": 1}), json!({})),
            (json!({}), json!({"maxLength": 1})),
            (json!({"enum": [1, 2, 3]}), json!({"enum": [1, 3]})),
            (json!({"enum": [1, 3]}), json!({"enum": [1, 2, 3]})),
        ] {
            let (base, revision) = (document(base), document(revision));
            let found = detect::changes(&base, &revision, "2026-11-25").unwrap();
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!(reverted(&found[0], &revision).as_ref(), Some(&base));
        }
    }
}
