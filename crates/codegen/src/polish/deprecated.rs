//! Adds `#[deprecated]` to types, fields and variants that the document marks as deprecated.

use std::collections::BTreeSet;

use openapi::Problem;
use syn::{Attribute, Item, parse::Parser as _};

use super::{
    Polished,
    docs::{line, text_of},
};
use crate::{
    docs::{DEPRECATED_ATTRIBUTE, deprecation},
    lower::Lowered,
    settings::Settings,
    syntax::{inside, last_segment},
};

pub(super) fn run(polished: &mut Polished, lowered: &Lowered, _: &Settings) -> Result<(), Vec<Problem>> {
    let attribute = Attribute::parse_outer.parse_str(DEPRECATED_ATTRIBUTE).unwrap_or_default();
    let mut types = BTreeSet::new();
    for item in &mut polished.types {
        let (name, attributes) = match item {
            Item::Struct(item) => {
                for field in &mut item.fields {
                    mark(&mut field.attrs, &attribute);
                }
                (&item.ident, &mut item.attrs)
            }
            Item::Enum(item) => {
                for variant in &mut item.variants {
                    mark(&mut variant.attrs, &attribute);
                }
                (&item.ident, &mut item.attrs)
            }
            _ => continue,
        };
        if mark(attributes, &attribute) {
            types.insert(name.to_string());
        }
    }
    // a variant of a union is deprecated if its type is
    for item in polished.structs().filter(|item| lowered.model.unions.contains_key(&item.ident.to_string())) {
        for field in &mut item.fields {
            let ty = inside(&field.ty, "Box").unwrap_or(&field.ty);
            let is_marked = field.attrs.iter().any(|attribute| attribute.path().is_ident("deprecated"));
            if !is_marked && last_segment(ty).is_some_and(|name| types.contains(&name)) {
                field.attrs.extend(attribute.clone());
            }
        }
    }
    Ok(())
}

/// Adds the attribute if lowering marked the documentation as deprecated. Returns whether it did.
fn mark(all: &mut Vec<Attribute>, attribute: &[Attribute]) -> bool {
    let mut is_deprecated = false;
    for one in all.iter_mut() {
        if let Some((text, true)) = text_of(one).map(|text| deprecation(&text)) {
            is_deprecated = true;
            *one = line(&text, one.clone());
        }
    }
    if is_deprecated {
        all.extend_from_slice(attribute);
    }
    is_deprecated
}
