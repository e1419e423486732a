//! The type table: every type with the place of its schema, for tests that hold the two against each other.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{Settings, lower::Lowering, polish::Polished};

/// The constant `TYPES`, behind the feature `schemars`.
pub(crate) fn type_table(polished: &Polished, lowering: &Lowering, settings: &Settings) -> TokenStream {
    let runtime = settings.runtime();
    let mut rows: Vec<_> = polished
        .type_names()
        .filter_map(|name| {
            let pointer = lowering.model.origins.get(&name)?;
            let in_requests = lowering.model.in_requests.contains(&name);
            let ident = format_ident!("{name}");
            Some((name.clone(), quote! { #runtime::TypeEntry::of::<types::#ident>(#name, #pointer, #in_requests) }))
        })
        .collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    let rows = rows.into_iter().map(|(_, row)| row);
    quote! {
        /// Every type whose schema stands in the document.
        #[cfg(feature = "schemars")]
        #[doc(hidden)]
        pub static TYPES: &[#runtime::TypeEntry] = &[#(#rows),*];
    }
}
