//! Normalization: a document becomes one of OpenAPI 3.0 that means the same, strictly written, with everything but
//! schemas where it is used.

mod examples;
mod lenient_documents;
mod local_references;
mod normalizing;
mod openapi_3_1;
mod path_parameters;
mod resolve_references;
mod validation;

use openapi::{Problem, canonical};
use serde_json::Value;

use crate::pass::Pass;

pub(crate) use examples::{fate, told_of};
pub(crate) use normalizing::{Normalized, Normalizing};
pub(crate) use path_parameters::{has_no_name, without_parameter};

/// What a pass does.
type Run = fn(&mut Normalizing);

/// The passes, in the order in which they run.
pub(crate) const PASSES: &[(Pass, Run)] = &[
    (
        Pass {
            name: "lenient_documents",
            reason: "real documents write nulls, and numbers and flags as texts; what can only mean one thing is read \
                     that way",
            upstream: &[],
        },
        lenient_documents::run,
    ),
    (
        Pass {
            name: "local_references",
            reason: "a schema that is referred to where it stands becomes a component: progenitor and typify know no \
                     other references",
            upstream: &[],
        },
        local_references::run,
    ),
    (
        Pass {
            name: "openapi_3_1",
            reason: "progenitor reads OpenAPI 3.0; what 3.1 says beyond it is said in 3.0, or refused where that \
                     would lose something",
            upstream: &["progenitor#762"],
        },
        openapi_3_1::run,
    ),
    (
        Pass {
            name: "validation",
            reason: "changes nothing: an error is reported at its location, before a later pass fails because of it",
            upstream: &[],
        },
        validation::run,
    ),
    (
        Pass {
            name: "examples",
            reason: "examples become words of the documentation; nothing reads links and callbacks, and every pass \
                     would walk them",
            upstream: &[],
        },
        examples::run,
    ),
    (
        Pass {
            name: "resolve_references",
            reason: "parameters, bodies and responses stand where they are used, so that no other pass has to follow \
                     references",
            upstream: &[],
        },
        resolve_references::run,
    ),
    (
        Pass {
            name: "path_parameters",
            reason: "progenitor panics on a path parameter that its path does not have, \
                     and fails on a name that has no parameter",
            upstream: &[],
        },
        path_parameters::run,
    ),
];

/// Sees a pass, and the document before and after it.
pub(crate) type Watch<'a> = &'a mut dyn FnMut(Pass, &Value, &Value);

/// Runs every pass, up to the first that finds problems. `watch` is called after each pass.
///
/// # Errors
/// The problems, by their pointers in the document as it was given.
pub(crate) fn normalize(document: &Value, mut watch: Option<Watch<'_>>) -> Result<Normalized, Vec<Problem>> {
    let mut normalizing = Normalizing::of(canonical(document));
    for (pass, run) in PASSES {
        let before = watch.is_some().then(|| normalizing.document.clone());
        run(&mut normalizing);
        if let (Some(watch), Some(before)) = (&mut watch, before) {
            watch(*pass, &before, &normalizing.document);
        }
        if !normalizing.problems.is_empty() {
            return Err(normalizing.moved.placed(normalizing.problems));
        }
    }
    Ok(normalizing.done())
}
