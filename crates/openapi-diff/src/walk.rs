//! The walk over both documents at once, which collects the edits.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{
    at::{At, WORDS, is_true},
    compare::MOST_CHANGES,
    edit::{Edit, Side},
    fingerprint::Fingerprints,
    law::Ways,
    reach::Reach,
};

/// Both documents, and the edits found so far.
pub(super) struct Walk<'d> {
    pub(super) base: &'d Value,
    pub(super) revision: &'d Value,
    /// What travels which way, on either side.
    pub(super) reach: (Reach, Reach),
    pub(super) fingerprints: (Fingerprints, Fingerprints),
    /// Pairs of schemas that were walked, with the ways in which they were.
    pub(super) seen: HashMap<(String, String), Ways>,
    /// Component schemas that got another name: the old one and the new one.
    pub(super) renamed: HashMap<String, String>,
    /// Names of security schemes that got another name.
    pub(super) renamed_schemes: HashMap<String, String>,
    /// The day on which the documents are compared, as `2026-11-25`.
    pub(super) today: String,
    pub(super) edits: Vec<Edit>,
    /// How many pairs of schemas the walk is inside of.
    pub(super) depth: usize,
    /// The schema at which there were too many.
    pub(super) too_deep: Option<String>,
    known: HashMap<Key, usize>,
}

/// What tells an edit from others: its class, where it stands on either side, and its name.
type Key = (&'static str, String, String, String);

fn key(id: &'static str, base: Option<&At<'_>>, revision: Option<&At<'_>>, subject: &str) -> Key {
    let pointer = |at: Option<&At<'_>>| at.map(|at| at.pointer.clone()).unwrap_or_default();
    (id, pointer(base), pointer(revision), subject.to_owned())
}

impl<'d> Walk<'d> {
    pub(super) fn new(base: &'d Value, revision: &'d Value, today: &str) -> Self {
        Self {
            base,
            revision,
            reach: (Reach::of(base), Reach::of(revision)),
            fingerprints: Default::default(),
            seen: HashMap::new(),
            renamed: HashMap::new(),
            renamed_schemes: HashMap::new(),
            today: today.to_owned(),
            edits: Vec::new(),
            depth: 0,
            too_deep: None,
            known: HashMap::new(),
        }
    }

    /// Notes an edit. One that is found again in another way is one edit.
    pub(super) fn edit(&mut self, id: &'static str, ways: Ways, base: Option<&At<'_>>, revision: Option<&At<'_>>) {
        self.edit_of(id, ways, base, revision, "");
    }

    /// Notes an edit with the name of what was edited.
    pub(super) fn edit_of(
        &mut self,
        id: &'static str,
        ways: Ways,
        base: Option<&At<'_>>,
        revision: Option<&At<'_>>,
        subject: &str,
    ) {
        let key = key(id, base, revision, subject);
        if let Some(edit) = self.known.get(&key).and_then(|index| self.edits.get_mut(*index)) {
            edit.ways = edit.ways.and(ways);
            return;
        }
        // one more than the limit shows that there are too many
        if self.edits.len() > MOST_CHANGES {
            return;
        }
        self.known.insert(key, self.edits.len());
        self.edits.push(Edit {
            id,
            base: base.map(Side::of),
            revision: revision.map(Side::of),
            ways,
            subject: subject.to_owned(),
        });
    }

    /// Whether an edit without a name was noted before.
    pub(super) fn is_noted(&self, id: &'static str, base: Option<&At<'_>>, revision: Option<&At<'_>>) -> bool {
        self.known.contains_key(&key(id, base, revision, ""))
    }

    /// Words for people under a key.
    pub(super) fn words(&mut self, base: &At<'d>, revision: &At<'d>, keys: &[&str]) {
        for key in keys {
            let (one, other) = (base.get(key), revision.get(key));
            if values(&one) != values(&other) {
                self.edit("words-changed", Ways::NONE, one.as_ref(), other.as_ref());
            }
        }
    }

    /// Keys of an object that no rule has claimed: extensions, and what nobody knows.
    pub(super) fn rest(&mut self, base: &At<'d>, revision: &At<'d>, claimed: &[&str], ways: Ways) {
        for key in keys(base, revision) {
            if claimed.contains(&key) {
                continue;
            }
            let (one, other) = (base.get(key), revision.get(key));
            if values(&one) != values(&other) {
                let id = match key {
                    key if key.starts_with("x-") => "extension-changed",
                    // words where OpenAPI has none are words all the same
                    key if WORDS.contains(&key) => "words-changed",
                    _ => "unclassified",
                };
                self.edit(id, ways, one.as_ref(), other.as_ref());
            }
        }
    }

    /// A flag that is off where it is not written: the first id where it is switched on, the second where it is switched off.
    pub(super) fn flag(
        &mut self,
        ids: (&'static str, &'static str),
        key: &str,
        base: &At<'d>,
        revision: &At<'d>,
        ways: Ways,
    ) {
        let (one, other) = (base.get(key), revision.get(key));
        let on = |at: &Option<At<'_>>| at.as_ref().is_some_and(|at| is_true(at.value));
        match (on(&one), on(&other)) {
            (false, true) => self.edit(ids.0, ways, one.as_ref(), other.as_ref()),
            (true, false) => self.edit(ids.1, ways, one.as_ref(), other.as_ref()),
            _ => {}
        }
    }

    /// Parts that are no lists or objects where OpenAPI has some, and that are another on each side.
    pub(super) fn shapes(&mut self, base: &At<'d>, revision: &At<'d>, lists: &[&str], maps: &[&str], ways: Ways) {
        for (keys, fits) in [(lists, Value::is_array as fn(&Value) -> bool), (maps, Value::is_object)] {
            for key in keys {
                let (one, other) = (base.given(key), revision.given(key));
                let misshaped = [&one, &other].into_iter().flatten().any(|at| !fits(at.value));
                if misshaped {
                    self.odd(one.as_ref(), other.as_ref(), ways);
                }
            }
        }
    }

    /// What is of another type than OpenAPI has it, and another on each side.
    pub(super) fn odd(&mut self, base: Option<&At<'d>>, revision: Option<&At<'d>>, ways: Ways) {
        if base.map(|at| at.value) != revision.map(|at| at.value) {
            self.edit("unclassified", ways, base, revision);
        }
    }
}

/// The value, with what is null taken for what is not there.
pub(super) fn values<'d>(at: &Option<At<'d>>) -> Option<&'d Value> {
    at.as_ref().map(|at| at.value).filter(|value| !value.is_null())
}

/// The keys of both, each once, in the order of the base.
pub(super) fn keys<'d>(base: &At<'d>, revision: &At<'d>) -> Vec<&'d str> {
    let mut seen = HashSet::new();
    let all = [base.value, revision.value].into_iter().filter_map(Value::as_object).flat_map(|map| map.keys());
    all.map(String::as_str).filter(|key| seen.insert(*key)).collect()
}
