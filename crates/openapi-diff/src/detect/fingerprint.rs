//! Hashes of schemas that are equal for equivalent ones: with references resolved, without annotations, in any order of
//! keys.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash, Hasher as _},
};

use openapi::references::Resolver;
use serde_json::Value;

use super::view::{ANNOTATIONS, View};
use crate::{
    at::At,
    reference::{reference, target},
};

/// The fingerprints of the schemas of one document, each computed once.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    /// By pointer; none while it is being computed.
    known: HashMap<String, Option<u64>>,
}

/// What the members of an object are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    /// Keywords of a schema.
    Keywords,
    /// Names of properties.
    Names,
}

impl Fingerprints {
    pub(super) fn of<'d>(&mut self, resolver: &Resolver<'d>, at: &At<'d>) -> u64 {
        let view = View::of(resolver, at);
        hash(&(view.nullable, self.target(resolver, &view.at)))
    }

    fn target<'d>(&mut self, resolver: &Resolver<'d>, at: &At<'d>) -> u64 {
        match self.known.get(&at.pointer) {
            Some(Some(known)) => return *known,
            // a cycle
            Some(None) => return 0,
            None => {}
        }
        self.known.insert(at.pointer.clone(), None);
        let found = self.value(resolver, at.value, Keys::Keywords);
        self.known.insert(at.pointer.clone(), Some(found));
        found
    }

    fn value(&mut self, resolver: &Resolver<'_>, value: &Value, keys: Keys) -> u64 {
        match value {
            Value::Object(map) => {
                if let Some(reference) = reference(value).filter(|_| keys == Keys::Keywords) {
                    return match target(resolver, reference) {
                        Some(at) => self.target(resolver, &at),
                        None => hash(&reference),
                    };
                }
                let members = map.iter().filter(|(key, _)| keys == Keys::Names || !ANNOTATIONS.contains(&key.as_str()));
                let hashes: BTreeMap<_, _> = members
                    .map(|(key, value)| {
                        let holds_names = matches!(key.as_str(), "properties" | "patternProperties");
                        let inner = if holds_names && keys == Keys::Keywords { Keys::Names } else { Keys::Keywords };
                        (key, self.value(resolver, value, inner))
                    })
                    .collect();
                hash(&hashes)
            }
            Value::Array(items) => {
                let hashes: Vec<_> = items.iter().map(|item| self.value(resolver, item, Keys::Keywords)).collect();
                hash(&hashes)
            }
            other => hash(&other.to_string()),
        }
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut state = DefaultHasher::new();
    value.hash(&mut state);
    state.finish()
}
