//! The public face: one method an operation on the client, one builder, and one error type where there are several.

use std::collections::{BTreeMap, BTreeSet};

use blynk_document::Problem;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{FnArg, ImplItem, Item, Pat, ReturnType, Type};

use super::{operation_table::operation_table, type_table::type_table};
use crate::{
    Settings,
    lower::Lowering,
    model::{Checked, Item as ListItem, Model, Operation, Response},
    naming,
    polish::{Polished, doc_attributes, docs_lines, inside, inside_option, wire_name},
};

/// One value that a builder takes.
struct Slot {
    ident: Ident,
    /// Name in the document.
    wire: String,
    description: String,
    /// Type that the builder holds.
    ty: Type,
    /// Type of the items, where the setter takes a list of them.
    item: Option<Type>,
    required: bool,
}

/// How a builder's slots become the arguments of the raw method.
enum Argument {
    /// A parameter, in its own slot.
    Slot { at: usize, by_reference: bool, as_text: bool },
    /// The body, a struct made of slots.
    Struct { name: Ident, slots: Vec<(Ident, usize)> },
}

/// All that callers see, types excepted.
pub(crate) fn face(polished: &Polished, lowering: &Lowering, settings: &Settings) -> Result<TokenStream, Vec<Problem>> {
    let runtime = settings.runtime();
    let client = settings.client();
    let methods = raw_methods(polished);
    let structs: BTreeMap<String, &syn::ItemStruct> = polished
        .types
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) => Some((item.ident.to_string(), item)),
            _ => None,
        })
        .collect();
    let mut problems = Vec::new();
    let mut entries = Vec::new();
    let mut builders = Vec::new();
    for (index, operation) in lowering.model.operations.iter().enumerate() {
        match methods.get(operation.name.as_str()) {
            Some(method) => {
                let (slots, arguments) = slots(method, operation, &structs, &lowering.model);
                entries.push(entry(operation));
                builders.push(builder(index, operation, &slots, &arguments, settings));
            }
            None => problems.push(
                Problem::new(
                    format!("progenitor made no method `{}` of this operation", operation.name),
                    "report this as a bug of the generator",
                )
                .pointing_to(&operation.pointer),
            ),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let table = operation_table(&lowering.model, settings);
    let type_table = type_table(polished, lowering, settings);
    Ok(quote! {
        #table
        #type_table

        /// One method an operation of the document.
        impl #client {
            #(#entries)*
        }

        /// Requests, one builder an operation: set the fields, then `send`.
        pub mod operations {
            use super::{OPERATIONS, raw, types};
            use #runtime as runtime;

            #(#builders)*
        }
    })
}

/// The methods of progenitor's client that answer with raw bytes: one an operation.
fn raw_methods(polished: &Polished) -> BTreeMap<String, &syn::Signature> {
    let functions = polished.raw.iter().flat_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() => block.items.as_slice(),
        _ => &[],
    });
    functions
        .filter_map(|item| match item {
            ImplItem::Fn(function)
                if function.sig.asyncness.is_some() && !matches!(function.sig.output, ReturnType::Default) =>
            {
                Some((function.sig.ident.to_string().trim_start_matches("r#").to_owned(), &function.sig))
            }
            _ => None,
        })
        .collect()
}

