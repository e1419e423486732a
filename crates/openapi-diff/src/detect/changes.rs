//! All changes between two documents.

use openapi::Problem;
use serde_json::Value;

use super::{context::Context, document, recorder::MAX_CHANGES, schema::MAX_DEPTH};
use crate::detected::DetectedChange;

/// All changes between two documents. `today` is the date of the comparison, as `2026-11-25`.
///
/// # Errors
/// When there are too many, or schemas are nested too deeply.
pub(crate) fn changes(base: &Value, revision: &Value, today: &str) -> Result<Vec<DetectedChange>, Problem> {
    let mut context = Context::new(base, revision, today);
    document::compare(&mut context);
    if let Some(at) = context.too_deep {
        let what = format!("more than {MAX_DEPTH} schemas lead to one another from here, the most that are compared");
        return Err(Problem::new(what, "let fewer schemas refer to one another in a cycle").pointing_to(at));
    }
    let changes = context.recorder.into_changes();
    match changes.get(MAX_CHANGES) {
        Some(change) => {
            let what = format!("these documents differ in more than {MAX_CHANGES} places, the most that are compared");
            Err(Problem::new(what, "compare versions that are nearer to each other").pointing_to(change.pointer()))
        }
        None => Ok(changes),
    }
}
