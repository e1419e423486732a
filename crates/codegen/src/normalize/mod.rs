//! Normalization: converts a document to an equivalent, strict OpenAPI 3.0 document in which only schemas are
//! referenced.

mod examples;
mod lenient_documents;
mod local_references;
mod narrowing_keywords;
mod normalizing;
mod openapi_3_1;
mod path_parameters;
mod resolve_references;
mod schema_resources;
mod shared_schemas;
mod validation;
mod webhooks;

use openapi::{Problem, canonical};
use serde_json::Value;

use crate::{
    coverage::{Context, Coverage},
    pass::Pass,
};

pub(crate) use examples::examples_text;
pub(crate) use normalizing::{Normalized, Normalizing};
pub(crate) use openapi_3_1::types::applies_to;
pub(crate) use path_parameters::{dropped_path_parameter, missing_path_parameters};
pub(crate) use webhooks::WEBHOOK;

/// Returns the coverage of a keyword by the first pass that declares it.
pub(crate) fn coverage(context: Context, key: &str) -> Option<Coverage> {
    narrowing_keywords::coverage(context, key).or_else(|| examples::coverage(key))
}

/// The function of a pass.
type Run = fn(&mut Normalizing);

/// The passes in the order of execution.
pub(crate) const PASSES: &[(Pass, Run)] = &[
    (
        Pass {
            name: "lenient_documents",
            reason: "real documents have nulls, and strings in place of numbers and booleans; values with one possible \
                     meaning are corrected",
            upstream: &[],
        },
        lenient_documents::run,
    ),
    (
        Pass {
            name: "schema_resources",
            reason: "rewrites references that an `$id` makes relative, and dynamic references, to references within \
                     the document",
            upstream: &[],
        },
        schema_resources::run,
    ),
    (
        Pass {
            name: "local_references",
            reason: "hoists inline schemas that a `$ref` targets into components: progenitor and typify resolve no \
                     other references",
            upstream: &[],
        },
        local_references::run,
    ),
    (
        Pass {
            name: "openapi_3_1",
            reason: "progenitor reads OpenAPI 3.0; schemas of 3.1 are converted to the smallest schema of 3.0 that \
                     accepts all their values",
            upstream: &["progenitor#762"],
        },
        openapi_3_1::run,
    ),
    (
        Pass {
            name: "narrowing_keywords",
            reason: "removes keywords that only narrow values, such as `if` and `contains`; types would be made of \
                     their subschemas",
            upstream: &[],
        },
        narrowing_keywords::run,
    ),
    (
        Pass {
            name: "validation",
            reason: "changes nothing: reports errors at their locations, before a later pass fails on them",
            upstream: &[],
        },
        validation::run,
    ),
    (
        Pass {
            name: "webhooks",
            reason: "progenitor ignores webhooks and callbacks; as operations with a response, their payloads get \
                     types",
            upstream: &[],
        },
        webhooks::run,
    ),
    (
        Pass {
            name: "examples",
            reason: "moves examples into descriptions; removes links and callbacks, which no later pass reads and \
                     every pass would walk",
            upstream: &[],
        },
        examples::run,
    ),
    (
        Pass {
            name: "shared_schemas",
            reason: "names the type of a shared response, body or parameter after it; inlined, it would be one type \
                     for each operation",
            upstream: &[],
        },
        shared_schemas::run,
    ),
    (
        Pass {
            name: "resolve_references",
            reason: "inlines references to parameters, bodies, responses, headers and path items, so that no later \
                     pass has to resolve them",
            upstream: &[],
        },
        resolve_references::run,
    ),
    (
        Pass {
            name: "path_parameters",
            reason: "progenitor panics on a path parameter that is not in the path template, and fails on a template \
                     name without a parameter",
            upstream: &[],
        },
        path_parameters::run,
    ),
];

/// A callback with a pass and the document before and after it.
pub(crate) type Watch<'a> = &'a mut dyn FnMut(Pass, &Value, &Value);

/// Runs the passes up to the first that finds problems. `watch` is called after each pass.
///
/// # Errors
/// Returns the problems of the first pass that finds any, with their pointers in the original document.
pub(crate) fn normalize(document: &Value, mut watch: Option<Watch<'_>>) -> Result<Normalized, Vec<Problem>> {
    let mut normalizing = Normalizing::of(canonical(document));
    for (pass, run) in PASSES {
        let before = watch.is_some().then(|| normalizing.document.clone());
        run(&mut normalizing);
        if let (Some(watch), Some(before)) = (&mut watch, before) {
            watch(*pass, &before, &normalizing.document);
        }
        if !normalizing.problems.is_empty() {
            return Err(normalizing.moved.with_original_pointers(normalizing.problems));
        }
    }
    Ok(normalizing.done())
}
