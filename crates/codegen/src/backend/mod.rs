//! The backend: runs progenitor and typify on a lowered document, within limits, and reports their panics as problems
//! with a location.

mod bisect;
mod composition;
mod memory;
mod progenitor;

use openapi::Problem;

use crate::{lower::Lowered, settings::Settings};

pub(crate) use composition::{DEEPEST, MOST_PARTS};
pub(crate) use memory::{MOST, MOST_A_BYTE};
pub use progenitor::PROGENITOR_VERSION;
pub(crate) use progenitor::quietly;

/// Returns the schemas and operations that would exceed the limits of time, memory or stack in progenitor and typify.
pub(crate) fn limit_problems(lowered: &Lowered) -> Vec<Problem> {
    let problems = composition::check(lowered);
    if problems.is_empty() { memory::check(lowered).into_iter().collect() } else { problems }
}

/// Runs progenitor on a lowered document and returns the syntax tree of its code.
pub(crate) fn generate(lowered: &Lowered, settings: &Settings) -> Result<syn::File, Vec<Problem>> {
    progenitor::generate(&lowered.document, &lowered.model, settings)
        .map_err(|problem| bisect::bisect(problem, lowered, settings))
}
