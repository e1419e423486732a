//! Lowering: converts a document to a form that progenitor supports, by named passes in a fixed order.
//!
//! A pass changes the document, and keeps in the model what the change would otherwise lose.

mod annotations;
mod checked_types;
mod component_names;
mod compositions;
mod cycles;
mod each_schema;
mod enums;
mod files;
mod inheritance;
mod inline_schemas;
mod lenient_schemas;
mod lowering;
mod merge;
mod mixed_unions;
mod nullable_components;
mod operation_names;
mod parameter_table;
mod patterns;
mod plain_versions;
mod readonly_writeonly;
mod requests_as_bytes;
mod responses_as_bytes;
mod secrets;
mod tags;
mod unions;
mod unread_parts;
mod webhooks;

pub(crate) use lenient_schemas::implied_type;
pub(crate) use lowering::{Lowered, Lowering, reachable};
pub(crate) use merge::MOST_DEFINITIONS;
pub(crate) use parameter_table::not_sent;
pub(crate) use patterns::{MOST_WEIGHT, not_enforced};

use std::collections::BTreeSet;

use openapi::Problem;
use serde_json::Value;

use crate::{
    constraints,
    coverage::{Context, Coverage},
    normalize::{Normalized, Watch},
    pass::Pass,
};

/// The function of a pass.
type Run = fn(&mut Lowering);

/// The passes in the order of execution.
pub(crate) const PASSES: &[(Pass, Run)] = &[
    (
        Pass {
            name: "operation_names",
            reason: "gives methods idiomatic names: progenitor makes create_o_auth_client of createOAuthClient",
            upstream: &["progenitor#1105"],
        },
        operation_names::run,
    ),
    (
        Pass {
            name: "cycles",
            reason: "typify overflows its stack on cycles between a base and its variants",
            upstream: &[],
        },
        cycles::run,
    ),
    (
        Pass {
            name: "inheritance",
            reason: "a reference to a base with a discriminator accepts every schema that extends it; typify reads the \
                     base only",
            upstream: &["typify#498"],
        },
        inheritance::run,
    ),
    (
        Pass {
            name: "merge",
            reason: "typify drops constraints beside a reference, and panics on contradictions; a property that \
                     several subschemas define gets one type",
            upstream: &[],
        },
        merge::run,
    ),
    (
        Pass {
            name: "lenient_schemas",
            reason: "adds missing types and removes misplaced formats: progenitor panics on both",
            upstream: &[],
        },
        lenient_schemas::run,
    ),
    (
        Pass {
            name: "enums",
            reason: "reduces enums to values of one Rust enum, and merges unions of enums; typify supports strings \
                     only, and panics on values with the same variant name",
            upstream: &[],
        },
        enums::run,
    ),
    (
        Pass {
            name: "compositions",
            reason: "typify panics on `not`, except for excluded strings, and on empty compositions",
            upstream: &["typify#954"],
        },
        compositions::run,
    ),
    (
        Pass {
            name: "annotations",
            reason: "typify names types after titles, so that equal titles collide, and fails on a default that \
                     violates its own schema",
            upstream: &[],
        },
        annotations::run,
    ),
    (
        Pass {
            name: "patterns",
            reason: "typify matches patterns with a backtracking engine, on enum values and in its types; here they \
                     are matched in linear time",
            upstream: &[],
        },
        patterns::run,
    ),
    (
        Pass {
            name: "component_names",
            reason: "renames component schemas to their Rust types, so that later passes can use type names",
            upstream: &[],
        },
        component_names::run,
    ),
    (
        Pass {
            name: "nullable_components",
            reason: "typify gives a nullable component and its inner type the same name",
            upstream: &[],
        },
        nullable_components::run,
    ),
    (
        Pass {
            name: "readonly_writeonly",
            reason: "removes read-only properties from requests and write-only ones from responses; progenitor makes \
                     one type with all of them",
            upstream: &[],
        },
        readonly_writeonly::run,
    ),
    (
        Pass {
            name: "files",
            reason: "binary parts of multipart forms become files; progenitor does not support multipart",
            upstream: &["progenitor#402", "progenitor#518"],
        },
        files::run,
    ),
    (
        Pass {
            name: "inline_schemas",
            reason: "names types after operation and property; progenitor's names depend on the position in its output",
            upstream: &[],
        },
        inline_schemas::run,
    ),
    (
        Pass {
            name: "mixed_unions",
            reason: "typify decodes a union beside properties as its first matching variant, and drops properties that \
                     the variant lacks",
            upstream: &[],
        },
        mixed_unions::run,
    ),
    (
        Pass {
            name: "unions",
            reason: "generates unions as enums that select the variant by discriminator or properties; typify's take \
                     the first that matches",
            upstream: &["typify#498"],
        },
        unions::run,
    ),
    (
        Pass {
            name: "secrets",
            reason: "format: password becomes a type that redacts its value; progenitor makes it a String",
            upstream: &[],
        },
        secrets::run,
    ),
    (
        Pass {
            name: "checked_types",
            reason: "lengths, counts, bounds and formats, which progenitor ignores, are enforced by types of the \
                     runtime",
            upstream: &[],
        },
        checked_types::run,
    ),
    (
        Pass {
            name: "responses_as_bytes",
            reason: "progenitor supports one success and one error type, and panics on more; the client decodes by \
                     status",
            upstream: &["progenitor#344", "progenitor#857", "progenitor#950"],
        },
        responses_as_bytes::run,
    ),
    (
        Pass {
            name: "webhooks",
            reason: "removes the operations of webhooks and callbacks, which had to get types: the client does not \
                     send them",
            upstream: &[],
        },
        webhooks::run,
    ),
    (
        Pass {
            name: "requests_as_bytes",
            reason: "progenitor supports four content types, and no optional bodies; the client encodes bodies",
            upstream: &["progenitor#384", "progenitor#402"],
        },
        requests_as_bytes::run,
    ),
    (
        Pass {
            name: "parameter_table",
            reason: "progenitor supports one style for each location, and no cookies, `content` or query in a path; \
                     the runtime serializes parameters",
            upstream: &[],
        },
        parameter_table::run,
    ),
    (
        Pass {
            name: "unread_parts",
            reason: "progenitor's parser rejects mistakes in parts that progenitor does not use; these parts are \
                     removed",
            upstream: &[],
        },
        unread_parts::run,
    ),
    (
        Pass {
            name: "plain_versions",
            reason: "progenitor puts info.version into a header, panics on non-ASCII characters, and rejects \"3.0\" \
                     without a patch number",
            upstream: &["progenitor#564"],
        },
        plain_versions::run,
    ),
];

