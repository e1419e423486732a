//! Collects changes, each once.

use std::collections::HashMap;

use crate::{
    at::At,
    change_kind::ChangeKind,
    detected::{DetectedChange, Side, Subject},
    variance::Directions,
};

/// Changes that one comparison reports. Each takes some kilobytes of memory.
pub const MAX_CHANGES: usize = 100_000;

/// The changes that were recorded.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    changes: Vec<DetectedChange>,
    /// Their positions.
    known: HashMap<Key, usize>,
}

/// What distinguishes changes: the kind, the pointers in both documents, and the name.
type Key = (ChangeKind, String, String, Subject);

fn key(kind: ChangeKind, base: Option<&At<'_>>, revision: Option<&At<'_>>, subject: Subject) -> Key {
    let pointer = |at: Option<&At<'_>>| at.map(|at| at.pointer.clone()).unwrap_or_default();
    (kind, pointer(base), pointer(revision), subject)
}

impl Recorder {
    /// Records a change. One that is found again, for another direction, stays one change.
    pub(super) fn record(
        &mut self,
        kind: ChangeKind,
        directions: Directions,
        base: Option<&At<'_>>,
        revision: Option<&At<'_>>,
        subject: Subject,
    ) {
        let key = key(kind, base, revision, subject.clone());
        if let Some(change) = self.known.get(&key).and_then(|index| self.changes.get_mut(*index)) {
            change.directions |= directions;
            return;
        }
        // one more than the limit shows that there are too many
        if self.changes.len() > MAX_CHANGES {
            return;
        }
        self.known.insert(key, self.changes.len());
        let (base, revision) = (base.map(Side::of), revision.map(Side::of));
        self.changes.push(DetectedChange { kind, base, revision, directions, subject });
    }

    /// Whether a change without a name was recorded.
    pub(super) fn has(&self, kind: ChangeKind, base: Option<&At<'_>>, revision: Option<&At<'_>>) -> bool {
        self.known.contains_key(&key(kind, base, revision, Subject::Unnamed))
    }

    /// How many changes were recorded.
    pub(super) fn len(&self) -> usize {
        self.changes.len()
    }

    pub(super) fn into_changes(self) -> Vec<DetectedChange> {
        self.changes
    }
}
