//! A record of the changes that each pass makes to a document.

use std::collections::BTreeSet;

use openapi::{Difference, Problem, differences, with_stack};
use serde_json::Value;

use crate::{pass::Pass, pipeline};

/// A pass and the changes that it made.
#[derive(Clone, Debug)]
pub struct PassRecord {
    /// The pass.
    pub pass: Pass,
    /// Each changed value, with its pointer in the document before the pass.
    pub changes: Vec<Difference>,
}

/// A document in the form that progenitor accepts.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The document.
    pub document: Value,
    /// The changes of each pass.
    pub passes: Vec<PassRecord>,
}

/// Lowers a document and records the changes. [`generate`](crate::generate()) does the same without a record.
///
/// # Errors
/// Returns all problems of the document that lowering finds, each with its pointer.
pub fn lowered(document: &Value) -> Result<Lowered, Vec<Problem>> {
    with_stack(|| record(document))
}

fn record(document: &Value) -> Result<Lowered, Vec<Problem>> {
    let mut passes = Vec::new();
    let mut watch = |pass: Pass, before: &Value, after: &Value| {
        passes.push(PassRecord { pass, changes: differences(before, after) });
    };
    let lowered = pipeline::lowered(document, &BTreeSet::new(), Some(&mut watch))?;
    Ok(Lowered { document: lowered.document, passes })
}