/// Runs the passes up to the first that finds problems. No component gets a name of `taken`; `watch` is called after
/// each pass.
///
/// # Errors
/// Returns the problems of the first pass that finds any, with their pointers in the original document.
pub(crate) fn lower(
    normalized: Normalized,
    taken: &BTreeSet<String>,
    mut watch: Option<Watch<'_>>,
) -> Result<Lowered, Vec<Problem>> {
    let mut lowering = Lowering::new(normalized, taken.clone());
    for (pass, run) in PASSES {
        let before = watch.is_some().then(|| lowering.document.clone());
        run(&mut lowering);
        if let (Some(watch), Some(before)) = (&mut watch, before) {
            watch(*pass, &before, &lowering.document);
        }
        if !lowering.problems.is_empty() {
            return Err(lowering.moved.with_original_pointers(lowering.problems));
        }
    }
    Ok(lowering.done())
}

/// Returns the coverage of a keyword by the first pass that declares it.
pub(crate) fn coverage(context: Context, key: &str, value: &Value) -> Option<Coverage> {
    enums::coverage(context, key, value)
        .or_else(|| constraints::coverage_of_subschemas(context, key, value))
        .or_else(|| parameter_table::coverage(context, key, value))
        .or_else(|| requests_as_bytes::coverage(context, key))
        .or_else(|| nullable_components::coverage(context, key))
        .or_else(|| annotations::coverage(context, key, value))
        .or_else(|| readonly_writeonly::coverage(context, key, value))
        .or_else(|| files::coverage(context, key, value))
        .or_else(|| lenient_schemas::coverage(context, key, value))
        .or_else(|| mixed_unions::coverage(context, key, value))
        .or_else(|| compositions::coverage(context, key, value))
        .or_else(|| patterns::coverage(context, key, value))
}
