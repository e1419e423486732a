//! The phases before progenitor: normalize, lower, and the limits of what progenitor and typify can process.

use std::collections::BTreeSet;

use openapi::Problem;
use serde_json::Value;

use crate::{
    backend,
    lower::{Lowered, lower},
    normalize::{Watch, normalize},
};

/// Converts a document to one that progenitor accepts. No component gets a name of `taken`; `watch` is called after
/// each pass.
///
/// # Errors
/// Returns the problems of the first pass that finds any, with their pointers in the original document.
pub(crate) fn lowered(
    document: &Value,
    taken: &BTreeSet<String>,
    mut watch: Option<Watch<'_>>,
) -> Result<Lowered, Vec<Problem>> {
    let normalized = normalize(document, watch.as_mut().map(|watch| &mut **watch as Watch<'_>))?;
    let lowered = lower(normalized, taken, watch)?;
    let problems = backend::limit_problems(&lowered);
    if problems.is_empty() { Ok(lowered) } else { Err(problems) }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Lowers a document that has no problems.
    pub(crate) fn lower(document: &Value) -> Lowered {
        let normalized = normalize(document, None).unwrap_or_else(|problems| panic!("{problems:?}"));
        super::lower(normalized, &BTreeSet::new(), None).unwrap_or_else(|problems| panic!("{problems:?}"))
    }

    /// Returns the problems of a document.
    pub(crate) fn problems(document: &Value) -> Vec<Problem> {
        lowered(document, &BTreeSet::new(), None).err().unwrap_or_default()
    }

    /// Returns the lowered component schemas of a document that has nothing else.
    pub(crate) fn schemas(schemas: Value) -> Value {
        let document = serde_json::json!({"openapi": "3.0.3", "components": {"schemas": schemas}});
        lower(&document).document["components"]["schemas"].take()
    }
}
