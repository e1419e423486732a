//! Removes the unused parts of progenitor's client: documentation, constructors, the prelude.

use openapi::Problem;
use syn::{ImplItem, Item, visit_mut::VisitMut};

use super::Polished;
use crate::{lower::Lowered, settings::Settings};

pub(super) fn run(polished: &mut Polished, _: &Lowered, settings: &Settings) -> Result<(), Vec<Problem>> {
    let runtime = settings.runtime();
    polished.transport.retain(|item| !matches!(item, Item::Mod(module) if module.ident == "prelude"));
    for item in &mut polished.transport {
        if let Item::Impl(block) = item {
            block.items.retain(|item| !matches!(item, ImplItem::Fn(function) if function.sig.ident == "new"));
            let is_constructor = |item: &&mut ImplItem| match item {
                ImplItem::Fn(function) => function.sig.ident == "new_with_client",
                _ => false,
            };
            if let Some(constructor) = block.items.iter_mut().find(is_constructor) {
                *constructor = syn::parse_quote! {
                    pub fn of(inner: #runtime::Attempt) -> Self {
                        Self { baseurl: inner.base().to_owned(), client: inner.http(), inner }
                    }
                };
            }
        }
        Undocument.visit_item_mut(item);
    }
    polished.transport.insert(0, syn::parse_quote! { use super::{runtime, types}; });
    Ok(())
}

struct Undocument;

impl VisitMut for Undocument {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    }
}
