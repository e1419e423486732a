//! Takes `Serialize` from types that hold a secret and never go into a request.

use std::collections::BTreeSet;

use blynk_document::Problem;
use quote::ToTokens as _;
use syn::{Item, punctuated::Punctuated};

use super::Polished;
use crate::{
    Settings,
    lower::{Lowering, reachable},
    model::Checked,
};

pub(super) fn run(polished: &mut Polished, lowering: &Lowering, _: &Settings) -> Result<(), Vec<Problem>> {
    let secrets: Vec<_> = lowering
        .model
        .checked
        .iter()
        .filter(|(_, checked)| matches!(checked, Checked::Secret))
        .map(|(name, _)| name)
        .collect();
    let schemas = lowering.document.pointer("/components/schemas");
    let holds_secret = |name: &str| {
        let mut found = BTreeSet::new();
        if let Some(schema) = schemas.and_then(|schemas| schemas.get(name)) {
            reachable(&lowering.document, schema, &mut found);
        }
        secrets.iter().any(|secret| found.contains(*secret))
    };
    for item in &mut polished.types {
        let (name, attributes) = match item {
            Item::Struct(item) => (item.ident.to_string(), &mut item.attrs),
            Item::Enum(item) => (item.ident.to_string(), &mut item.attrs),
            _ => continue,
        };
        if !lowering.model.in_requests.contains(&name) && holds_secret(&name) {
            attributes.iter_mut().for_each(without_serialize);
        }
    }
    Ok(())
}

fn without_serialize(attribute: &mut syn::Attribute) {
    if !attribute.path().is_ident("derive") {
        return;
    }
    let parse = Punctuated::<syn::Path, syn::Token![,]>::parse_terminated;
    if let Ok(paths) = attribute.parse_args_with(parse) {
        let kept = paths.iter().filter(|path| !path.to_token_stream().to_string().ends_with(":: Serialize"));
        *attribute = syn::parse_quote! { #[derive(#(#kept),*)] };
    }
}
