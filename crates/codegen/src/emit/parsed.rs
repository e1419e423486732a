//! Types that are parsed from strings: one macro implements their conversions from `&str` and `String`, which typify
//! writes out for each type.

use std::collections::BTreeMap;

use quote::ToTokens as _;
use syn::{ImplItem, Item, ItemImpl};

use crate::{
    code::Code,
    features::Features,
    syntax::{last_segment, source},
};

/// The types that the macro converts, as `quote` writes them.
const SOURCES: [&str; 2] = ["& str", ":: std :: string :: String"];

/// Replaces pairs of conversions that only call `parse` by the macro, which is written to `code`.
pub(super) fn parsed(types: &mut Vec<Item>, features: &Features, code: &mut Code) {
    let mut found: BTreeMap<String, [bool; SOURCES.len()]> = BTreeMap::new();
    for item in types.iter() {
        if let Some((name, at)) = conversion(item) {
            found.entry(name).or_default()[at] = true;
        }
    }
    found.retain(|_, sources| sources.iter().all(|is_there| *is_there));
    types.retain(|item| conversion(item).is_none_or(|(name, _)| !found.contains_key(&name)));
    // types of the same features share a macro, which has their attribute
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in found.into_keys() {
        groups.entry(features.line(&name)).or_default().push(name);
    }
    for (attribute, names) in groups {
        code.attribute(&attribute);
        code.open("runtime::parsed!");
        code.wrapped(names.iter().map(|name| format!("{name},")));
        code.close("");
    }
}

/// Returns the type of a conversion that only calls `parse`, and the index of what it is converted from.
fn conversion(item: &Item) -> Option<(String, usize)> {
    let Item::Impl(ItemImpl { trait_: Some((of, _)), self_ty, items, .. }) = item else { return None };
    let of = of.segments.last().filter(|last| last.ident == "TryFrom")?;
    let of = of.arguments.to_token_stream().to_string();
    let at = SOURCES.iter().position(|source| of == format!("< {source} >"))?;
    let parses = |item: &ImplItem| match item {
        ImplItem::Fn(function) => function.block.to_token_stream().to_string() == "{ value . parse () }",
        _ => false,
    };
    let name = last_segment(self_ty).filter(|name| *name == source(self_ty))?;
    items.iter().any(parses).then_some((name, at))
}
