//! Polish: corrects progenitor's syntax tree by named passes in a fixed order.

mod api_version;
mod checked_types;
mod deprecated;
mod docs;
mod features;
mod field_names;
mod methods;
mod nulls;
mod numbered_fields;
mod parameter_types;
mod patterns;
mod polished;
mod private_client;
mod response_secrets;
mod schemars;
mod sending;
mod std_string;
mod unions;
mod urls;

use openapi::Problem;
use syn::Item;

use crate::{lower::Lowered, pass::Pass, settings::Settings};

pub(crate) use docs::summary;
pub(crate) use polished::Polished;

/// The function of a pass.
type Run = fn(&mut Polished, &Lowered, &Settings) -> Result<(), Vec<Problem>>;

/// The passes, in the order in which they run.
pub(crate) const PASSES: &[(Pass, Run)] = &[
    (
        Pass {
            name: "field_names",
            reason: "typify gives two properties that differ only in punctuation or case the same field name",
            upstream: &[],
        },
        field_names::run,
    ),
    (
        Pass {
            name: "std_string",
            reason: "typify writes `String` without its path, which fails if a schema has that name",
            upstream: &[],
        },
        std_string::run,
    ),
    (
        Pass {
            name: "patterns",
            reason: "typify matches patterns with a backtracking engine, which is exponential on some strings; `regex` \
                     is linear",
            upstream: &[],
        },
        patterns::run,
    ),
    (
        Pass {
            name: "api_version",
            reason: "progenitor sends an `api-version` header that no document requires",
            upstream: &["progenitor#564"],
        },
        api_version::run,
    ),
    (
        Pass {
            name: "methods",
            reason: "progenitor calls functions for OPTIONS and TRACE that reqwest does not have",
            upstream: &[],
        },
        methods::run,
    ),
    (
        Pass {
            name: "urls",
            reason: "progenitor ignores `style` and `explode` in paths and queries; the runtime builds the URL",
            upstream: &[],
        },
        urls::run,
    ),
    (
        Pass {
            name: "parameter_types",
            reason: "lowering collects the parameters of an operation in one schema to get their types; this schema \
                     is not a type of the API",
            upstream: &[],
        },
        parameter_types::run,
    ),
    (
        Pass {
            name: "private_client",
            reason: "progenitor's client is private: its constructors and documentation are unused",
            upstream: &[],
        },
        private_client::run,
    ),
    (
        Pass {
            name: "sending",
            reason: "progenitor repeats in each method how a request is sent; one function compiles faster",
            upstream: &[],
        },
        sending::run,
    ),
    (
        Pass {
            name: "docs",
            reason: "rustdoc reads brackets and angle brackets in a description as links and HTML; later passes write \
                     documentation of their own",
            upstream: &[],
        },
        docs::run,
    ),
    (
        Pass {
            name: "deprecated",
            reason: "typify drops `deprecated` of schemas and properties; lowering marks it in the description",
            upstream: &[],
        },
        deprecated::run,
    ),
    (
        Pass {
            name: "nulls",
            reason: "typify accepts null for every optional property; the document does not",
            upstream: &[],
        },
        nulls::run,
    ),
    (
        Pass {
            name: "checked_types",
            reason: "typify silently drops some replacement types; an assertion verifies each one",
            upstream: &[],
        },
        checked_types::run,
    ),
    (
        Pass {
            name: "response_secrets",
            reason: "a type that occurs only in responses and holds a secret does not implement `Serialize`",
            upstream: &[],
        },
        response_secrets::run,
    ),
    (
        Pass {
            name: "unions",
            reason: "typify decodes a union as its first variant that matches, which loses properties of the others",
            upstream: &["typify#498"],
        },
        unions::run,
    ),
    (
        Pass {
            name: "schemars",
            reason: "a test compares the compiled types with the schemas of the document",
            upstream: &[],
        },
        schemars::run,
    ),
    (
        Pass {
            name: "features",
            reason: "types that only webhooks and callbacks use are compiled with the feature `webhooks` only; the \
                     operations of a large crate, and their types, with the features of their tags",
            upstream: &[],
        },
        features::run,
    ),
];

/// Runs all passes.
///
/// # Errors
/// The problems of the first pass that fails.
pub(crate) fn polish(file: syn::File, lowered: &Lowered, settings: &Settings) -> Result<Polished, Vec<Problem>> {
    let mut polished = Polished::default();
    for item in file.items {
        match item {
            Item::Mod(module) if module.ident == "types" => {
                polished.types = module.content.map(|(_, items)| items).unwrap_or_default();
            }
            item => polished.transport.push(item),
        }
    }
    for (_, run) in PASSES {
        run(&mut polished, lowered, settings)?;
    }
    Ok(polished)
}
