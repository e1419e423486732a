//! All changes between two documents.

use openapi::Problem;
use serde_json::Value;

use super::{context::Context, document, recorder::MAX_CHANGES, schema::MAX_DEPTH};
use crate::detected::DetectedChange;

/// Returns all changes between two documents. `today` is the date of the comparison, as `2026-11-25`.
///
/// # Errors
/// When there are too many changes, or schemas are nested too deeply.
pub(crate) fn changes(base: &Value, revision: &Value, today: &str) -> Result<Vec<DetectedChange>, Problem> {
    let mut context = Context::new(base, revision, today);
    document::compare(&mut context);
    if let Some(at) = context.too_deep {
        let what = format!("the schemas are nested too deeply by references, the limit is {MAX_DEPTH} levels");
        return Err(Problem::new(what, "shorten the cycle of references").pointing_to(at));
    }
    let changes = context.recorder.into_changes();
    match changes.get(MAX_CHANGES) {
        Some(change) => {
            let what = format!("the documents have too many changes, the limit is {MAX_CHANGES}");
            Err(Problem::new(what, "compare versions with fewer changes between them").pointing_to(change.pointer()))
        }
        None => Ok(changes),
    }
}
