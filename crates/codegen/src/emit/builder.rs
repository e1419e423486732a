//! One request builder: setters for its fields, and `send`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{
    answers::Answers,
    slots::{Argument, Slot},
};
use crate::{
    Settings,
    docs::{attributes, lines as docs_lines},
    model::Operation,
    naming,
    syntax::inside,
};

/// The builder of the operation at `index` of the table, and the enums of its answers.
pub(super) fn builder(
    index: usize,
    operation: &Operation,
    slots: &[Slot],
    arguments: &[Argument],
    settings: &Settings,
) -> TokenStream {
    let client = settings.client();
    let builder = format_ident!("{}", operation.type_name);
    let method = naming::ident(&operation.name);
    let (idents, types): (Vec<_>, Vec<_>) = slots.iter().map(|slot| (&slot.ident, &slot.ty)).unzip();
    let setters = slots.iter().map(setter);
    let prepare = arguments.iter().enumerate().map(|(number, argument)| prepare(number, argument, slots));
    let pass = arguments.iter().enumerate().map(|(number, argument)| pass(number, argument, slots));
    let answers = Answers::of(operation);
    let (success, error, arms, error_type) = answers.code();
    let headline = format!(
        " `{} {}`: see [`{}`](crate::{}::{}).",
        operation.method,
        operation.path,
        operation.name,
        client_name(settings),
        operation.name
    );
    let returns = format!(" {}", answers.describe());
    quote! {
        #[doc = #headline]
        #[must_use = "nothing is sent before `send` is called and awaited"]
        #[derive(Clone, Debug)]
        pub struct #builder<'a> {
            client: &'a #client,
            refusal: Option<runtime::Violation>,
            #(#idents: Option<#types>),*
        }

        impl<'a> #builder<'a> {
            pub(super) fn new(client: &'a #client) -> Self {
                Self { client, refusal: None, #(#idents: None),* }
            }

            #(#setters)*

            /// Sends the request.
            ///
            #[doc = #returns]
            ///
            /// # Errors
            /// Before a byte is sent, when a field is missing or breaks a rule of the document; else when the call
            /// fails. [`Outcome`](runtime::Outcome) tells what is then known about its effect.
            pub async fn send(self) -> Result<#success, runtime::Error<#error>> {
                let operation = &OPERATIONS[#index];
                if let Some(refusal) = self.refusal {
                    return Err(runtime::Error::invalid(operation, refusal));
                }
                #(#prepare)*
                let reply = self.client.core().call(operation, |call| async move {
                    raw::Client::new_with_client(&call.base().to_owned(), call.http(), call).#method(#(#pass),*).await
                });
                let reply = reply.await?;
                match reply.status().as_u16() {
                    #(#arms)*
                    _ => Err(reply.undocumented()),
                }
            }
        }

        #error_type
    }
}

fn client_name(settings: &Settings) -> &str {
    settings.client.rsplit("::").next().unwrap_or_default()
}

fn setter(slot: &Slot) -> TokenStream {
    let Slot { ident, wire, ty, .. } = slot;
    let mut lines = Vec::new();
    if !slot.description.is_empty() {
        lines.extend([docs_lines(&slot.description), String::new()]);
    }
    lines.push(format!(" `{wire}` of the document{}.", if slot.required { ", required" } else { "" }));
    let docs = attributes(&lines);
    match &slot.item {
        Some(item) => quote! {
            #docs
            pub fn #ident(mut self, values: impl IntoIterator<Item: TryInto<#item, Error: ::std::fmt::Display>>) -> Self {
                runtime::set_list(&mut self.#ident, &mut self.refusal, #wire, values);
                self
            }
        },
        None => quote! {
            #docs
            pub fn #ident(mut self, value: impl TryInto<#ty, Error: ::std::fmt::Display>) -> Self {
                runtime::set(&mut self.#ident, &mut self.refusal, #wire, value);
                self
            }
        },
    }
}

/// The statement that puts one argument together.
fn prepare(number: usize, argument: &Argument, slots: &[Slot]) -> TokenStream {
    let variable = format_ident!("argument_{number}");
    let take = |slot: &Slot| {
        let (ident, wire) = (&slot.ident, &slot.wire);
        if slot.required {
            quote! { runtime::required(self.#ident, #wire, operation)? }
        } else {
            quote! { self.#ident }
        }
    };
    match argument {
        Argument::Slot { at, .. } => {
            let value = take(&slots[*at]);
            quote! { let #variable = &#value; }
        }
        Argument::Struct { name, slots: fields } => {
            let values = fields.iter().map(|(field, at)| {
                let slot = &slots[*at];
                let value = take(slot);
                // a property with a default of its own is not optional in the struct
                let optional_in_struct = slot.required || is_optional_field(slot);
                if optional_in_struct {
                    quote! { #field: #value }
                } else {
                    quote! { #field: #value.unwrap_or_default() }
                }
            });
            quote! { let #variable = &types::#name { #(#values),* }; }
        }
    }
}

/// Optional lists and maps are empty in the struct when they are absent; everything else is an `Option`.
fn is_optional_field(slot: &Slot) -> bool {
    inside(&slot.ty, "Vec").is_none() && inside(&slot.ty, "HashMap").is_none() && inside(&slot.ty, "Map").is_none()
}

/// The expression that hands one argument to the raw method.
fn pass(number: usize, argument: &Argument, slots: &[Slot]) -> TokenStream {
    let variable = format_ident!("argument_{number}");
    match argument {
        Argument::Struct { .. } => quote! { #variable },
        Argument::Slot { at, by_reference, as_text } => match (slots[*at].required, by_reference, as_text) {
            (true, true, _) => quote! { #variable },
            (true, false, _) => quote! { #variable.clone() },
            (false, _, true) => quote! { #variable.as_deref() },
            (false, true, _) => quote! { #variable.as_ref() },
            (false, false, _) => quote! { #variable.clone() },
        },
    }
}
