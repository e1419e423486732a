//! How an operation's answers are decoded by status, and the enums for operations that have several.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::{
    docs::{attributes, lines as docs_lines},
    model::{Decoding, Operation, Response},
    naming,
};

/// The documented answers of an operation, sorted into what is a success and what is an error.
pub(super) struct Answers<'a> {
    operation: &'a Operation,
    successes: Vec<&'a Response>,
    errors: Vec<&'a Response>,
}

impl<'a> Answers<'a> {
    pub(super) fn of(operation: &'a Operation) -> Self {
        // `default` speaks for whatever is not listed: for errors, and for success where none is listed
        let (successes, errors): (Vec<_>, Vec<_>) =
            operation.responses.iter().partition(|response| response.status.starts_with('2'));
        let default = errors.iter().copied().filter(|response| response.status == "default" && successes.is_empty());
        Self { operation, successes: default.chain(successes.iter().copied()).collect(), errors }
    }

    pub(super) fn describe(&self) -> String {
        let one = |response: &&Response| {
            let description = docs_lines(&response.description).trim().replace('\n', " ");
            format!("{} ({})", response.status, if description.is_empty() { "no description" } else { &description })
        };
        let list = |responses: &[&Response]| responses.iter().map(one).collect::<Vec<_>>().join(", ");
        format!(
            "Documented success: {}. Documented errors: {}.",
            or_none(list(&self.successes)),
            or_none(list(&self.errors))
        )
    }

    /// Whether there is anything to look at after a success.
    pub(super) fn bring_something(&self) -> bool {
        self.successes.len() > 1 || self.successes.iter().any(|response| response.decoding != Decoding::Empty)
    }

    /// Success type, error type, match arms, and the definitions of the enums among the two.
    pub(super) fn code(&self) -> (TokenStream, TokenStream, Vec<TokenStream>, TokenStream) {
        let mut arms = Vec::new();
        let mut definitions = TokenStream::new();
        let success = match self.successes.as_slice() {
            // an operation that documents errors only has successes all the same
            [] => {
                arms.push((2, quote! { 200..=299 => reply.bytes(::std::convert::identity), }));
                quote! { ::std::vec::Vec<u8> }
            }
            [single] => {
                arms.push(success_arm(single, &quote! { ::std::convert::identity }, &quote! { () }));
                body_type(single)
            }
            several => {
                let name = format_ident!("{}Success", self.operation.type_name);
                definitions.extend(definition(&name, several, &self.operation.id, "Documented successes"));
                for response in several {
                    let variant = format_ident!("{}", naming::status_variant(&response.status));
                    arms.push(success_arm(response, &quote! { #name::#variant }, &quote! { #name::#variant }));
                }
                quote! { #name }
            }
        };
        let error = match self.errors.as_slice() {
            [] => quote! { ::std::convert::Infallible },
            [single] => {
                arms.push(error_arm(single, &quote! { ::std::convert::identity }, &quote! { () }));
                body_type(single)
            }
            several => {
                let name = format_ident!("{}Error", self.operation.type_name);
                definitions.extend(definition(&name, several, &self.operation.id, "Documented errors"));
                for response in several {
                    let variant = format_ident!("{}", naming::status_variant(&response.status));
                    arms.push(error_arm(response, &quote! { #name::#variant }, &quote! { #name::#variant }));
                }
                quote! { #name }
            }
        };
        // exact statuses first, then ranges, then the rest
        arms.sort_by_key(|(rank, _)| *rank);
        let arms = arms.into_iter().map(|(_, arm)| arm).collect();
        (success, error, arms, definitions)
    }
}

fn or_none(text: String) -> String {
    if text.is_empty() { "none".to_owned() } else { text }
}

fn success_arm(response: &Response, wrap: &TokenStream, empty: &TokenStream) -> (u8, TokenStream) {
    let (rank, pattern) = pattern(&response.status, true);
    let decode = match response.decoding {
        Decoding::Json => quote! { reply.success(#wrap) },
        Decoding::Text => quote! { reply.text(#wrap) },
        Decoding::Bytes => quote! { reply.bytes(#wrap) },
        Decoding::Empty => quote! { reply.empty(#empty) },
    };
    (rank, quote! { #pattern => #decode, })
}

fn error_arm(response: &Response, wrap: &TokenStream, empty: &TokenStream) -> (u8, TokenStream) {
    let (rank, pattern) = pattern(&response.status, false);
    let decode = match response.decoding {
        Decoding::Json => quote! { reply.error(#wrap) },
        Decoding::Text => quote! { reply.text_error(#wrap) },
        Decoding::Bytes => quote! { reply.raw_error(#wrap) },
        Decoding::Empty => quote! { reply.empty_error(#empty) },
    };
    (rank, quote! { #pattern => Err(#decode), })
}

/// The match pattern of a status, and its rank: exact, range, default.
fn pattern(status: &str, success: bool) -> (u8, TokenStream) {
    let range = |from: u16, to: u16| quote! { #from..=#to };
    match status.as_bytes() {
        [class @ b'1'..=b'5', b'X', b'X'] => {
            let from = u16::from(class - b'0') * 100;
            (1, range(from, from + 99))
        }
        _ => match status.parse::<u16>() {
            Ok(code) => (0, quote! { #code }),
            Err(_) if success => (2, range(200, 299)),
            Err(_) => (3, quote! { 100..=199 | 300..=999 }),
        },
    }
}

fn body_type(response: &Response) -> TokenStream {
    match (response.decoding, &response.body) {
        (Decoding::Json, Some(name)) => {
            let ident = format_ident!("{name}");
            quote! { types::#ident }
        }
        (Decoding::Json, None) => quote! { ::serde_json::Value },
        (Decoding::Text, _) => quote! { ::std::string::String },
        (Decoding::Bytes, _) => quote! { ::std::vec::Vec<u8> },
        (Decoding::Empty, _) => quote! { () },
    }
}

fn definition(name: &Ident, responses: &[&Response], id: &str, what: &str) -> TokenStream {
    let headline = format!(" {what} of `{id}`.");
    let variants = responses.iter().map(|response| {
        let ident = format_ident!("{}", naming::status_variant(&response.status));
        let line = format!(" {}:{}", response.status, docs_lines(&response.description));
        let body = (response.decoding != Decoding::Empty).then(|| {
            let ty = body_type(response);
            quote! { (#ty) }
        });
        let docs = attributes(&[line]);
        quote! { #docs #ident #body }
    });
    quote! {
        #[doc = #headline]
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants),*
        }
    }
}