fn slots(
    method: &syn::Signature,
    operation: &Operation,
    structs: &BTreeMap<String, &syn::ItemStruct>,
    model: &Model,
) -> (Vec<Slot>, Vec<Argument>) {
    let mut slots: Vec<Slot> = Vec::new();
    let mut taken = BTreeSet::from(["send".to_owned(), "client".to_owned(), "refusal".to_owned()]);
    let mut free = move |ident: &Ident| {
        let mut free = ident.clone();
        while !taken.insert(free.to_string()) {
            free = format_ident!("{free}_");
        }
        free
    };
    let mut arguments = Vec::new();
    for input in &method.inputs {
        let FnArg::Typed(input) = input else { continue };
        let Pat::Ident(name) = &*input.pat else { continue };
        let optional = inside_option(&input.ty).cloned();
        let (ty, by_reference) = match optional.as_ref().unwrap_or(&*input.ty) {
            Type::Reference(reference) => ((*reference.elem).clone(), true),
            ty => (ty.clone(), false),
        };
        let body = (name.ident == "body")
            .then(|| struct_name(&ty))
            .flatten()
            .and_then(|name| Some((name.clone(), *structs.get(&name)?)));
        if let Some((name, item)) =
            body.filter(|(name, item)| is_plain_struct(item) && !model.checked.contains_key(name))
        {
            let mut fields = Vec::new();
            for field in &item.fields {
                let Some(ident) = &field.ident else { continue };
                let wire = wire_name(field);
                let description = model.property_docs.get(&(name.clone(), wire.clone())).cloned().unwrap_or_default();
                let inner = inside_option(&field.ty).cloned();
                let defaulted = inner.is_none() && has_default(field);
                let ty = inner.clone().unwrap_or_else(|| field.ty.clone());
                fields.push((ident.clone(), slots.len()));
                slots.push(Slot {
                    ident: free(ident),
                    wire,
                    description,
                    item: list_item(&ty, model),
                    ty: in_types(&ty),
                    required: inner.is_none() && !defaulted,
                });
            }
            arguments.push(Argument::Struct { name: format_ident!("{name}"), slots: fields });
            continue;
        }
        let as_text = matches!(&ty, Type::Path(path) if path.path.is_ident("str"));
        let held: Type = match &ty {
            _ if as_text => syn::parse_quote! { ::std::string::String },
            Type::Path(path) if path.path.is_ident("B") => syn::parse_quote! { ::std::vec::Vec<u8> },
            ty => ty.clone(),
        };
        let parameter = operation
            .parameters
            .iter()
            .find(|parameter| naming::snake_plain(&parameter.name) == name.ident.to_string().trim_start_matches("r#"));
        arguments.push(Argument::Slot { at: slots.len(), by_reference, as_text });
        slots.push(Slot {
            ident: free(&name.ident),
            wire: parameter.map_or_else(|| name.ident.to_string(), |parameter| parameter.name.clone()),
            description: parameter
                .map_or_else(|| operation.body_description.clone(), |parameter| parameter.description.clone()),
            item: list_item(&held, model),
            ty: held,
            required: optional.is_none(),
        });
    }
    (slots, arguments)
}

fn struct_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

/// A struct whose fields are all properties of the document: not a newtype, nothing flattened into it.
fn is_plain_struct(item: &syn::ItemStruct) -> bool {
    use quote::ToTokens as _;
    matches!(item.fields, syn::Fields::Named(_))
        && !item.fields.is_empty()
        && !item.fields.iter().any(|field| {
            field.attrs.iter().any(|attribute| attribute.to_token_stream().to_string().contains("flatten"))
        })
}

fn has_default(field: &syn::Field) -> bool {
    use quote::ToTokens as _;
    field.attrs.iter().any(|attribute| {
        attribute.path().is_ident("serde") && attribute.to_token_stream().to_string().contains("default")
    })
}

/// Types inside the `types` module are named without it; the builders stand outside.
fn in_types(ty: &Type) -> Type {
    let mut ty = ty.clone();
    syn::visit_mut::VisitMut::visit_type_mut(&mut Prefix, &mut ty);
    ty
}

struct Prefix;

