//! Progenitor's output on its way through the passes.

use std::collections::BTreeMap;

use syn::{Item, ItemStruct, Type};

/// Progenitor's output, split: the client, which stays private, and the types, which callers see.
#[derive(Default)]
pub(crate) struct Polished {
    pub(crate) raw: Vec<Item>,
    pub(crate) types: Vec<Item>,
    /// Types of an operation's parameters, by its method.
    pub(crate) parameter_types: BTreeMap<String, Vec<Type>>,
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
