//! Takes `Serialize` from types that hold a secret and never go into a request.

use std::collections::{BTreeMap, BTreeSet};

use blynk_document::Problem;
use quote::ToTokens as _;
use serde_json::Value;
use syn::{Item, punctuated::Punctuated};

use super::Polished;
use crate::{Settings, document::referenced, lower::Lowering, model::Checked};

pub(super) fn run(polished: &mut Polished, lowering: &Lowering, _: &Settings) -> Result<(), Vec<Problem>> {
    let secrets: Vec<_> = lowering
        .model
        .checked
        .iter()
        .filter(|(_, checked)| matches!(checked, Checked::Secret))
        .map(|(name, _)| name)
        .collect();
    let holders = holders(&lowering.document, &secrets);
    for item in &mut polished.types {
        let (name, attributes) = match item {
            Item::Struct(item) => (item.ident.to_string(), &mut item.attrs),
            Item::Enum(item) => (item.ident.to_string(), &mut item.attrs),
            _ => continue,
        };
        if !lowering.model.in_requests.contains(&name) && holders.contains(name.as_str()) {
            attributes.iter_mut().for_each(without_serialize);
        }
    }
    Ok(())
}

/// The component schemas that lead to one of `names`, and these.
fn holders<'d>(document: &'d Value, names: &[&'d String]) -> BTreeSet<&'d str> {
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    for (user, schema) in schemas.into_iter().flatten() {
        each_reference(schema, &mut |name| users.entry(name).or_default().push(user));
    }
    let mut found = BTreeSet::new();
    let mut next: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
    while let Some(name) = next.pop() {
        if found.insert(name) {
            next.extend(users.get(name).into_iter().flatten());
        }
    }
    found
}

fn each_reference<'d>(value: &'d Value, visit: &mut impl FnMut(&'d str)) {
    if let Some(name) = referenced(value, "schemas") {
        visit(name);
    }
    match value {
        Value::Object(map) => map.values().for_each(|value| each_reference(value, visit)),
        Value::Array(items) => items.iter().for_each(|value| each_reference(value, visit)),
        _ => {}
    }
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
