//! The state of a comparison, and comparisons that several parts share.

use std::collections::HashMap;

use serde_json::Value;

use super::{
    indexed::Indexed,
    pair::{Pair, value},
    recorder::Recorder,
    view::ANNOTATIONS,
};
use crate::{
    at::{At, is_extension, is_true},
    change_kind::ChangeKind,
    detected::Subject,
    variance::{Directions, NO_DIRECTION},
};

/// Both documents, and the changes found so far.
pub(super) struct Context<'d> {
    pub(super) base: Indexed<'d>,
    pub(super) revision: Indexed<'d>,
    pub(super) recorder: Recorder,
    /// Pairs of schemas that were compared, by their pointers, with the directions for which they were.
    pub(super) compared: HashMap<(String, String), Directions>,
    /// Component schemas that were renamed: the old name and the new one.
    pub(super) renamed_schemas: HashMap<String, String>,
    /// Security schemes that were renamed.
    pub(super) renamed_schemes: HashMap<String, String>,
    /// The date of the comparison, as `2026-11-25`.
    pub(super) today: String,
    /// The nesting depth of the current pair of schemas.
    pub(super) depth: usize,
    /// The schema at which the depth exceeded its maximum.
    pub(super) too_deep: Option<String>,
}

impl<'d> Context<'d> {
    pub(super) fn new(base: &'d Value, revision: &'d Value, today: &str) -> Self {
        Self {
            base: Indexed::new(base),
            revision: Indexed::new(revision),
            recorder: Recorder::default(),
            compared: HashMap::new(),
            renamed_schemas: HashMap::new(),
            renamed_schemes: HashMap::new(),
            today: today.to_owned(),
            depth: 0,
            too_deep: None,
        }
    }

    /// The pair with references resolved.
    pub(super) fn resolved(&self, pair: &Pair<'d>) -> Pair<'d> {
        Pair::new(self.base.resolved(&pair.base), self.revision.resolved(&pair.revision))
    }

    /// Records a change of a value.
    pub(super) fn record(
        &mut self,
        kind: ChangeKind,
        directions: Directions,
        base: Option<&At<'d>>,
        revision: Option<&At<'d>>,
    ) {
        self.recorder.record(kind, directions, base, revision, Subject::Unnamed);
    }

    /// Records a change of something with a name.
    pub(super) fn record_named(
        &mut self,
        kind: ChangeKind,
        directions: Directions,
        base: Option<&At<'d>>,
        revision: Option<&At<'d>>,
        name: &str,
    ) {
        self.recorder.record(kind, directions, base, revision, Subject::named(name));
    }

    /// Records a change of a name.
    pub(super) fn record_renamed(
        &mut self,
        kind: ChangeKind,
        directions: Directions,
        base: &At<'d>,
        revision: &At<'d>,
        names: (&str, &str),
    ) {
        self.recorder.record(kind, directions, Some(base), Some(revision), Subject::renamed(names.0, names.1));
    }

    /// Records a change if the values under a key differ. Null is the same as absent.
    pub(super) fn value(&mut self, kind: ChangeKind, key: &str, pair: &Pair<'d>, directions: Directions) {
        self.values(kind, &pair.get(key), directions);
    }

    /// As [`Self::value`]. Null is also recorded as absent.
    pub(super) fn present_value(&mut self, kind: ChangeKind, key: &str, pair: &Pair<'d>, directions: Directions) {
        self.values(kind, &pair.present(key), directions);
    }

    fn values(
        &mut self,
        kind: ChangeKind,
        (base, revision): &(Option<At<'d>>, Option<At<'d>>),
        directions: Directions,
    ) {
        if value(base) != value(revision) {
            self.record(kind, directions, base.as_ref(), revision.as_ref());
        }
    }

    /// Compares documentation under some keys.
    pub(super) fn documentation(&mut self, pair: &Pair<'d>, keys: &[&str]) {
        for key in keys {
            self.value(ChangeKind::WordsChanged, key, pair, NO_DIRECTION);
        }
    }

    /// Compares the members of an object without a comparison of their own: extensions and unknown keywords.
    pub(super) fn other_keys(&mut self, pair: &Pair<'d>, compared: &[&str], directions: Directions) {
        for key in pair.keys().into_iter().filter(|key| !compared.contains(key)) {
            let kind = match key {
                key if is_extension(key) => ChangeKind::ExtensionChanged,
                // lenient documents have annotations where OpenAPI has none
                key if ANNOTATIONS.contains(&key) => ChangeKind::WordsChanged,
                _ => ChangeKind::Unclassified,
            };
            self.value(kind, key, pair, directions);
        }
    }

    /// Compares a flag that is off by default. The first kind is for one that is set, the second for one that is unset.
    pub(super) fn flag(&mut self, kinds: (ChangeKind, ChangeKind), key: &str, pair: &Pair<'d>, directions: Directions) {
        let (base, revision) = pair.get(key);
        let is_set = |at: &Option<At<'_>>| at.as_ref().is_some_and(|at| is_true(at.value));
        let kind = match (is_set(&base), is_set(&revision)) {
            (false, true) => kinds.0,
            (true, false) => kinds.1,
            _ => return,
        };
        self.record(kind, directions, base.as_ref(), revision.as_ref());
    }

    /// Compares members that should be arrays or objects and are not.
    pub(super) fn malformed_members(
        &mut self,
        pair: &Pair<'d>,
        arrays: &[&str],
        objects: &[&str],
        directions: Directions,
    ) {
        for (keys, fits) in [(arrays, Value::is_array as fn(&Value) -> bool), (objects, Value::is_object)] {
            for key in keys {
                let (base, revision) = pair.present(key);
                if [&base, &revision].into_iter().flatten().any(|at| !fits(at.value)) {
                    self.malformed(base.as_ref(), revision.as_ref(), directions);
                }
            }
        }
    }

    /// Compares values of a type that OpenAPI does not have there.
    pub(super) fn malformed(&mut self, base: Option<&At<'d>>, revision: Option<&At<'d>>, directions: Directions) {
        if base.map(|at| at.value) != revision.map(|at| at.value) {
            self.record(ChangeKind::Unclassified, directions, base, revision);
        }
    }
}
