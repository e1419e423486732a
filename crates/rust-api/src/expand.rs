//! Macros of the runtime that write items, expanded to these items: callers see them, and not the macro.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Attribute, Ident, Item, LitInt, LitStr, Token, Type, braced, bracketed, parenthesized,
    parse::{Parse, ParseStream},
    parse_quote,
    token::Bracket,
};

/// Parses generated code, with `runtime::request_builder!` expanded as far as callers can see it.
pub(crate) fn parse_file(code: &str) -> syn::Result<syn::File> {
    let mut file = syn::parse_file(code)?;
    expand(&mut file.items)?;
    Ok(file)
}

fn expand(items: &mut Vec<Item>) -> syn::Result<()> {
    for item in std::mem::take(items) {
        match item {
            Item::Macro(item) if item.mac.path.segments.last().is_some_and(|last| last.ident == "request_builder") => {
                items.extend(item.mac.parse_body::<RequestBuilder>()?.items());
            }
            Item::Mod(mut module) => {
                if let Some((_, inner)) = &mut module.content {
                    expand(inner)?;
                }
                items.push(Item::Mod(module));
            }
            item => items.push(item),
        }
    }
    Ok(())
}

/// The arguments of `request_builder!`.
struct RequestBuilder {
    attributes: Vec<Attribute>,
    name: Ident,
    values: Vec<RequestValue>,
    success: Type,
    error: Type,
}

/// A value of a request builder.
struct RequestValue {
    attributes: Vec<Attribute>,
    name: Ident,
    ty: Type,
    kind: ValueKind,
}

enum ValueKind {
    One,
    Each(Box<Type>),
    Nullable { inner: Box<Type>, attributes: Vec<Attribute>, null: Ident },
    Raw,
}

impl RequestBuilder {
    /// Returns its struct and its public functions.
    fn items(self) -> [Item; 2] {
        let Self { attributes, name, values, success, error } = self;
        let setters = values.into_iter().map(RequestValue::setters);
        [
            parse_quote! {
                #(#attributes)*
                #[derive(Clone, Debug)]
                pub struct #name<'a> { client: &'a () }
            },
            parse_quote! {
                impl<'a> #name<'a> {
                    #(#setters)*
                    pub async fn send(self) -> Result<#success, runtime::Error<#error>> {}
                    pub async fn send_with_response(self)
                        -> Result<runtime::Response<#success>, runtime::Error<#error>> {}
                }
            },
        ]
    }
}

impl RequestValue {
    fn setters(self) -> TokenStream {
        let Self { attributes, name, ty, kind } = self;
        match kind {
            ValueKind::One => quote! {
                #(#attributes)*
                pub fn #name(mut self, value: impl TryInto<#ty, Error: ::std::fmt::Display>) -> Self {}
            },
            ValueKind::Each(item) => quote! {
                #(#attributes)*
                pub fn #name(mut self, values: impl IntoIterator<Item: TryInto<#item, Error: ::std::fmt::Display>>)
                    -> Self {}
            },
            ValueKind::Nullable { inner, attributes: on_null, null } => quote! {
                #(#attributes)*
                pub fn #name(mut self, value: impl TryInto<#inner, Error: ::std::fmt::Display>) -> Self {}
                #(#on_null)*
                pub fn #null(mut self) -> Self {}
            },
            ValueKind::Raw => quote! {
                #(#attributes)*
                pub fn #name(mut self, content_type: &str, bytes: impl Into<::std::vec::Vec<u8>>) -> Self {}
            },
        }
    }
}

impl Parse for RequestBuilder {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let name = input.parse()?;
        let (client, values, decoders);
        parenthesized!(client in input);
        client.parse::<Type>()?;
        braced!(values in input);
        let values = values.parse_terminated(RequestValue::parse, Token![,])?.into_iter().collect();
        input.parse::<Ident>()?;
        input.parse::<LitInt>()?;
        input.parse::<Ident>()?;
        input.parse::<LitStr>()?;
        input.parse::<LitStr>()?;
        input.parse::<Token![->]>()?;
        let success = input.parse()?;
        input.parse::<Token![,]>()?;
        let error = input.parse()?;
        braced!(decoders in input);
        decoders.parse::<TokenStream>()?;
        Ok(Self { attributes, name, values, success, error })
    }
}

impl Parse for RequestValue {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let name = input.parse()?;
        input.parse::<Token![:]>()?;
        let ty = input.parse()?;
        input.parse::<Token![=]>()?;
        input.parse::<LitStr>()?;
        let mut value = Self { attributes, name, ty, kind: ValueKind::One };
        if !input.peek2(Bracket) {
            return Ok(value);
        }
        let kind: Ident = input.parse()?;
        let of;
        bracketed!(of in input);
        value.kind = match kind.to_string().as_str() {
            "each" => ValueKind::Each(of.parse()?),
            "nullable" => {
                let inner = of.parse()?;
                of.parse::<Token![,]>()?;
                ValueKind::Nullable { inner, attributes: of.call(Attribute::parse_outer)?, null: of.parse()? }
            }
            "raw" => {
                of.parse::<TokenStream>()?;
                ValueKind::Raw
            }
            _ => return Err(syn::Error::new(kind.span(), "unknown kind of value")),
        };
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use crate::items;

    #[test]
    fn a_request_builder_has_its_setters_and_functions_that_send() {
        let code = "pub mod operations { runtime::request_builder! { /// Docs.
            CreateDevice(crate::Client) {
                /// The name.
                name: String = \"name\",
                tags: Vec<types::Tag> = \"tags\" each [types::Tag],
                #[deprecated] width: Option<i32> = \"width\" nullable [i32, /// Null.
                    width_null],
                raw_body: runtime::Body = \"\" raw [\"text/csv\"],
            }
            send 0 create_device \"201\" \"none\" -> types::Device, types::Fault { json \"201\" identity, }
        } }";
        let signatures: Vec<_> =
            items(code).into_iter().map(|(path, item)| format!("{path} {}", item.signature)).collect();
        let convert = |ty: &str| format!("TryInto<{ty}, Error: Display>");
        let result = |success: &str| format!("Result<{success}, runtime::Error<types::Fault>>");
        let setter = |name: &str, arguments: &str| format!("::{name} fn {name}(mut self{arguments}) -> Self");
        let expected = [
            " struct <'a>".to_owned(),
            ": Clone ".to_owned(),
            ": Debug ".to_owned(),
            setter("name", &format!(", value: impl {}", convert("String"))),
            setter("raw_body", ", content_type: &str, bytes: impl Into<Vec<u8>>"),
            format!("::send async fn send(self) -> {}", result("types::Device")),
            format!(
                "::send_with_response async fn send_with_response(self) -> {}",
                result("runtime::Response<types::Device>")
            ),
            setter("tags", &format!(", values: impl IntoIterator<Item: {}>", convert("types::Tag"))),
            setter("width", &format!(", value: impl {}", convert("i32"))),
            setter("width_null", ""),
        ];
        assert_eq!(signatures, expected.map(|item| format!("operations::CreateDevice{item}")));
    }

    #[test]
    fn a_builder_of_an_unknown_form_has_no_items() {
        let code = "pub mod types { pub struct A; } pub mod operations { runtime::request_builder! { A() } }";
        assert!(items(code).is_empty());
    }
}
