//! Polish: what progenitor leaves out or says wrongly is put right in its syntax tree, by named passes in a fixed order.

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
mod private_client;
mod response_secrets;
mod schemars;
mod std_string;
mod unions;
mod urls;

use std::collections::BTreeMap;

use openapi::Problem;
use syn::{Item, ItemStruct, Type};

use crate::{Settings, lower::Lowering};

/// Progenitor's output, split: the client, which stays private, and the types, which callers see.
pub(crate) struct Polished {
    pub(crate) raw: Vec<Item>,
    pub(crate) types: Vec<Item>,
    /// Types of an operation's parameters, by its method.
    pub(crate) parameter_types: BTreeMap<String, Vec<Type>>,
}

/// One pass: its name, why it is there, and what it does.
pub(crate) struct Pass {
    pub(crate) name: &'static str,
    pub(crate) reason: &'static str,
    /// Threads of progenitor and typify about the same thing.
    pub(crate) upstream: &'static [&'static str],
    pub(crate) run: fn(&mut Polished, &Lowering, &Settings) -> Result<(), Vec<Problem>>,
}

/// The passes, in the order in which they run.
pub(crate) const PASSES: &[Pass] = &[
    Pass {
        name: "field_names",
        reason: "typify gives two properties that differ only in signs or capitals fields of one name",
        upstream: &[],
        run: field_names::run,
    },
    Pass {
        name: "std_string",
        reason: "typify names String without its path, where a schema may have that name",
        upstream: &[],
        run: std_string::run,
    },
    Pass {
        name: "patterns",
        reason: "typify matches patterns by an engine that backtracks, and without an end on some texts; ours takes linear time",
        upstream: &[],
        run: patterns::run,
    },
    Pass {
        name: "api_version",
        reason: "progenitor sends an `api-version` header that no document asks for",
        upstream: &["progenitor#564"],
        run: api_version::run,
    },
    Pass {
        name: "methods",
        reason: "progenitor calls functions for OPTIONS and TRACE that reqwest does not have",
        upstream: &[],
        run: methods::run,
    },
    Pass {
        name: "urls",
        reason: "progenitor writes paths and queries in one form; the runtime has written them in the document's",
        upstream: &[],
        run: urls::run,
    },
    Pass {
        name: "parameter_types",
        reason: "the schemas that lowering gathers parameters in are there for their types, not to be types of their own",
        upstream: &[],
        run: parameter_types::run,
    },
    Pass {
        name: "private_client",
        reason: "the raw client is an implementation detail: its constructors and documentation would only be compiled",
        upstream: &[],
        run: private_client::run,
    },
    Pass {
        name: "docs",
        reason: "rustdoc takes brackets and angles in a description for links and HTML; what comes after this pass writes its own",
        upstream: &[],
        run: docs::run,
    },
    Pass {
        name: "deprecated",
        reason: "typify drops that a schema or property is deprecated; lowering has put it into the description",
        upstream: &[],
        run: deprecated::run,
    },
    Pass {
        name: "nulls",
        reason: "typify lets null stand for every optional property; the document does not",
        upstream: &[],
        run: nulls::run,
    },
    Pass {
        name: "checked_types",
        reason: "typify is silent when it loses a type that it was told to put in the place of its own: an assertion holds each one",
        upstream: &[],
        run: checked_types::run,
    },
    Pass {
        name: "response_secrets",
        reason: "a type that only ever comes from the server and holds a secret is not to be written anywhere by serde",
        upstream: &[],
        run: response_secrets::run,
    },
    Pass {
        name: "enums",
        reason: "a server that sends a value of a later document must not cost the caller the answer; typify's enums are closed",
        upstream: &[],
        run: enums::run,
    },
    Pass {
        name: "unions",
        reason: "typify reads a union as its first branch that fits, which loses what only another knows",
        upstream: &["typify#498"],
        run: unions::run,
    },
    Pass {
        name: "schemars",
        reason: "a test compares the compiled types with the document's schemas",
        upstream: &[],
        run: schemars::run,
    },
];

/// Runs every pass.
pub(crate) fn polish(file: syn::File, lowering: &Lowering, settings: &Settings) -> Result<Polished, Vec<Problem>> {
    let mut polished = Polished { raw: Vec::new(), types: Vec::new(), parameter_types: BTreeMap::new() };
    for item in file.items {
        match item {
            Item::Mod(module) if module.ident == "types" => {
                polished.types = module.content.map(|(_, items)| items).unwrap_or_default();
            }
            item => polished.raw.push(item),
        }
    }
    for pass in PASSES {
        (pass.run)(&mut polished, lowering, settings)?;
    }
    Ok(polished)
}

impl Polished {
    /// The public structs among the types.
    pub(crate) fn structs(&mut self) -> impl Iterator<Item = &mut ItemStruct> {
        self.types.iter_mut().filter_map(|item| match item {
            Item::Struct(item) => Some(item),
            _ => None,
        })
    }

    /// The bodies of the raw client's methods that make calls.
    pub(crate) fn raw_bodies(&mut self) -> impl Iterator<Item = &mut syn::Block> {
        let functions = self.raw.iter_mut().flat_map(|item| match item {
            Item::Impl(block) => block.items.as_mut_slice(),
            _ => &mut [],
        });
        functions.filter_map(|item| match item {
            syn::ImplItem::Fn(function) if function.sig.asyncness.is_some() => Some(&mut function.block),
            _ => None,
        })
    }

    /// Names of all structs and enums.
    pub(crate) fn type_names(&self) -> impl Iterator<Item = String> {
        self.types.iter().filter_map(|item| match item {
            Item::Struct(item) => Some(item.ident.to_string()),
            Item::Enum(item) => Some(item.ident.to_string()),
            _ => None,
        })
    }
}
