//! What lowering changes in a document, pass by pass.

use std::collections::BTreeSet;

use openapi::{Difference, Problem, differences, with_stack};
use serde_json::Value;

use crate::{pass::Pass, pipeline};

/// A pass that ran, and what it changed.
#[derive(Clone, Debug)]
pub struct Passed {
    /// The pass.
    pub pass: Pass,
    /// Each changed value, by its pointer in the document as the passes before left it.
    pub changes: Vec<Difference>,
}

/// A document in the form that progenitor takes.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The document.
    pub document: Value,
    /// What each pass changed.
    pub passes: Vec<Passed>,
}

/// Lowers a document and keeps a record of it. [`generate`](crate::generate()) does the same without the record.
///
/// # Errors
/// All problems of the document that lowering finds, by pointer.
pub fn lowered(document: &Value) -> Result<Lowered, Vec<Problem>> {
    with_stack(|| record(document))
}

fn record(document: &Value) -> Result<Lowered, Vec<Problem>> {
    let mut passes = Vec::new();
    let mut watch = |pass: Pass, before: &Value, after: &Value| {
        passes.push(Passed { pass, changes: differences(before, after) });
    };
    let lowered = pipeline::lowered(document, &BTreeSet::new(), Some(&mut watch))?;
    Ok(Lowered { document: lowered.document, passes })
}
