//! One request builder: setters for its fields, and `send`.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::Type;

use super::{
    answers::Answers,
    slots::{BodySlots, Parameter, Slot, Slots},
};
use crate::{
    Settings,
    docs::{attributes, lines as docs_lines},
    model::{Encoding, Operation},
    naming,
    syntax::inside,
};

/// The builder of the operation at `index` of the table, and the enums of its answers.
pub(super) fn builder(index: usize, operation: &Operation, slots: &Slots, settings: &Settings) -> TokenStream {
    let client = settings.client();
    let builder = format_ident!("{}", operation.type_name);
    let method = naming::ident(&operation.name);
    let (idents, types): (Vec<_>, Vec<_>) = slots.slots.iter().map(|slot| (&slot.ident, &slot.ty)).unzip();
    let setters = slots.slots.iter().map(setter);
    let parameters = slots.arguments.iter().flatten();
    let prepare = parameters.map(|parameter| prepare(parameter, &slots.slots));
    let pass = slots.arguments.iter().map(|argument| match argument {
        Some(parameter) => pass(parameter, &slots.slots),
        None => quote! { body },
    });
    let body = body(operation, slots);
    let take_body = slots.arguments.iter().any(Option::is_none).then(|| quote! { let body = call.take_body(); });
    let call = if take_body.is_some() {
        quote! { mut call }
    } else {
        quote! { call }
    };
    let answers = Answers::of(operation);
    let (success, error, arms, error_type) = answers.code();
    let headline = format!(
        " `{} {}`: see [`{}`]({}::{}).",
        operation.method, operation.path, operation.name, settings.client, operation.name
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
                #body
                let reply = self.client.core().call(operation, body, |#call| async move {
                    #take_body
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

/// The statement that makes one parameter ready.
fn prepare(parameter: &Parameter, slots: &[Slot]) -> TokenStream {
    let variable = variable(parameter);
    let value = take(&slots[parameter.at]);
    quote! { let #variable = &#value; }
}

fn variable(parameter: &Parameter) -> Ident {
    format_ident!("parameter_{}", parameter.at)
}

/// The value of a slot, or the error that it is missing.
fn take(slot: &Slot) -> TokenStream {
    let (ident, wire) = (&slot.ident, &slot.wire);
    if slot.required {
        quote! { runtime::required(self.#ident, #wire, operation)? }
    } else {
        quote! { self.#ident }
    }
}

/// The expression that hands a parameter to the raw method.
fn pass(parameter: &Parameter, slots: &[Slot]) -> TokenStream {
    let variable = variable(parameter);
    match (slots[parameter.at].required, parameter.by_reference, parameter.as_text) {
        (true, true, _) => quote! { #variable },
        (true, false, _) => quote! { #variable.clone() },
        (false, _, true) => quote! { #variable.as_deref() },
        (false, true, _) => quote! { #variable.as_ref() },
        (false, false, _) => quote! { #variable.clone() },
    }
}

/// The statement that encodes the body.
fn body(operation: &Operation, slots: &Slots) -> TokenStream {
    let Some(body) = &operation.body else { return quote! { let body = None; } };
    let content_type = &body.content_type;
    let refused = quote! { .map_err(|refusal| runtime::Error::invalid(operation, refusal))? };
    match &slots.body {
        BodySlots::None => quote! { let body = None; },
        BodySlots::Whole { at } => {
            let slot = &slots.slots[*at];
            let value = take(slot);
            let encode = match body.encoding {
                Encoding::Json => quote! { runtime::Body::json(#content_type, &value)#refused },
                Encoding::Form => quote! { runtime::Body::form(#content_type, &value)#refused },
                _ => quote! { runtime::Body::plain(#content_type, value) },
            };
            if slot.required {
                quote! { let value = #value; let body = Some(#encode); }
            } else {
                quote! { let body = match #value { Some(value) => Some(#encode), None => None }; }
            }
        }
        BodySlots::Struct { name, fields } => {
            let encode = if body.encoding == Encoding::Multipart {
                parts(fields, &slots.slots, &refused)
            } else {
                let value = structure(name, fields, &slots.slots);
                let function = format_ident!("{}", if body.encoding == Encoding::Json { "json" } else { "form" });
                quote! { runtime::Body::#function(#content_type, &#value)#refused }
            };
            if body.required {
                return quote! { let body = Some(#encode); };
            }
            // a body that may be left out is left out when nothing of it was set
            let idents = fields.iter().map(|(_, at)| &slots.slots[*at].ident);
            quote! { let body = if #(self.#idents.is_none())&&* { None } else { Some(#encode) }; }
        }
    }
}

/// The struct of a body, from its slots.
fn structure(name: &Ident, fields: &[(Ident, usize)], slots: &[Slot]) -> TokenStream {
    let values = fields.iter().map(|(field, at)| {
        let slot = &slots[*at];
        let value = take(slot);
        if slot.required || slot.wrapped {
            quote! { #field: #value }
        } else {
            quote! { #field: #value.unwrap_or_default() }
        }
    });
    quote! { types::#name { #(#values),* } }
}

/// The parts of a multipart body, one slot after the other.
fn parts(fields: &[(Ident, usize)], slots: &[Slot], refused: &TokenStream) -> TokenStream {
    let adds = fields.iter().map(|(_, at)| {
        let slot = &slots[*at];
        let (wire, value) = (&slot.wire, take(slot));
        let add = if is_file(&slot.ty) {
            quote! { parts.file(#wire, &value); }
        } else if inside(&slot.ty, "Vec").is_some_and(is_file) {
            quote! { value.iter().for_each(|file| parts.file(#wire, file)); }
        } else {
            quote! { parts.value(#wire, &value)#refused; }
        };
        if slot.required {
            quote! { let value = #value; #add }
        } else {
            quote! { if let Some(value) = #value { #add } }
        }
    });
    quote! { { let mut parts = runtime::Parts::default(); #(#adds)* parts.encode() } }
}

fn is_file(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|segment| segment.ident == "File"))
}
