//! The public face: one method an operation on the client, and the module of request builders.

use std::collections::{BTreeMap, BTreeSet};

use blynk_document::Problem;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{ImplItem, Item};

use super::{builder::builder, operation_table::operation_table, slots::slots, type_table::type_table};
use crate::{
    Settings,
    docs::{attributes, lines as docs_lines},
    lower::Lowering,
    model::Operation,
    naming,
    polish::Polished,
};

/// All that callers see, types excepted.
pub(crate) fn face(polished: &Polished, lowering: &Lowering, settings: &Settings) -> Result<TokenStream, Vec<Problem>> {
    let runtime = settings.runtime();
    let client = settings.client();
    let methods = raw_methods(polished);
    let structs: BTreeMap<String, &syn::ItemStruct> = polished
        .types
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) => Some((item.ident.to_string(), item)),
            _ => None,
        })
        .collect();
    let mut problems = Vec::new();
    let mut entries = Vec::new();
    let mut builders = Vec::new();
    for (index, operation) in lowering.model.operations.iter().enumerate() {
        // progenitor puts an underscore behind keywords
        let names = [operation.name.clone(), format!("{}_", operation.name)];
        match names.into_iter().find(|name| methods.contains(name)) {
            Some(raw) => {
                let types = polished.parameter_types.get(&operation.name).map_or(&[][..], Vec::as_slice);
                let slots = slots(operation, types, &structs, &lowering.model);
                entries.push(entry(operation));
                builders.push(builder(index, operation, &raw, &slots, settings));
            }
            None => problems.push(
                Problem::new(
                    format!("progenitor made no method `{}` of this operation", operation.name),
                    "report this as a bug of the generator",
                )
                .pointing_to(&operation.pointer),
            ),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let table = operation_table(&lowering.model, settings);
    let type_table = type_table(polished, lowering, settings);
    Ok(quote! {
        #table
        #type_table

        /// One method an operation of the document.
        impl #client {
            #(#entries)*
        }

        /// Requests, one builder an operation: set the fields, then `send`.
        pub mod operations {
            use super::{OPERATIONS, raw, types};
            use #runtime as runtime;

            #(#builders)*
        }
    })
}

/// Names of the methods of progenitor's client that make calls: one an operation.
fn raw_methods(polished: &Polished) -> BTreeSet<String> {
    let functions = polished.raw.iter().flat_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() => block.items.as_slice(),
        _ => &[],
    });
    functions
        .filter_map(|item| match item {
            ImplItem::Fn(function) if function.sig.asyncness.is_some() => {
                Some(function.sig.ident.to_string().trim_start_matches("r#").to_owned())
            }
            _ => None,
        })
        .collect()
}

fn entry(operation: &Operation) -> TokenStream {
    let name = naming::ident(&operation.name);
    let builder = format_ident!("{}", operation.type_name);
    let mut lines = Vec::new();
    for text in [&operation.summary, &operation.description] {
        if !text.is_empty() {
            lines.push(docs_lines(text));
            lines.push(String::new());
        }
    }
    lines.push(format!(" `{} {}`", operation.method, operation.path));
    let deprecated =
        operation.deprecated.then(|| quote! { #[deprecated = "the document marks this operation as deprecated"] });
    let docs = attributes(&lines);
    quote! {
        #docs
        #deprecated
        pub fn #name(&self) -> operations::#builder<'_> {
            operations::#builder::new(self)
        }
    }
}
