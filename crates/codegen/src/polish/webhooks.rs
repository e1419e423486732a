//! Puts the types that only webhooks and callbacks use behind the feature `webhooks`.

use std::collections::BTreeSet;

use openapi::Problem;
use syn::{Attribute, Item, parse_quote, visit_mut::VisitMut};

use super::Polished;
use crate::{lower::Lowered, settings::Settings};

pub(super) fn run(polished: &mut Polished, lowered: &Lowered, _: &Settings) -> Result<(), Vec<Problem>> {
    let mut names = lowered.model.in_webhooks.clone();
    let mut rest: Vec<&mut Item> = polished.types.iter_mut().collect();
    // typify makes types of inner schemas, which have no component
    while !names.is_empty() {
        let (mut others, mut defines) = (Vec::new(), BTreeSet::new());
        for item in rest {
            if !Mentions::is_in(item, &names) {
                others.push(item);
                continue;
            }
            defines.extend(defined(item));
            if let Some(attributes) = attributes(item) {
                attributes.push(parse_quote! { #[cfg(feature = "webhooks")] });
            }
        }
        rest = others;
        names = defines.difference(&names).cloned().collect();
    }
    Ok(())
}

/// Finds types by name in paths: `Name`, `Name::new` and `types::Name`, but not the variant `Self::Name`.
struct Mentions<'a> {
    names: &'a BTreeSet<String>,
    found: bool,
}

impl Mentions<'_> {
    /// Whether an item defines or uses one of the types.
    fn is_in(item: &mut Item, names: &BTreeSet<String>) -> bool {
        let mut mentions = Mentions { names, found: defined(item).is_some_and(|name| names.contains(&name)) };
        if !mentions.found && attributes(item).is_some() {
            mentions.visit_item_mut(item);
        }
        mentions.found
    }
}

impl VisitMut for Mentions<'_> {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        let in_types = path.segments.iter().position(|segment| segment.ident == "types").map_or(0, |at| at + 1);
        let is_named = |segment: &syn::PathSegment| self.names.contains(&segment.ident.to_string());
        self.found |= path.segments.iter().nth(in_types).is_some_and(is_named);
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
