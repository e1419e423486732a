//! Which edits cause which changes of generated code, by experiment: what is no longer so when one edit is taken back is
//! what that edit causes.

use std::collections::{BTreeSet, HashSet};

use codegen::{Generated, Settings, generate};
use openapi::{pointer, size};
use serde_json::Value;

use super::{
    edit::{Edit, Side},
    rust::{ItemChange, item_changes},
};
use rayon::prelude::*;

/// So many experiments are made at most, and so many values generated from in all: about one large document more.
const MOST: usize = 16;
const MOST_VALUES: usize = 100_000;

/// The edits without which each item would not be as it is; none where no experiment tells, or it would take too long.
pub(super) fn causes(
    base: &Generated,
    revision: &Value,
    items: &[ItemChange],
    edits: &[Edit],
    of: &BTreeSet<usize>,
) -> Vec<BTreeSet<usize>> {
    let mut causes = vec![BTreeSet::new(); items.len()];
    let is_long = of.len() > MOST || size(revision).saturating_mul(of.len()) > MOST_VALUES;
    if items.is_empty() || of.len() < 2 || is_long {
        return causes;
    }
    let chosen: Vec<usize> = of.iter().copied().collect();
    let without = chosen.par_iter().map(|index| {
        // what cannot be generated without an edit tells nothing of it
        let edited = taken_back(&edits[*index], revision)?;
        Some(item_changes(base, &generate(&edited, &Settings::package()).ok()?))
    });
    let without: Vec<_> = without.collect();
    for (index, changes) in chosen.into_iter().zip(without) {
        let Some(changes) = changes else { continue };
        let still: HashSet<&str> = changes.iter().map(|change| change.message.as_str()).collect();
        for (_, causes) in items.iter().zip(&mut causes).filter(|(item, _)| !still.contains(item.message.as_str())) {
            causes.insert(index);
        }
    }
    causes
}

/// The revision as if one edit had not been made; none if that is nothing else.
fn taken_back(edit: &Edit, revision: &Value) -> Option<Value> {
    let mut edited = revision.clone();
    match (&edit.base, &edit.revision) {
        (Some(old), Some(new)) if old.pointer == new.pointer => *edited.pointer_mut(&new.pointer)? = old.value.clone(),
        (old, new) => {
            if let Some(new) = new {
                remove(&mut edited, new)?;
            }
            if let Some(old) = old {
                insert(&mut edited, old)?;
            }
        }
    }
    (edited != *revision).then_some(edited)
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

fn split(at: &str) -> Option<(&str, String)> {
    Some((pointer::parent(at)?, pointer::segments(at).last()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edits;
    use serde_json::json;

    #[test]
    fn takes_back_what_was_added_removed_changed_and_moved() {
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
            let found = edits(&base, &revision, "2026-11-25");
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!(taken_back(&found[0], &revision).as_ref(), Some(&base));
        }
    }
}
