//! The phases up to progenitor: normalize, lower, and what progenitor and typify would not come back from.

use std::collections::BTreeSet;

use openapi::Problem;
use serde_json::Value;

use crate::{
    backend,
    lower::{Lowered, lower},
    normalize::{Watch, normalize},
};

/// Makes a document one that progenitor takes. No component gets a name of `taken`; `watch` is called after each pass.
///
/// # Errors
/// The problems of the first phase or pass that finds some, by their pointers in the document as it was given.
pub(crate) fn lowered(
    document: &Value,
    taken: &BTreeSet<String>,
    mut watch: Option<Watch<'_>>,
) -> Result<Lowered, Vec<Problem>> {
    let normalized = normalize(document, watch.as_mut().map(|watch| &mut **watch as Watch<'_>))?;
    let lowered = lower(normalized, taken, watch)?;
    let problems = backend::too_much(&lowered);
    if problems.is_empty() { Ok(lowered) } else { Err(problems) }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A document that has no problems, after all passes.
    pub(crate) fn lower(document: &Value) -> Lowered {
        let normalized = normalize(document, None).unwrap_or_else(|problems| panic!("{problems:?}"));
        super::lower(normalized, &BTreeSet::new(), None).unwrap_or_else(|problems| panic!("{problems:?}"))
    }

    /// The problems of a document.
    pub(crate) fn problems(document: &Value) -> Vec<Problem> {
        lowered(document, &BTreeSet::new(), None).err().unwrap_or_default()
    }

    /// The component schemas of a document that has nothing else, after all passes.
    pub(crate) fn schemas(schemas: Value) -> Value {
        let document = serde_json::json!({"openapi": "3.0.3", "components": {"schemas": schemas}});
        lower(&document).document["components"]["schemas"].take()
    }
}
