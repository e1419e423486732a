//! Takes `Serialize` from types that hold a secret and never go into a request.

use std::collections::{BTreeMap, BTreeSet};

use blynk_document::Problem;
use quote::ToTokens as _;
use serde_json::Value;
use syn::{Item, punctuated::Punctuated};

use super::Polished;
use crate::{Settings, document::referenced, lower::Lowering, model::Checked};

pub(super) fn run(polished: &mut Polished, lowering: &Lowering, _: &Settings) -> Result<(), Vec<Problem>> {
    let holders = holders(lowering);
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

/// The component schemas that hold a secret, directly or through others.
fn holders(lowering: &Lowering) -> BTreeSet<&str> {
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let schemas = lowering.document.pointer("/components/schemas").and_then(Value::as_object);
    for (name, schema) in schemas.into_iter().flatten() {
        let mut used = Vec::new();
        references(schema, &mut used);
        used.into_iter().for_each(|used| users.entry(used).or_default().push(name));
    }
    let secrets = lowering.model.checked.iter().filter(|(_, checked)| matches!(checked, Checked::Secret));
    let mut next: Vec<&str> = secrets.map(|(name, _)| name.as_str()).collect();
    let mut found = BTreeSet::new();
    while let Some(used) = next.pop() {
        let new = users.get(used).into_iter().flatten().copied().filter(|name| found.insert(*name));
        next.extend(new);
    }
    found
}

fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    found.extend(referenced(value, "schemas"));
    match value {
        Value::Object(map) => map.values().for_each(|value| references(value, found)),
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
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
