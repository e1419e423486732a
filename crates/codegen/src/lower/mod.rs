//! Lowering: what progenitor cannot take is put into a form that it can, by named passes in a fixed order.
//!
//! A pass changes the document, and remembers in the model what the change would otherwise lose.

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
mod mixed_unions;
mod nullable_components;
mod one_way_properties;
mod operation_names;
mod patterns;
mod plain_versions;
mod raw_parameters;
mod raw_requests;
mod raw_responses;
mod secrets;
mod unions;
mod unread_parts;

pub(crate) use lenient_schemas::implied_type;
pub(crate) use lowering::{Lowered, Lowering, reachable};
pub(crate) use patterns::{MOST_WEIGHT, not_enforced};
pub(crate) use raw_parameters::not_sent;

use std::collections::BTreeSet;

use openapi::Problem;
use serde_json::Value;

use crate::{
    constraints,
    coverage::{Fate, Place},
    normalize::{Normalized, Watch},
    pass::Pass,
};

/// What a pass does.
type Run = fn(&mut Lowering);

/// The passes, in the order in which they run.
pub(crate) const PASSES: &[(Pass, Run)] = &[
    (
        Pass {
            name: "operation_names",
            reason: "methods are named as a person would: progenitor makes create_o_auth_client of createOAuthClient",
            upstream: &["progenitor#1105"],
        },
        operation_names::run,
    ),
    (
        Pass {
            name: "lenient_schemas",
            reason: "real documents leave out types and misplace formats; progenitor panics on both",
            upstream: &[],
        },
        lenient_schemas::run,
    ),
    (
        Pass {
            name: "compositions",
            reason: "typify panics on `not`, but for texts that are excluded, and on a composition of nothing",
            upstream: &["typify#954"],
        },
        compositions::run,
    ),
    (
        Pass {
            name: "annotations",
            reason: "typify names types after titles, so that two of one title collide, and fails on a default that \
                     breaks its own schema",
            upstream: &[],
        },
        annotations::run,
    ),
    (
        Pass {
            name: "enums",
            reason: "typify panics on values that would be variants of one name, and on values that occur twice",
            upstream: &[],
        },
        enums::run,
    ),
    (
        Pass {
            name: "patterns",
            reason: "typify runs patterns by an engine that backtracks, over enum values and in its types; they are \
                     matched in linear time",
            upstream: &[],
        },
        patterns::run,
    ),
    (
        Pass {
            name: "cycles",
            reason: "typify follows a base to its variants and back to the base until its stack ends",
            upstream: &[],
        },
        cycles::run,
    ),
    (
        Pass {
            name: "inheritance",
            reason: "where a schema with a discriminator is named, one that is composed of it may stand; typify reads \
                     the base alone",
            upstream: &["typify#498"],
        },
        inheritance::run,
    ),
    (
        Pass {
            name: "component_names",
            reason: "a schema's name is the Rust type's name, so that later passes can speak of types",
            upstream: &[],
        },
        component_names::run,
    ),
    (
        Pass {
            name: "nullable_components",
            reason: "typify gives a component that may be null and what it holds one name",
            upstream: &[],
        },
        nullable_components::run,
    ),
    (
        Pass {
            name: "one_way_properties",
            reason: "readOnly and writeOnly say which way a property travels; progenitor makes one type for both \
                     ways, with all of them",
            upstream: &[],
        },
        one_way_properties::run,
    ),
    (
        Pass {
            name: "files",
            reason: "a binary part of a multipart form becomes a file; progenitor takes no multipart",
            upstream: &["progenitor#402", "progenitor#518"],
        },
        files::run,
    ),
    (
        Pass {
            name: "inline_schemas",
            reason: "types are named after operation and property, not after progenitor's position in its own output",
            upstream: &[],
        },
        inline_schemas::run,
    ),
    (
        Pass {
            name: "mixed_unions",
            reason: "typify reads a union beside properties as its first branch that fits, \
                     without what it does not name",
            upstream: &[],
        },
        mixed_unions::run,
    ),
    (
        Pass {
            name: "unions",
            reason: "the branches of a union get types and names; the enum of them is ours, since typify's takes the \
                     first that fits",
            upstream: &["typify#498"],
        },
        unions::run,
    ),
    (
        Pass {
            name: "secrets",
            reason: "format: password becomes a type that does not print itself; progenitor makes it a String",
            upstream: &[],
        },
        secrets::run,
    ),
    (
        Pass {
            name: "checked_types",
            reason: "lengths, counts, bounds and formats that progenitor ignores are enforced by types of ours",
            upstream: &[],
        },
        checked_types::run,
    ),
    (
        Pass {
            name: "raw_responses",
            reason: "progenitor takes one kind of response a side and panics on more; the face decodes by status",
            upstream: &["progenitor#344", "progenitor#857", "progenitor#950"],
        },
        raw_responses::run,
    ),
    (
        Pass {
            name: "raw_requests",
            reason: "progenitor takes one of four content types, always required; the face encodes bodies",
            upstream: &["progenitor#384", "progenitor#402"],
        },
        raw_requests::run,
    ),
    (
        Pass {
            name: "raw_parameters",
            reason: "progenitor takes one style a place, no cookies, no content, no query in a path; the runtime \
                     writes parameters",
            upstream: &[],
        },
        raw_parameters::run,
    ),
    (
        Pass {
            name: "unread_parts",
            reason: "the parser is strict about parts that progenitor does not read; a mistake there is not to stop it",
            upstream: &[],
        },
        unread_parts::run,
    ),
    (
        Pass {
            name: "plain_versions",
            reason: "progenitor puts info.version into a header, panics on other than ASCII, \
                     and takes no \"3.0\" without a patch number",
            upstream: &["progenitor#564"],
        },
        plain_versions::run,
    ),
];

/// Runs every pass, up to the first that finds problems. No component gets a name of `taken`; `watch` is called after
/// each pass.
///
/// # Errors
/// The problems, by their pointers in the document as it was given.
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
            return Err(lowering.moved.placed(lowering.problems));
        }
    }
    Ok(lowering.done())
}

/// Support for a keyword, by the first pass that reads or drops it.
pub(crate) fn fate(place: Place, key: &str, value: &Value) -> Option<Fate> {
    constraints::fate_of_parts(place, key, value)
        .or_else(|| raw_parameters::fate(place, key, value))
        .or_else(|| raw_requests::fate(place, key))
        .or_else(|| nullable_components::fate(place, key))
        .or_else(|| annotations::fate(place, key, value))
        .or_else(|| one_way_properties::fate(place, key, value))
        .or_else(|| files::fate(place, key, value))
        .or_else(|| enums::fate(place, key, value))
        .or_else(|| lenient_schemas::fate(place, key, value))
        .or_else(|| mixed_unions::fate(place, key, value))
        .or_else(|| compositions::fate(place, key, value))
        .or_else(|| patterns::fate(place, key, value))
}
