//! Schemas compared by what they say: behind references, without words, in any order.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use serde_json::Value;

use super::at::{At, WORDS, reference, target, view};

/// Fingerprints of the schemas of one side, each made once.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    known: HashMap<String, Option<u64>>,
}

impl Fingerprints {
    /// Equal for schemas that say the same.
    pub(super) fn of<'d>(&mut self, document: &'d Value, at: &At<'d>) -> u64 {
        let view = view(document, at);
        let mut state = DefaultHasher::new();
        view.nullable.hash(&mut state);
        self.target(document, &view.at).hash(&mut state);
        state.finish()
    }

    fn target<'d>(&mut self, document: &'d Value, at: &At<'d>) -> u64 {
        match self.known.get(&at.pointer) {
            Some(Some(known)) => return *known,
            // a circle: it says what it says elsewhere
            Some(None) => return 0,
            None => {}
        }
        self.known.insert(at.pointer.clone(), None);
        let found = self.value(document, at.value, false);
        self.known.insert(at.pointer.clone(), Some(found));
        found
    }

    fn value(&mut self, document: &Value, value: &Value, names: bool) -> u64 {
        let mut state = DefaultHasher::new();
        match value {
            Value::Object(map) => {
                if let Some(reference) = reference(value).filter(|_| !names) {
                    if let Some(at) = target(document, reference) {
                        return self.target(document, &at);
                    }
                    return hash(reference);
                }
                let entries: BTreeMap<_, _> = map
                    .iter()
                    .filter(|(key, _)| names || !WORDS.contains(&key.as_str()))
                    .map(|(key, value)| {
                        let inner_names = matches!(key.as_str(), "properties" | "patternProperties") && !names;
                        (key, self.value(document, value, inner_names))
                    })
                    .collect();
                entries.hash(&mut state);
            }
            Value::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| self.value(document, item, false)).collect();
                items.hash(&mut state);
            }
            other => other.to_string().hash(&mut state),
        }
        state.finish()
    }
}

fn hash(text: &str) -> u64 {
    let mut state = DefaultHasher::new();
    text.hash(&mut state);
    state.finish()
}
