//! The entry of the generator.

use openapi::{Problem, with_stack};
use serde_json::Value;

use crate::{carve, generate::generate_all, generated::Generated, settings::Settings};

/// Generates the client of a document. An overlay must already be applied.
///
/// # Errors
/// Returns all problems of the document that were found, each with its pointer.
pub fn generate(document: &Value, settings: &Settings) -> Result<Generated, Vec<Problem>> {
    with_stack(|| if settings.carve { carve::generate(document, settings) } else { generate_all(document, settings) })
}
