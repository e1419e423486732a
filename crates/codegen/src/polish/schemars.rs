//! Derives `schemars::JsonSchema` for types, behind the feature `schemars`.

use openapi::Problem;
use syn::{Attribute, Item};

use super::Polished;
use crate::{lower::Lowered, settings::Settings};

pub(super) fn run(polished: &mut Polished, lowered: &Lowered, _: &Settings) -> Result<(), Vec<Problem>> {
    let derive: Attribute = syn::parse_quote! { #[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))] };
    for item in &mut polished.types {
        let (name, attributes) = match item {
            Item::Struct(item) => (item.ident.to_string(), &mut item.attrs),
            Item::Enum(item) => (item.ident.to_string(), &mut item.attrs),
            _ => continue,
        };
        // constrained types implement it by their constraints
        if !lowered.model.checked.contains_key(&name) {
            let at = attributes
                .iter()
                .position(|attribute| attribute.path().is_ident("derive"))
                .map_or(attributes.len(), |at| at + 1);
            attributes.insert(at, derive.clone());
        }
    }
    Ok(())
}
