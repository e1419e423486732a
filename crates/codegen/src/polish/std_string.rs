//! Writes `String` of the standard library with its path, if a schema is named `String`.

use openapi::Problem;
use quote::ToTokens as _;
use syn::{ImplItem, Item, Type, parse_quote, visit_mut::VisitMut};

use super::Polished;
use crate::{lower::Lowered, settings::Settings};

pub(super) fn run(polished: &mut Polished, _: &Lowered, _: &Settings) -> Result<(), Vec<Problem>> {
    let is_taken = polished.types.iter().any(|item| match item {
        Item::Struct(item) => item.ident == "String",
        Item::Enum(item) => item.ident == "String",
        Item::Type(item) => item.ident == "String",
        _ => false,
    });
    for item in polished.types.iter_mut().filter(|_| is_taken) {
        if let Item::Impl(block) = item
            && block.items.iter().any(parses)
        {
            OfStd.visit_item_impl_mut(block);
        }
    }
    Ok(())
}

/// Returns whether a function is a conversion from a string: it only parses its argument.
fn parses(item: &ImplItem) -> bool {
    matches!(item, ImplItem::Fn(function) if function.block.stmts.iter().any(|statement| {
        statement.to_token_stream().to_string() == "value . parse ()"
    }))
}

struct OfStd;

impl VisitMut for OfStd {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        syn::visit_mut::visit_type_mut(self, ty);
        if matches!(ty, Type::Path(path) if path.path.is_ident("String")) {
            *ty = parse_quote!(::std::string::String);
        }
    }
}
