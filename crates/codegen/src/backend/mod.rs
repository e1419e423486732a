//! The backend: progenitor and typify on a lowered document, bounded, their panics turned into problems at a place.

mod bisect;
mod composition;
mod memory;
mod progenitor;

use openapi::Problem;

use crate::{lower::Lowered, settings::Settings};

pub(crate) use composition::{DEEPEST, MOST_PARTS};
pub(crate) use memory::{MOST, MOST_A_BYTE};
pub use progenitor::PROGENITOR_VERSION;

/// What progenitor and typify would take too much time, memory or stack for, or not come back from.
pub(crate) fn too_much(lowered: &Lowered) -> Vec<Problem> {
    let problems = composition::check(lowered);
    if problems.is_empty() { memory::check(lowered).into_iter().collect() } else { problems }
}

/// Progenitor's code for a lowered document, as a syntax tree.
pub(crate) fn generate(lowered: &Lowered, settings: &Settings) -> Result<syn::File, Vec<Problem>> {
    progenitor::generate(&lowered.document, &lowered.model, settings)
        .map_err(|problem| bisect::bisect(problem, lowered, settings))
}
