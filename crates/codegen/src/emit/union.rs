//! Enums for unions (`oneOf` and `anyOf`).

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};
use syn::{Field, ItemStruct};

use crate::{docs, model::Union, settings::Settings, syntax::inside};

/// Returns the items of a union.
///
/// `structure` is the struct that typify generated with a field for each variant; `fields` are in the order of the
/// variants.
pub(crate) fn union(structure: &ItemStruct, fields: &[&Field], union: &Union, settings: &Settings) -> TokenStream {
    let runtime = settings.runtime();
    let ident = &structure.ident;
    let docs = structure.attrs.iter().filter(|attribute| attribute.path().is_ident("doc"));
    let is_deprecated = |attribute: &&syn::Attribute| attribute.path().is_ident("deprecated");
    let deprecated = structure.attrs.iter().filter(is_deprecated);
    let deprecated_variants = fields.iter().map(|field| {
        let attributes = field.attrs.iter().filter(is_deprecated);
        quote! { #(#attributes)* }
    });
    let serializes =
        structure.attrs.iter().any(|attribute| attribute.to_token_stream().to_string().contains("Serialize"));
    let variants: Vec<_> = union.variants.iter().map(|variant| format_ident!("{}", variant.name)).collect();
    let types: Vec<_> = fields.iter().map(|field| &field.ty).collect();
    let variant_docs = union.variants.iter().map(|variant| {
        let tags: Vec<_> = variant.tags.iter().map(|tag| docs::code(tag)).collect();
        let doc = union.tag.iter().filter(|_| !tags.is_empty()).map(|tag| {
            let doc = format!(" {}: {}.", docs::code(tag), tags.join(" or "));
            quote! { #[doc = #doc] }
        });
        quote! { #(#doc)* }
    });
    let tags = union.variants.iter().map(|variant| &variant.tags);
    let known = union.variants.iter().map(|variant| &variant.known);
    let selection = match &union.tag {
        Some(tag) => format!(" The discriminator {} selects the variant.", docs::code(tag)),
        None => " A value is decoded as the variant that accepts it and has most of its properties.".to_owned(),
    };
    let candidates = quote! {
        &[#(#runtime::Variant {
            tags: &[#(#tags),*],
            known: &[#(#known),*],
            read: |value| #runtime::read(value).map(Self::#variants)
        }),*]
    };
    let read = match &union.tag {
        Some(tag) => {
            let falls_back = union.falls_back;
            quote! { #runtime::by_tag(deserializer, #tag, #falls_back, #candidates) }
        }
        None => quote! { #runtime::by_properties(deserializer, #candidates) },
    };
    let serialize = serializes.then(|| {
        let tags = union.variants.iter().map(|variant| &variant.tags);
        let arms = match &union.tag {
            Some(tag) => {
                let last = variants.len().saturating_sub(1);
                let falls_back = (0..variants.len()).map(|index| union.falls_back && index == last);
                quote! {
                    #(Self::#variants(value) => {
                        #runtime::write_tagged(value, #tag, #falls_back, &[#(#tags),*], serializer)
                    }),*
                }
            }
            None => quote! { #(Self::#variants(value) => ::serde::Serialize::serialize(value, serializer)),* },
        };
        quote! {
            impl ::serde::Serialize for #ident {
                fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                    match self { #arms }
                }
            }
        }
    });
    // `From` can be implemented only once for each type
    let mut seen = BTreeSet::new();
    let conversions = variants.iter().zip(&types).filter(|(_, ty)| seen.insert(ty.to_token_stream().to_string())).map(
        |(variant, ty)| {
            let (from, make) = match inside(ty, "Box") {
                Some(inner) => (inner, quote! { Self::#variant(::std::boxed::Box::new(value)) }),
                None => (*ty, quote! { Self::#variant(value) }),
            };
            let text = (from.to_token_stream().to_string() == ":: std :: string :: String").then(|| {
                quote! {
                    impl ::std::convert::From<&str> for #ident {
                        fn from(value: &str) -> Self {
                            Self::#variant(value.into())
                        }
                    }
                }
            });
            quote! {
                impl ::std::convert::From<#from> for #ident {
                    fn from(value: #from) -> Self {
                        #make
                    }
                }

                #text
            }
        },
    );
    quote! {
        #(#docs)*
        #[doc = ""]
        #[doc = #selection]
        #(#deprecated)*
        #[derive(Clone, Debug)]
        #[cfg_attr(feature = "schemars", schemars(untagged))]
        pub enum #ident {
            #(#variant_docs #deprecated_variants #variants(#types)),*
        }

        #serialize

        impl<'de> ::serde::Deserialize<'de> for #ident {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                #read
            }
        }

        #(#conversions)*
    }
}
