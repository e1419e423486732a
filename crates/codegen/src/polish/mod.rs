//! Polish: what progenitor leaves out or says wrongly is put right in its syntax tree, by named passes in a fixed
//! order.

mod api_version;
mod checked_types;
mod deprecated;
mod docs;
mod enums;
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
mod std_string;
mod unions;
mod urls;

use openapi::Problem;
use syn::Item;

use crate::{lower::Lowered, pass::Pass, settings::Settings};

pub(crate) use polished::Polished;

/// What a pass does.
type Run = fn(&mut Polished, &Lowered, &Settings) -> Result<(), Vec<Problem>>;

/// The passes, in the order in which they run.
pub(crate) const PASSES: &[(Pass, Run)] = &[
    (
        Pass {
            name: "field_names",
            reason: "typify gives two properties that differ only in signs or capitals fields of one name",
            upstream: &[],
        },
        field_names::run,
    ),
    (
        Pass {
            name: "std_string",
            reason: "typify names String without its path, where a schema may have that name",
            upstream: &[],
        },
        std_string::run,
    ),
    (
        Pass {
            name: "patterns",
            reason: "typify matches patterns by an engine that backtracks, and without an end on some texts; ours \
                     takes linear time",
            upstream: &[],
        },
        patterns::run,
    ),
    (
        Pass {
            name: "api_version",
            reason: "progenitor sends an `api-version` header that no document asks for",
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
            reason: "progenitor writes paths and queries in one form; the runtime has written them in the document's",
            upstream: &[],
        },
        urls::run,
    ),
    (
        Pass {
            name: "parameter_types",
            reason: "the schemas that lowering gathers parameters in are there for their types, not to be types of \
                     their own",
            upstream: &[],
        },
        parameter_types::run,
    ),
    (
        Pass {
            name: "private_client",
            reason: "the raw client is an implementation detail: its constructors and documentation would only be \
                     compiled",
            upstream: &[],
        },
        private_client::run,
    ),
    (
        Pass {
            name: "docs",
            reason: "rustdoc takes brackets and angles in a description for links and HTML; what comes after this \
                     pass writes its own",
            upstream: &[],
        },
        docs::run,
    ),
    (
        Pass {
            name: "deprecated",
            reason: "typify drops that a schema or property is deprecated; lowering has put it into the description",
            upstream: &[],
        },
        deprecated::run,
    ),
    (
        Pass {
            name: "nulls",
            reason: "typify lets null stand for every optional property; the document does not",
            upstream: &[],
        },
        nulls::run,
    ),
    (
        Pass {
            name: "checked_types",
            reason: "typify silently drops some replacement types: an assertion verifies each one",
            upstream: &[],
        },
        checked_types::run,
    ),
    (
        Pass {
            name: "response_secrets",
            reason: "a type that only ever comes from the server and holds a secret is not to be written anywhere by \
                     serde",
            upstream: &[],
        },
        response_secrets::run,
    ),
    (
        Pass {
            name: "enums",
            reason: "a server that sends a value of a later document must not cost the caller the answer; typify's \
                     enums are closed",
            upstream: &[],
        },
        enums::run,
    ),
    (
        Pass {
            name: "unions",
            reason: "typify reads a union as its first branch that fits, which loses what only another knows",
            upstream: &["typify#498"],
        },
        unions::run,
    ),
    (
        Pass {
            name: "schemars",
            reason: "a test compares the compiled types with the document's schemas",
            upstream: &[],
        },
        schemars::run,
    ),
];

/// Runs every pass.
pub(crate) fn polish(file: syn::File, lowered: &Lowered, settings: &Settings) -> Result<Polished, Vec<Problem>> {
    let mut polished = Polished::default();
    for item in file.items {
        match item {
            Item::Mod(module) if module.ident == "types" => {
                polished.types = module.content.map(|(_, items)| items).unwrap_or_default();
            }
            item => polished.raw.push(item),
        }
    }
    for (_, run) in PASSES {
        run(&mut polished, lowered, settings)?;
    }
    Ok(polished)
}
