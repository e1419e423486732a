//! Puts types behind the features of the crate.

use std::collections::{BTreeMap, BTreeSet};

use openapi::Problem;
use syn::{Attribute, ImplItem, Item, parse::Parser as _, visit_mut::VisitMut};

use super::Polished;
use crate::{
    features::{Features, attribute},
    lower::Lowered,
    model::Model,
    settings::Settings,
};

pub(super) fn run(polished: &mut Polished, lowered: &Lowered, settings: &Settings) -> Result<(), Vec<Problem>> {
    let mut features = Features::of(&lowered.model, settings);
    if !features.types.is_empty() {
        add_inner_types(&mut polished.types, &mut features.types);
        gate(&mut polished.types, &features.types);
    }
    if !features.tags.is_empty() {
        gate_operations(&mut polished.transport, &lowered.model, &features);
    }
    polished.features = features;
    Ok(())
}

/// Adds the types that typify makes of inner schemas, which have no component.
fn add_inner_types(items: &mut [Item], known: &mut BTreeMap<String, BTreeSet<String>>) {
    loop {
        let mut found = BTreeMap::new();
        for item in items.iter_mut() {
            if let Some(name) = defined(item)
                && !known.contains_key(&name)
                && let Some(features) = Mentions::of(item, known)
            {
                found.insert(name, features);
            }
        }
        if found.is_empty() {
            return;
        }
        known.extend(found);
    }
}

/// Adds attributes to the items that define or use one of the types.
fn gate(items: &mut [Item], types: &BTreeMap<String, BTreeSet<String>>) {
    for item in items {
        if let Item::Mod(module) = item {
            module.content.iter_mut().for_each(|(_, items)| gate(items, types));
        } else if let Some(features) = Mentions::of(item, types)
            && let Some(attributes) = attributes(item)
        {
            add(attributes, &features);
        }
    }
}

/// Adds attributes to the methods of progenitor's client.
fn gate_operations(items: &mut [Item], model: &Model, features: &Features) {
    let features: BTreeMap<_, _> =
        model.operations.iter().map(|one| (one.transport.as_str(), features.of_operation(one))).collect();
    for item in items {
        if let Item::Fn(function) = item {
            // the methods that call it may all be left out
            function.attrs.push(syn::parse_quote! { #[allow(dead_code)] });
        }
        let Item::Impl(block) = item else { continue };
        for item in &mut block.items {
            let ImplItem::Fn(function) = item else { continue };
            let name = function.sig.ident.to_string();
            let name = name.trim_start_matches("r#");
            // progenitor appends an underscore to Rust keywords
            let found = features.get(name).or_else(|| features.get(name.strip_suffix('_')?));
            if let Some(features) = found.filter(|features| !features.is_empty()) {
                add(&mut function.attrs, features);
            }
        }
    }
}

fn add(attributes: &mut Vec<Attribute>, features: &BTreeSet<String>) {
    attributes.extend(Attribute::parse_outer.parse_str(&attribute(features)).unwrap_or_default());
}

/// Finds types by name in paths: `Name`, `Name::new` and `types::Name`, but not the variant `Self::Name`.
struct Mentions<'a> {
    types: &'a BTreeMap<String, BTreeSet<String>>,
    /// The features that all mentioned types have.
    features: Option<BTreeSet<String>>,
}

impl Mentions<'_> {
    /// Returns the features with which all types are compiled that an item defines or uses. `None` if it uses none that
    /// has features.
    fn of(item: &mut Item, types: &BTreeMap<String, BTreeSet<String>>) -> Option<BTreeSet<String>> {
        let mut mentions = Mentions { types, features: None };
        if let Some(name) = defined(item) {
            mentions.add(&name);
        }
        if attributes(item).is_some() {
            mentions.visit_item_mut(item);
        }
        mentions.features
    }

    fn add(&mut self, name: &str) {
        let Some(features) = self.types.get(name) else { return };
        match &mut self.features {
            Some(known) => known.retain(|feature| features.contains(feature)),
            None => self.features = Some(features.clone()),
        }
    }
}

impl VisitMut for Mentions<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        let in_types = path.segments.iter().position(|segment| segment.ident == "types").map_or(0, |at| at + 1);
        // functions of inner modules name the types by `super::`
        let named = path.segments.iter().skip(in_types).find(|segment| segment.ident != "super");
        if let Some(segment) = named {
            let name = segment.ident.to_string();
            self.add(&name);
        }
        syn::visit_mut::visit_path_mut(self, path);
    }
}

fn defined(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        Item::Type(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

fn attributes(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    match item {
        Item::Struct(item) => Some(&mut item.attrs),
        Item::Enum(item) => Some(&mut item.attrs),
        Item::Type(item) => Some(&mut item.attrs),
        Item::Impl(item) => Some(&mut item.attrs),
        Item::Const(item) => Some(&mut item.attrs),
        Item::Static(item) => Some(&mut item.attrs),
        Item::Fn(item) => Some(&mut item.attrs),
        _ => None,
    }
}
