//! Attempts to generate changed documents, within a limit of work.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

use openapi::{Problem, size};
use serde_json::Value;

use super::parts::{Part, schemas_within};
use crate::{
    backend::quietly, carved::apply, generate::generate_all, generated::Generated, reduce::necessary, select::part,
    settings::Settings,
};

/// Work of an attempt, apart from the values of the document.
const ATTEMPT: usize = 200;

/// The limit of work, in values of documents that are generated: a second takes about 40 000.
pub(crate) const MOST_WORK: usize = 400_000;

/// Attempts that look for the smallest part that cannot be generated.
pub(super) struct Attempts<'s> {
    settings: &'s Settings,
    /// The work that is left.
    work: usize,
}

impl<'s> Attempts<'s> {
    pub(super) fn new(settings: &'s Settings, work: usize) -> Self {
        Self { settings, work }
    }

    /// Whether a document can be generated; `None` if the limit is exceeded.
    pub(super) fn succeeds(&mut self, document: &Value) -> Option<bool> {
        self.work = self.work.checked_sub(ATTEMPT + size(document))?;
        Some(run(document, self.settings).is_ok())
    }

    /// Whether a document without some parts can be generated.
    pub(super) fn succeeds_without<'p>(
        &mut self,
        document: &Value,
        parts: impl IntoIterator<Item = &'p Part>,
    ) -> Option<bool> {
        let mut document = document.clone();
        parts.into_iter().for_each(|part| apply(&mut document, &part.pointer, part.effect));
        self.succeeds(&document)
    }

    /// Returns those of the parts that have to be carved so that the document can be generated; `None` if carving all
    /// of them is not enough, or the limit is exceeded.
    pub(super) fn necessary(&mut self, document: &Value, parts: &[Part]) -> Option<BTreeSet<Part>> {
        if !self.succeeds_without(document, parts)? {
            return None;
        }
        necessary(parts, |carved| self.succeeds_without(document, carved))
    }

    /// Returns the smallest schemas within a part that can be carved instead of it; the part itself if there are none.
    pub(super) fn smallest(&mut self, document: &Value, whole: &Part) -> Vec<Part> {
        let mut document = alone(document, &whole.pointer);
        // the part may fail only together with others
        if self.succeeds(&document) != Some(false) {
            return vec![whole.clone()];
        }
        self.within(&mut document, whole)
    }

    fn within(&mut self, document: &mut Value, whole: &Part) -> Vec<Part> {
        let Some(found) = self.necessary(document, &schemas_within(document, whole)) else {
            return vec![whole.clone()];
        };
        if found.is_empty() {
            return vec![whole.clone()];
        }
        let original = document.clone();
        found.iter().for_each(|part| apply(document, &part.pointer, part.effect));
        let mut smallest = Vec::new();
        for part in &found {
            // all others stay carved
            if let (Some(carved), Some(value)) = (document.pointer_mut(&part.pointer), original.pointer(&part.pointer))
            {
                *carved = value.clone();
            }
            let inner = self.within(document, part);
            inner.iter().for_each(|part| apply(document, &part.pointer, part.effect));
            smallest.extend(inner);
        }
        smallest
    }
}

/// Generates a document. A panic of the generator is a problem without a location.
pub(super) fn run(document: &Value, settings: &Settings) -> Result<Generated, Vec<Problem>> {
    let result = quietly(|| catch_unwind(AssertUnwindSafe(|| generate_all(document, settings))));
    result.unwrap_or_else(|_| Err(vec![Problem::bug("the generator panicked on this document")]))
}

/// Returns the document with only the operation or component that a pointer is in, and what it references.
fn alone(document: &Value, pointer: &str) -> Value {
    let is_around = |at: &str| pointer == at || pointer.strip_prefix(at).is_some_and(|rest| rest.starts_with('/'));
    let also: Vec<String> = pointer.starts_with("/components/").then(|| pointer.to_owned()).into_iter().collect();
    let keeps = |(section, path, method): (&str, &str, &str)| {
        let item = openapi::pointer::join(&openapi::pointer::join("", section), path);
        is_around(&openapi::pointer::join(&item, method))
    };
    part(document, keeps, &also).document
}
