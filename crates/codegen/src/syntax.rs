//! Small questions that passes ask of Rust syntax.

use proc_macro2::TokenTree;
use quote::ToTokens as _;

/// Returns the JSON name of a field: its `serde(rename)`, or its identifier.
pub(crate) fn json_name(field: &syn::Field) -> String {
    let renamed = serde_settings(field).filter(|(name, _)| name == "rename").find_map(|(_, value)| value);
    let ident = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    renamed.unwrap_or_else(|| ident.trim_start_matches("r#").to_owned())
}

/// What a field's `serde` attributes say: names, and the text that is set to each if one is. Read off the tokens,
/// because every field of every type is asked several times, and parsing takes ten times as long.
fn serde_settings(field: &syn::Field) -> impl Iterator<Item = (proc_macro2::Ident, Option<String>)> {
    let lists = field.attrs.iter().filter(|attribute| attribute.path().is_ident("serde"));
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

/// A type as a person writes it.
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

/// The name of a type without its module.
pub(crate) fn last_segment(ty: &syn::Type) -> Option<String> {
    match ty {
        syn::Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

/// The type inside an `Option`, if it is one.
pub(crate) fn inside_option(ty: &syn::Type) -> Option<&syn::Type> {
    inside(ty, "Option")
}

/// The type inside a generic type of one parameter, by the generic's last path segment.
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

/// Takes a trait out of a `derive`.
pub(crate) fn without_derive(attribute: &mut syn::Attribute, name: &str) {
    let parse = syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated;
    if attribute.path().is_ident("derive")
        && let Ok(paths) = attribute.parse_args_with(parse)
    {
        let kept = paths.iter().filter(|path| path.segments.last().is_none_or(|last| last.ident != name));
        *attribute = syn::parse_quote! { #[derive(#(#kept),*)] };
    }
}

/// The type of a map's values.
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

/// Whether serde puts what the field holds beside the field's siblings.
pub(crate) fn is_flattened(field: &syn::Field) -> bool {
    serde_settings(field).any(|(name, _)| name == "flatten")
}

/// Whether serde leaves the field out where it is `None` or empty.
pub(crate) fn is_left_out(field: &syn::Field) -> bool {
    serde_settings(field).any(|(name, _)| name == "skip_serializing_if")
}

/// Whether serde fills the field with an empty value when it is absent.
pub(crate) fn has_serde_default(field: &syn::Field) -> bool {
    serde_settings(field).any(|(name, value)| name == "default" && value.is_none())
}
