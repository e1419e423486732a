//! A type that holds a rule of the document and cannot be made otherwise.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{
    Settings,
    docs::{attributes, lines as docs_lines},
    model::{Checked, Item},
};

/// The alias of one checked type, and the rules behind it. Secrets and files need none: the runtime has them.
pub(crate) fn checked_type(name: &str, checked: &Checked, settings: &Settings) -> Option<(TokenStream, TokenStream)> {
    let ident = format_ident!("{name}");
    let runtime = settings.runtime();
    let (docs, target, rule, rules) = match checked {
        Checked::Secret | Checked::File => return None,
        Checked::Text { min_length, max_length, uri, description } => {
            let mut rules = Vec::new();
            rules.extend(min_length.map(|least| format!("at least {}", counted(least, "character"))));
            rules.extend(max_length.map(|most| format!("at most {}", counted(most, "character"))));
            rules.extend(uri.then(|| "a URI (RFC 3986)".to_owned()));
            let (least, most) = (option(*min_length), option(*max_length));
            (
                documentation(description, &rules),
                quote! { #runtime::Text<rules::#ident> },
                quote! { TextRule },
                quote! { TextRules { min_length: #least, max_length: #most, uri: #uri } },
            )
        }
        Checked::List { item, min_items, max_items, description } => {
            let mut rules = Vec::new();
            rules.extend(min_items.map(|least| format!("at least {}", counted(least, "item"))));
            rules.extend(max_items.map(|most| format!("at most {}", counted(most, "item"))));
            let (least, most) = (option(*min_items), option(*max_items));
            let item = item_type(item);
            (
                documentation(description, &rules),
                quote! { #runtime::List<rules::#ident, #item> },
                quote! { ListRule },
                quote! { ListRules { min_items: #least, max_items: #most } },
            )
        }
    };
    let alias = quote! {
        #docs
        pub type #ident = #target;
    };
    let kind = format_ident!("{rule}s", rule = rule.to_string());
    let told = format!(" Rules of `{name}`.");
    let rules = quote! {
        #[doc = #told]
        pub enum #ident {}

        impl #runtime::#rule for #ident {
            const NAME: &'static str = #name;
            const RULES: #runtime::#kind = #runtime::#rules;
        }
    };
    Some((alias, rules))
}

fn item_type(item: &Item) -> TokenStream {
    match item {
        Item::Named(name) => {
            let ident = format_ident!("{name}");
            quote! { #ident }
        }
        Item::Plain("String") => quote! { ::std::string::String },
        Item::Plain(plain) => {
            let ident = format_ident!("{plain}");
            quote! { #ident }
        }
    }
}

fn documentation(description: &str, rules: &[String]) -> TokenStream {
    let mut lines = Vec::new();
    if !description.is_empty() {
        lines.push(docs_lines(description));
        lines.push(String::new());
    }
    lines.push(format!(" The document's rule: {}.", rules.join(", ")));
    attributes(&lines)
}

fn counted(count: u64, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

fn option(number: Option<u64>) -> TokenStream {
    match number.and_then(|number| usize::try_from(number).ok()) {
        Some(number) => {
            let literal = proc_macro2::Literal::usize_unsuffixed(number);
            quote! { Some(#literal) }
        }
        None => quote! { None },
    }
}
