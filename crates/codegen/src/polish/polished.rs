//! progenitor's output during the passes.

use std::collections::BTreeMap;

use syn::{Item, ItemStruct, Type};

use crate::features::Features;

/// progenitor's output, split into its client, which is private, and the types, which are public.
#[derive(Default)]
pub(crate) struct Polished {
    /// progenitor's client.
    pub(crate) transport: Vec<Item>,
    pub(crate) types: Vec<Item>,
    /// Types of an operation's parameters, by the operation's method name.
    pub(crate) parameter_types: BTreeMap<String, Vec<Type>>,
    /// Features, with those of types that have no component.
    pub(crate) features: Features,
}

impl Polished {
    /// Returns the structs among the types.
    pub(crate) fn structs(&mut self) -> impl Iterator<Item = &mut ItemStruct> {
        self.types.iter_mut().filter_map(|item| match item {
            Item::Struct(item) => Some(item),
            _ => None,
        })
    }

    /// Returns the bodies of those methods of progenitor's client that send requests.
    pub(crate) fn transport_bodies(&mut self) -> impl Iterator<Item = &mut syn::Block> {
        let functions = self.transport.iter_mut().flat_map(|item| match item {
            Item::Impl(block) => block.items.as_mut_slice(),
            _ => &mut [],
        });
        functions.filter_map(|item| match item {
            syn::ImplItem::Fn(function) if function.sig.asyncness.is_some() => Some(&mut function.block),
            _ => None,
        })
    }

    /// Returns the names of all structs and enums.
    pub(crate) fn type_names(&self) -> impl Iterator<Item = String> {
        self.types.iter().filter_map(|item| match item {
            Item::Struct(item) => Some(item.ident.to_string()),
            Item::Enum(item) => Some(item.ident.to_string()),
            _ => None,
        })
    }
}
