//! The public face: one method an operation on the client, and the module of request builders.

use std::collections::{BTreeMap, BTreeSet};

use blynk_document::Problem;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{ImplItem, Item};

use super::{builder::builder, call::Call, operation_table::operation_table, slots::slots, type_table::type_table};
use crate::{
    Settings,
    docs::{attributes, lines as docs_lines},
    example::{Example, example},
    lower::Lowering,
    model::Operation,
    naming,
    polish::Polished,
};

/// All that callers see, types excepted.
pub(crate) struct Face<'a> {
    /// The operation table, and the methods of the client.
    pub(crate) top: TokenStream,
    /// The module of request builders, made one after the other as they are asked for.
    pub(crate) operations: Box<dyn Iterator<Item = TokenStream> + 'a>,
    pub(crate) example: Option<Example>,
}

pub(crate) fn face<'a>(
    polished: &'a Polished,
    lowering: &'a Lowering,
    settings: &'a Settings,
) -> Result<Face<'a>, Vec<Problem>> {
    let runtime = settings.runtime();
    let client = settings.client();
    let model = &lowering.model;
    let methods = raw_methods(polished);
    let lost = |operation: &&Operation| raw_name(operation, &methods).is_none();
    let problem = |operation: &Operation| {
        Problem::new(
            format!("progenitor made no method `{}` of this operation", operation.name),
            "report this as a bug of the generator",
        )
        .pointing_to(&operation.pointer)
    };
    let problems: Vec<_> = model.operations.iter().filter(lost).map(problem).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    let entries = model.operations.iter().map(entry);
    let table = operation_table(model, settings);
    let type_table = type_table(polished, lowering, settings);
    let top = quote! {
        #table
        #type_table

        /// One method an operation of the document.
        impl #client {
            #(#entries)*
        }
    };
    let imports = quote! {
        use super::{OPERATIONS, raw, types};
        use #runtime as runtime;
    };
    let structs: BTreeMap<String, &syn::ItemStruct> = polished
        .types
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) => Some((item.ident.to_string(), item)),
            _ => None,
        })
        .collect();
    let slots = |operation: &Operation| {
        let types = polished.parameter_types.get(&operation.name).map_or(&[][..], Vec::as_slice);
        Some((raw_name(operation, &methods)?, slots(operation, types, &structs, model)))
    };
    let slots: Vec<_> = model.operations.iter().filter_map(slots).collect();
    let calls = model.operations.iter().zip(&slots).map(|(operation, (_, slots))| Call::of(operation, slots));
    let example = example(calls, model, polished);
    let builders = model.operations.iter().zip(slots).enumerate();
    let builders = builders.map(|(index, (operation, (raw, slots)))| builder(index, operation, &raw, &slots, settings));
    Ok(Face { top, operations: Box::new(std::iter::once(imports).chain(builders)), example })
}

/// Progenitor's method of an operation: it puts an underscore behind keywords.
fn raw_name(operation: &Operation, methods: &BTreeSet<String>) -> Option<String> {
    [operation.name.clone(), format!("{}_", operation.name)].into_iter().find(|name| methods.contains(name))
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
