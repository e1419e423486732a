//! Changes of the public items of generated code.

use std::collections::BTreeMap;

use codegen::Generated;
use rust_api::{ItemKind, SurfaceItem};

use crate::variance::Verdict;

/// One item of the surface that changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ItemChange {
    /// Its path, such as `types::OAuthClient::secret`.
    pub path: String,
    /// Breaking or compatible.
    pub verdict: Verdict,
    /// How it changed, in one line.
    pub message: String,
}

/// Returns the items that differ between the code of both documents.
#[must_use]
pub fn item_changes(base: &Generated, revision: &Generated) -> Vec<ItemChange> {
    let [from, to] = base.items_beside(revision);
    compare(&from, &to)
}

fn compare(from: &BTreeMap<String, SurfaceItem>, to: &BTreeMap<String, SurfaceItem>) -> Vec<ItemChange> {
    let mut changes = Vec::new();
    let mut record = |path: &str, verdict, message: String| {
        changes.push(ItemChange { path: path.to_owned(), verdict, message });
    };
    for (path, one) in from {
        match to.get(path) {
            Some(other) if one == other => {}
            Some(other) if one.kind == ItemKind::Constant && other.kind == ItemKind::Constant => {
                record(path, Verdict::Compatible, format!("{path}: {} changed to {}", one.signature, other.signature));
            }
            Some(other) if one.kind == other.kind && one.signature == other.signature => {
                // a non-exhaustive type can be neither built nor matched exhaustively
                let verdict = if other.closed { Verdict::Compatible } else { Verdict::Breaking };
                record(
                    path,
                    verdict,
                    format!("{path} became {}", if other.closed { "exhaustive" } else { "non-exhaustive" }),
                );
            }
            Some(other) => {
                record(path, Verdict::Breaking, format!("{path}: {} changed to {}", one.signature, other.signature));
            }
            // a change of the owner includes its items
            None if owner(path).is_some_and(|owner| is_replaced(from.get(owner), to.get(owner))) => {}
            None => record(path, Verdict::Breaking, format!("{path} removed")),
        }
    }
    for (path, other) in to.iter().filter(|(path, _)| !from.contains_key(*path)) {
        let owner = owner(path);
        if owner.is_some_and(|owner| to.contains_key(owner) && !from.contains_key(owner)) {
            continue;
        }
        let is_closed = owner.and_then(|owner| from.get(owner)).is_some_and(|owner| owner.closed);
        let breaks = is_closed && matches!(other.kind, ItemKind::Field | ItemKind::Variant);
        let verdict = if breaks { Verdict::Breaking } else { Verdict::Compatible };
        record(path, verdict, format!("{path} added"));
    }
    changes
}

/// Whether a type was removed or replaced.
fn is_replaced(from: Option<&SurfaceItem>, to: Option<&SurfaceItem>) -> bool {
    from.is_some_and(|from| to.is_none_or(|to| from.signature != to.signature))
}

/// The type that a field, a variant, a method or an implementation, as `types::A: Clone`, belongs to.
fn owner(path: &str) -> Option<&str> {
    match path.split_once(": ") {
        Some((owner, _)) => Some(owner),
        None => path.rsplit_once("::").map(|(owner, _)| owner).filter(|owner| owner.contains("::")),
    }
}
