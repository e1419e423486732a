//! A type that holds a rule of the document and cannot be made otherwise.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{
    Settings,
    docs::{attributes, lines as docs_lines},
    model::{Checked, Item},
};

/// The items of one checked type. Secrets and files need none: the runtime has them.
pub(crate) fn checked_type(name: &str, checked: &Checked, settings: &Settings) -> TokenStream {
    let ident = format_ident!("{name}");
    let runtime = settings.runtime();
    match checked {
        Checked::Secret | Checked::File => TokenStream::new(),
        Checked::Text { min_length, max_length, uri, description } => {
            let mut rules = Vec::new();
            rules.extend(min_length.map(|least| format!("at least {}", counted(least, "character"))));
            rules.extend(max_length.map(|most| format!("at most {}", counted(most, "character"))));
            rules.extend(uri.then(|| "a URI (RFC 3986)".to_owned()));
            let docs = documentation(description, &rules);
            let (least, most) = (option(*min_length), option(*max_length));
            quote! {
                #docs
                #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize)]
                #[serde(transparent)]
                pub struct #ident(::std::string::String);

                impl #ident {
                    /// The document's rules.
                    pub const RULES: #runtime::TextRules = #runtime::TextRules { min_length: #least, max_length: #most, uri: #uri };

                    /// The text.
                    #[must_use]
                    pub fn as_str(&self) -> &str {
                        &self.0
                    }
                }

                impl ::std::convert::TryFrom<::std::string::String> for #ident {
                    type Error = #runtime::BrokenRule;

                    fn try_from(text: ::std::string::String) -> ::std::result::Result<Self, Self::Error> {
                        match Self::RULES.check(&text) {
                            Ok(()) => Ok(Self(text)),
                            Err(rule) => Err(#runtime::BrokenRule::new(#name, rule)),
                        }
                    }
                }

                impl ::std::convert::TryFrom<&str> for #ident {
                    type Error = #runtime::BrokenRule;

                    fn try_from(text: &str) -> ::std::result::Result<Self, Self::Error> {
                        Self::try_from(::std::string::String::from(text))
                    }
                }

                impl ::std::str::FromStr for #ident {
                    type Err = #runtime::BrokenRule;

                    fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                        Self::try_from(text)
                    }
                }

                impl ::std::fmt::Display for #ident {
                    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        f.write_str(&self.0)
                    }
                }

                impl<'de> ::serde::Deserialize<'de> for #ident {
                    fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                        let text = <::std::string::String as ::serde::Deserialize>::deserialize(deserializer)?;
                        Self::try_from(text).map_err(|broken| ::serde::de::Error::custom(broken.with_type()))
                    }
                }

                #[cfg(feature = "schemars")]
                impl ::schemars::JsonSchema for #ident {
                    fn schema_name() -> ::std::borrow::Cow<'static, str> {
                        #name.into()
                    }

                    fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                        Self::RULES.json_schema()
                    }
                }
            }
        }
        Checked::List { item, min_items, max_items, description } => {
            let mut rules = Vec::new();
            rules.extend(min_items.map(|least| format!("at least {}", counted(least, "item"))));
            rules.extend(max_items.map(|most| format!("at most {}", counted(most, "item"))));
            let docs = documentation(description, &rules);
            let (least, most) = (option(*min_items), option(*max_items));
            let item = item_type(item);
            quote! {
                #docs
                #[derive(Clone, Debug, ::serde::Serialize)]
                #[serde(transparent)]
                pub struct #ident(::std::vec::Vec<#item>);

                impl #ident {
                    /// The document's rules.
                    pub const RULES: #runtime::ListRules = #runtime::ListRules { min_items: #least, max_items: #most };

                    /// The items.
                    #[must_use]
                    pub fn as_slice(&self) -> &[#item] {
                        &self.0
                    }
                }

                impl ::std::convert::TryFrom<::std::vec::Vec<#item>> for #ident {
                    type Error = #runtime::BrokenRule;

                    fn try_from(items: ::std::vec::Vec<#item>) -> ::std::result::Result<Self, Self::Error> {
                        match Self::RULES.check(items.len()) {
                            Ok(()) => Ok(Self(items)),
                            Err(rule) => Err(#runtime::BrokenRule::new(#name, rule)),
                        }
                    }
                }

                impl ::std::iter::IntoIterator for #ident {
                    type Item = #item;
                    type IntoIter = ::std::vec::IntoIter<#item>;

                    fn into_iter(self) -> Self::IntoIter {
                        self.0.into_iter()
                    }
                }

                impl<'de> ::serde::Deserialize<'de> for #ident {
                    fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                        let items = <::std::vec::Vec<#item> as ::serde::Deserialize>::deserialize(deserializer)?;
                        Self::try_from(items).map_err(|broken| ::serde::de::Error::custom(broken.with_type()))
                    }
                }

                #[cfg(feature = "schemars")]
                impl ::schemars::JsonSchema for #ident {
                    fn schema_name() -> ::std::borrow::Cow<'static, str> {
                        #name.into()
                    }

                    fn json_schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                        Self::RULES.json_schema(generator.subschema_for::<#item>())
                    }
                }
            }
        }
    }
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
