//! One request builder: setters for its fields, and `send`.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::Type;

use super::{
    answers::Answers,
    operation_table::{option, parameter},
    slots::{BodySlots, Slot, Slots, null_setter},
};
use crate::{
    Settings,
    docs::{attributes, lines as docs_lines},
    model::{Body, Encoding, Operation, Parameter},
    naming,
    syntax::inside,
};

/// The builder of the operation at `index` of the table, which calls progenitor's method `raw`, and the enums of its
/// answers.
pub(super) fn builder(
    index: usize,
    operation: &Operation,
    raw: &str,
    slots: &Slots,
    settings: &Settings,
) -> TokenStream {
    let client = settings.client();
    let builder = format_ident!("{}", operation.type_name);
    let method = naming::ident(raw);
    let idents: Vec<_> = slots.slots.iter().map(|slot| &slot.ident).collect();
    let types = slots.slots.iter().map(|slot| {
        let ty = &slot.ty;
        if slot.nullable {
            quote! { Option<#ty> }
        } else {
            quote! { #ty }
        }
    });
    let setters = slots.slots.iter().map(setter);
    let adds = slots.slots.iter().take(slots.parameters).enumerate();
    let adds = adds.map(|(at, slot)| {
        let ident = &slot.ident;
        quote! { .add(#at, self.#ident.as_ref()) }
    });
    let body = body(operation, slots);
    let (call, pass) = if operation.body.is_some() {
        (quote! { mut call }, quote! { let body = call.take_body(); raw::Client::of(call).#method(body).await })
    } else {
        (quote! { call }, quote! { raw::Client::of(call).#method().await })
    };
    let others = operation.body.as_ref().map_or(&[][..], |body| body.others.as_slice());
    let (raw_field, raw_none, raw_setter) = raw_body(others);
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
            #raw_field
            #(#idents: Option<#types>),*
        }

        impl<'a> #builder<'a> {
            pub(super) fn new(client: &'a #client) -> Self {
                Self { client, refusal: None, #raw_none #(#idents: None),* }
            }

            #(#setters)*

            #raw_setter

            /// Sends the request and gives the body of the answer.
            ///
            #[doc = #returns]
            ///
            /// # Errors
            /// Before a byte is sent, when a field is missing or breaks a rule of the document; else when the call
            /// fails. [`Outcome`](runtime::Outcome) tells what is then known about its effect.
            pub async fn send(self) -> Result<#success, runtime::Error<#error>> {
                self.send_whole().await.map(runtime::Answer::into_body)
            }

            /// Sends the request and gives the whole answer, status and headers included.
            ///
            /// # Errors
            /// As [`send`](Self::send).
            pub async fn send_whole(self) -> Result<runtime::Answer<#success>, runtime::Error<#error>> {
                let operation = &OPERATIONS[#index];
                if let Some(refusal) = self.refusal {
                    return Err(runtime::Error::invalid(operation, refusal));
                }
                let parameters = runtime::Parameters::of(operation)#(#adds)*.done()?;
                #body
                let reply = self.client.core().call(operation, parameters, body, |#call| async move { #pass });
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
        None if slot.nullable => {
            let null = null_setter(ident);
            let null_docs = format!(" Null as `{wire}`.");
            quote! {
                #docs
                pub fn #ident(mut self, value: impl TryInto<#ty, Error: ::std::fmt::Display>) -> Self {
                    runtime::set_nullable(&mut self.#ident, &mut self.refusal, #wire, value);
                    self
                }

                #[doc = #null_docs]
                pub fn #null(mut self) -> Self {
                    self.#ident = Some(None);
                    self
                }
            }
        }
        None => quote! {
            #docs
            pub fn #ident(mut self, value: impl TryInto<#ty, Error: ::std::fmt::Display>) -> Self {
                runtime::set(&mut self.#ident, &mut self.refusal, #wire, value);
                self
            }
        },
    }
}

/// Field, first value and setter of a body in another content type than the one that is carried, where there are some.
fn raw_body(others: &[String]) -> (TokenStream, TokenStream, TokenStream) {
    if others.is_empty() {
        return Default::default();
    }
    let listed = others.iter().map(|other| format!("`{other}`")).collect::<Vec<_>>().join(", ");
    let docs =
        format!(" The whole body in another content type of the document: {listed}. Nothing else of the body is sent.");
    let setter = quote! {
        #[doc = #docs]
        pub fn raw_body(mut self, content_type: &str, bytes: impl Into<::std::vec::Vec<u8>>) -> Self {
            let body = runtime::Body::other(content_type, bytes, &[#(#others),*]);
            runtime::keep(&mut self.raw_body, &mut self.refusal, body);
            self
        }
    };
    (quote! { raw_body: Option<runtime::Body>, }, quote! { raw_body: None, }, setter)
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

/// The statement that encodes the body.
fn body(operation: &Operation, slots: &Slots) -> TokenStream {
    let Some(body) = &operation.body else { return quote! { let body = None; } };
    let encode = encode_body(body, slots);
    if body.others.is_empty() {
        return encode;
    }
    quote! { let body = if self.raw_body.is_some() { self.raw_body } else { #encode body }; }
}

fn encode_body(body: &Body, slots: &Slots) -> TokenStream {
    let content_type = &body.content_type;
    let forms: Vec<_> = body.properties.iter().map(|property| parameter(property, &quote! { runtime })).collect();
    let refused = quote! { .map_err(|refusal| runtime::Error::invalid(operation, refusal))? };
    match &slots.body {
        BodySlots::None => quote! { let body = None; },
        BodySlots::Whole { at } => {
            let slot = &slots.slots[*at];
            let value = take(slot);
            let encode = match body.encoding {
                Encoding::Json => quote! { runtime::Body::json(#content_type, &value)#refused },
                Encoding::Form => quote! { runtime::Body::form(#content_type, &value, &[#(#forms),*])#refused },
                Encoding::Multipart => quote! { value.encode() },
                Encoding::Text | Encoding::Bytes => quote! { runtime::Body::plain(#content_type, value) },
            };
            if slot.required {
                quote! { let value = #value; let body = Some(#encode); }
            } else {
                quote! { let body = match #value { Some(value) => Some(#encode), None => None }; }
            }
        }
        BodySlots::Struct { name, fields } => {
            let encode = if body.encoding == Encoding::Multipart {
                parts(fields, &slots.slots, &body.properties, &refused)
            } else {
                let value = structure(name, fields, &slots.slots);
                match body.encoding {
                    Encoding::Json => quote! { runtime::Body::json(#content_type, &#value)#refused },
                    _ => quote! { runtime::Body::form(#content_type, &#value, &[#(#forms),*])#refused },
                }
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
fn parts(fields: &[(Ident, usize)], slots: &[Slot], properties: &[Parameter], refused: &TokenStream) -> TokenStream {
    let adds = fields.iter().map(|(_, at)| {
        let slot = &slots[*at];
        let (wire, value) = (&slot.wire, take(slot));
        let given = properties.iter().find(|property| property.name == slot.wire);
        let content_type = option(given.and_then(|property| property.content_type.as_deref()));
        let add = if is_file(&slot.ty) {
            quote! { parts.file(#wire, &value, #content_type); }
        } else if inside(&slot.ty, "Vec").is_some_and(is_file) {
            quote! { value.iter().for_each(|file| parts.file(#wire, file, #content_type)); }
        } else {
            quote! { parts.value(#wire, &value, #content_type)#refused; }
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