impl syn::visit_mut::VisitMut for Prefix {
    fn visit_type_path_mut(&mut self, path: &mut syn::TypePath) {
        syn::visit_mut::visit_type_path_mut(self, path);
        let is_local = path.path.leading_colon.is_none()
            && path.path.segments.len() == 1
            && path
                .path
                .segments
                .first()
                .is_some_and(|segment| segment.ident.to_string().starts_with(|c: char| c.is_uppercase()));
        if is_local {
            let inner = &path.path;
            path.path = syn::parse_quote! { types::#inner };
        }
    }
}

/// The item type of a list that a setter takes item by item.
fn list_item(ty: &Type, model: &Model) -> Option<Type> {
    if let Some(item) = inside(ty, "Vec") {
        return Some(in_types(item));
    }
    match model.checked.get(&struct_name(ty)?)? {
        Checked::List { item: ListItem::Named(name), .. }
            if matches!(model.checked.get(name), Some(Checked::Secret)) =>
        {
            None
        }
        Checked::List { item: ListItem::Named(name), .. } => {
            let ident = format_ident!("{name}");
            Some(syn::parse_quote! { types::#ident })
        }
        Checked::List { item: ListItem::Plain(name), .. } => {
            let ident = format_ident!("{name}");
            Some(syn::parse_quote! { #ident })
        }
        _ => None,
    }
}

fn entry(operation: &Operation) -> TokenStream {
    let name = naming::ident(&operation.name);
    let builder = format_ident!("{}", operation.type_name);
    let mut lines = Vec::new();
    for text in [&operation.summary, &operation.description] {
        if !text.is_empty() {
            lines.push(docs_lines(text));
            lines.push(String::new());
        }
    }
    lines.push(format!(" `{} {}`", operation.method, operation.path));
    let deprecated =
        operation.deprecated.then(|| quote! { #[deprecated = "the document marks this operation as deprecated"] });
    let docs = doc_attributes(&lines);
    quote! {
        #docs
        #deprecated
        pub fn #name(&self) -> operations::#builder<'_> {
            operations::#builder::new(self)
        }
    }
}

fn builder(
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
    let docs = doc_attributes(&lines);
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

/// The documented answers of an operation, sorted into what is a success and what is an error.
struct Answers<'a> {
    operation: &'a Operation,
    successes: Vec<&'a Response>,
    errors: Vec<&'a Response>,
}

impl<'a> Answers<'a> {
    fn of(operation: &'a Operation) -> Self {
        // `default` speaks for whatever is not listed: for errors, and for success where none is listed
        let (successes, errors): (Vec<_>, Vec<_>) =
            operation.responses.iter().partition(|response| response.status.starts_with('2'));
        let default = errors.iter().copied().filter(|response| response.status == "default" && successes.is_empty());
        Self { operation, successes: default.chain(successes.iter().copied()).collect(), errors }
    }

    fn describe(&self) -> String {
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

    /// Success type, error type, match arms, and the definitions of the enums among the two.
    fn code(&self) -> (TokenStream, TokenStream, Vec<TokenStream>, TokenStream) {
        let mut arms = Vec::new();
        let mut definitions = TokenStream::new();
        let success = match self.successes.as_slice() {
            [] => quote! { () },
            [single] => {
                arms.push(self.success_arm(single, &TokenStream::new()));
                body_type(single)
            }
            several => {
                let name = format_ident!("{}Success", self.operation.type_name);
                definitions.extend(definition(&name, several, &self.operation.id, "Documented successes"));
                for response in several {
                    let variant = format_ident!("{}", naming::status_variant(&response.status));
                    let wrap = if has_body(response) {
                        quote! { .map(#name::#variant) }
                    } else {
                        quote! { .map(|()| #name::#variant) }
                    };
                    arms.push(self.success_arm(response, &wrap));
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

    fn success_arm(&self, response: &Response, wrap: &TokenStream) -> (u8, TokenStream) {
        let (rank, pattern) = pattern(&response.status, true);
        let decode = match (&response.body, &response.content_type) {
            (Some(_), _) => quote! { reply.success()#wrap },
            (None, Some(_)) => quote! { reply.bytes()#wrap },
            (None, None) => quote! { Ok(())#wrap },
        };
        (rank, quote! { #pattern => #decode, })
    }
}

fn or_none(text: String) -> String {
    if text.is_empty() { "none".to_owned() } else { text }
}

fn has_body(response: &Response) -> bool {
    response.content_type.is_some()
}

fn error_arm(response: &Response, wrap: &TokenStream, empty: &TokenStream) -> (u8, TokenStream) {
    let (rank, pattern) = pattern(&response.status, false);
    let decode = match (&response.body, &response.content_type) {
        (Some(_), _) => quote! { Err(reply.error(#wrap)) },
        (None, Some(_)) => quote! { Err(reply.raw_error(#wrap)) },
        (None, None) => quote! { Err(reply.empty_error(#empty)) },
    };
    (rank, quote! { #pattern => #decode, })
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
    match (&response.body, &response.content_type) {
        (Some(name), _) => {
            let ident = format_ident!("{name}");
            quote! { types::#ident }
        }
        (None, Some(_)) => quote! { ::std::vec::Vec<u8> },
        (None, None) => quote! { () },
    }
}

fn definition(name: &Ident, responses: &[&Response], id: &str, what: &str) -> TokenStream {
    let headline = format!(" {what} of `{id}`.");
    let variants = responses.iter().map(|response| {
        let ident = format_ident!("{}", naming::status_variant(&response.status));
        let line = format!(" {}:{}", response.status, docs_lines(&response.description));
        let body = has_body(response).then(|| {
            let ty = body_type(response);
            quote! { (#ty) }
        });
        let docs = doc_attributes(&[line]);
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
