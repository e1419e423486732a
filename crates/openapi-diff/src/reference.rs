//! References within a document.

use openapi::references::resolve;
use serde_json::Value;

use crate::at::At;

/// References that lead to one another in a row, at most.
pub(crate) const MAX_REFERENCES: usize = 64;

/// The `$ref` of a value.
pub(crate) fn reference(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()
}

/// The target of a reference.
pub(crate) fn target<'d>(document: &'d Value, reference: &str) -> Option<At<'d>> {
    resolve(document, reference).map(|target| At { value: target.value, pointer: target.pointer })
}

/// The value behind references. One whose target is missing, or that is part of a cycle, stands for itself.
pub(crate) fn resolved<'d>(document: &'d Value, at: &At<'d>) -> At<'d> {
    let mut here = at.clone();
    for _ in 0..MAX_REFERENCES {
        match reference(here.value).and_then(|reference| target(document, reference)) {
            Some(next) => here = next,
            None => return here,
        }
    }
    at.clone()
}
