//! Queries on Rust syntax trees.

use proc_macro2::TokenTree;
use quote::ToTokens as _;

/// Returns the JSON name of a field: its `serde(rename)`, or its identifier.
pub(crate) fn json_name(field: &syn::Field) -> String {
    let renamed = serde_settings(&field.attrs).filter(|(name, _)| name == "rename").find_map(|(_, value)| value);
    let ident = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    renamed.unwrap_or_else(|| ident.trim_start_matches("r#").to_owned())
}

/// Returns the settings in `serde` attributes, each with its string value if it has one. It reads tokens: every field
/// is queried several times, and parsing takes ten times as long.
pub(crate) fn serde_settings(
    attributes: &[syn::Attribute],
) -> impl Iterator<Item = (proc_macro2::Ident, Option<String>)> {
    let lists = attributes.iter().filter(|attribute| attribute.path().is_ident("serde"));
    lists.filter_map(|attribute| attribute.meta.require_list().ok()).flat_map(|list| {
        let mut tokens = list.tokens.clone().into_iter();
        std::iter::from_fn(move || {
            let TokenTree::Ident(name) = tokens.next()? else { return None };
            let mut value = None;
            let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
            for token in tokens.by_ref().take_while(|token| !is_comma(token)) {
                if let TokenTree::Literal(literal) = token
                    && let syn::Lit::Str(text) = syn::Lit::new(literal)
                {
                    value = Some(text.value());
                }
            }
            Some((name, value))
        })
    })
}

/// Returns the source of a type without the spaces that tokens get.
pub(crate) fn source(ty: &syn::Type) -> String {
    let mut text = String::new();
    write_type(ty, &mut text);
    text
}

fn write_type(ty: &syn::Type, text: &mut String) {
    let syn::Type::Path(syn::TypePath { qself: None, path, .. }) = ty else {
        return text.push_str(&ty.to_token_stream().to_string());
    };
    let mut colons = path.leading_colon.is_some();
    for segment in &path.segments {
        text.push_str(if colons { "::" } else { "" });
        colons = true;
        text.push_str(&segment.ident.to_string());
        match &segment.arguments {
            syn::PathArguments::None => {}
            syn::PathArguments::AngleBracketed(arguments) => {
                text.push('<');
                for (index, argument) in arguments.args.iter().enumerate() {
                    text.push_str(if index > 0 { ", " } else { "" });
                    match argument {
                        syn::GenericArgument::Type(inner) => write_type(inner, text),
                        other => text.push_str(&other.to_token_stream().to_string()),
                    }
                }
                text.push('>');
            }
            syn::PathArguments::Parenthesized(arguments) => text.push_str(&arguments.to_token_stream().to_string()),
        }
    }
}

/// Returns the name of a type without its module.
pub(crate) fn last_segment(ty: &syn::Type) -> Option<String> {
    match ty {
        syn::Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

/// Returns the type inside an `Option`.
pub(crate) fn inside_option(ty: &syn::Type) -> Option<&syn::Type> {
    inside(ty, "Option")
}

/// Returns the type argument of a generic type whose last path segment is `generic`.
pub(crate) fn inside<'a>(ty: &'a syn::Type, generic: &str) -> Option<&'a syn::Type> {
    let syn::Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == generic)?;
    match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
            syn::GenericArgument::Type(inner) => Some(inner),
            _ => None,
        },
        _ => None,
    }
}

/// Removes a trait from a `derive`.
pub(crate) fn without_derive(attribute: &mut syn::Attribute, name: &str) {
    let parse = syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated;
    if attribute.path().is_ident("derive")
        && let Ok(paths) = attribute.parse_args_with(parse)
    {
        let kept = paths.iter().filter(|path| path.segments.last().is_none_or(|last| last.ident != name));
        *attribute = syn::parse_quote! { #[derive(#(#kept),*)] };
    }
}

/// Returns the value type of a `HashMap`.
pub(crate) fn inside_map(ty: &syn::Type) -> Option<&syn::Type> {
    let syn::Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == "HashMap")?;
    match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) => match arguments.args.last()? {
            syn::GenericArgument::Type(inner) => Some(inner),
            _ => None,
        },
        _ => None,
    }
}

/// Returns whether a type is a map of JSON properties.
pub(crate) fn is_map(ty: &syn::Type) -> bool {
    last_segment(ty).is_some_and(|name| name == "HashMap" || name == "Map")
}

/// Whether the field is `serde(flatten)`.
pub(crate) fn is_flattened(field: &syn::Field) -> bool {
    serde_settings(&field.attrs).any(|(name, _)| name == "flatten")
}

/// Whether the field has `serde(skip_serializing_if)`.
pub(crate) fn is_left_out(field: &syn::Field) -> bool {
    serde_settings(&field.attrs).any(|(name, _)| name == "skip_serializing_if")
}

/// Whether the field has `serde(default)` without a path.
pub(crate) fn has_serde_default(field: &syn::Field) -> bool {
    serde_settings(&field.attrs).any(|(name, value)| name == "default" && value.is_none())
}
