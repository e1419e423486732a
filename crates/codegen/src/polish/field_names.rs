//! Renames fields whose properties map to the same Rust identifier.

use std::collections::BTreeSet;

use openapi::Problem;
use quote::format_ident;
use unicode_normalization::UnicodeNormalization as _;

use super::Polished;
use crate::{
    lower::Lowered,
    settings::Settings,
    syntax::{is_flattened, json_name},
};

pub(super) fn run(polished: &mut Polished, _: &Lowered, _: &Settings) -> Result<(), Vec<Problem>> {
    for item in polished.structs() {
        let mut taken = BTreeSet::new();
        // a flattened field is no property
        let (mut properties, flattened): (Vec<_>, Vec<_>) =
            item.fields.iter_mut().partition(|field| !is_flattened(field));
        properties.extend(flattened);
        for field in properties {
            let Some(ident) = field.ident.clone() else { continue };
            // rustc compares identifiers in NFC
            if taken.insert(ident.to_string().nfc().collect::<String>()) {
                continue;
            }
            let name = json_name(field);
            let plain = ident.to_string().trim_start_matches("r#").to_owned();
            let numbered = (2_u32..).map(|number| format!("{plain}_{number}"));
            if let Some(free) = numbered.into_iter().find(|name| taken.insert(name.clone())) {
                field.ident = Some(format_ident!("{free}"));
                let renamed = field.attrs.iter().any(|attribute| {
                    attribute.path().is_ident("serde")
                        && quote::ToTokens::to_token_stream(attribute).to_string().contains("rename")
                });
                if !renamed && !is_flattened(field) {
                    field.attrs.push(syn::parse_quote! { #[serde(rename = #name)] });
                }
            }
        }
    }
    Ok(())
}
