//! Usage programs: each uses one item of the surface. If a usage program no longer compiles against changed code, the
//! change breaks callers of the item.

use std::collections::BTreeMap;

use quote::{ToTokens, format_ident, quote};
use syn::{
    Fields, FnArg, Generics, Ident, ImplItem, Item, ReceiverKind, ReturnType, Type, TypeParamBound, visit_mut::VisitMut,
};

use crate::{
    expand::parse_file,
    implemented::{CONSTRAINED_ERROR, CONVERSIONS, implemented, is_constrained_string, parsed},
    items::{Implemented, is_open, is_public, last_name},
    surface::derives,
};

/// Name of the crate that usage programs compile against. It has the generated code as its module `client`.
pub const GENERATED: &str = "generated";

/// A usage program: a module that uses one item.
#[derive(Clone, Debug)]
pub struct UsageProgram {
    /// Path of the item, such as `types::OAuthClient::secret`.
    pub path: String,
    /// Whether it uses all fields or variants of a type, so that a new one breaks it.
    pub exhaustive: bool,
    /// Source of the module.
    pub text: String,
}

/// Returns the usage programs of all items of generated code.
pub fn usage_programs(code: &str) -> Vec<UsageProgram> {
    let mut found = Found::default();
    for item in parse_file(code).map(|file| file.items).unwrap_or_default() {
        match &item {
            Item::Mod(module) if is_public(&module.vis) => {
                found.module = module.ident.to_string();
                let items = module.content.as_ref().map(|(_, items)| items.as_slice()).unwrap_or_default();
                items.iter().for_each(|item| found.item(item));
            }
            Item::Impl(block) if block.trait_.is_none() => {
                found.module.clear();
                found.block(block);
            }
            _ => {}
        }
    }
    found.programs
}

#[derive(Default)]
struct Found {
    module: String,
    programs: Vec<UsageProgram>,
    /// The errors of `FromStr`, by type.
    errors: BTreeMap<String, String>,
}

impl Found {
    fn add(&mut self, path: String, exhaustive: bool, tokens: &impl ToTokens) {
        let module = match self.module.as_str() {
            "" => String::new(),
            module => format!("use {GENERATED}::client::{module}::*;"),
        };
        // paths of the generated crate, from outside of it
        let body = tokens.to_token_stream().to_string();
        let body = body.replace("self ::", &format!("{GENERATED} :: client :: {} ::", self.module));
        let body = body.replace("crate ::", &format!("{GENERATED} ::"));
        // names in the inner scope shadow the outer ones: generated types take precedence over the runtime's
        let text = format!(
            "use ::runtime::*; fn within() {{ use {GENERATED}::client::{{operations, types}}; use ::runtime; \
             {module} {body} }}"
        );
        self.programs.push(UsageProgram { path, exhaustive, text });
    }

    fn path(&self, name: &str) -> String {
        if self.module.is_empty() { name.to_owned() } else { format!("{}::{name}", self.module) }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Struct(item) if is_public(&item.vis) => {
                let path = self.path(&item.ident.to_string());
                let (name, ty) = (&item.ident, with_lifetimes(&item.ident, &item.generics));
                self.add(path.clone(), false, &quote!(pub fn program(it: #ty) { let #name { .. } = it; }));
                self.derived(&path, &quote!(#ty), &item.attrs);
                let fields = item.fields.members();
                if item.fields.iter().all(|field| is_public(&field.vis)) && !is_open(&item.attrs) {
                    self.add(
                        path.clone(),
                        true,
                        &quote!(pub fn program(it: #ty) { let #name { #(#fields: _),* } = it; }),
                    );
                }
                for (field, member) in item.fields.iter().zip(item.fields.members()) {
                    if is_public(&field.vis) {
                        let of = &field.ty;
                        let path = format!("{path}::{}", member.to_token_stream());
                        self.add(
                            path,
                            false,
                            &quote!(pub fn program(it: #ty) -> #of { let #name { #member: field, .. } = it; field }),
                        );
                    }
                }
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let path = self.path(&item.ident.to_string());
                let (name, ty) = (&item.ident, with_lifetimes(&item.ident, &item.generics));
                self.add(path.clone(), false, &quote!(pub fn program(_: #ty) {}));
                self.derived(&path, &quote!(#ty), &item.attrs);
                if !is_open(&item.attrs) {
                    let variants = item.variants.iter().map(|variant| &variant.ident);
                    let all = quote!(pub fn program(it: #ty) { match it { #(#name::#variants { .. } => {})* } });
                    self.add(path.clone(), true, &all);
                }
                for variant in &item.variants {
                    let (own, tests) = (&variant.ident, tests(&variant.fields));
                    let use_it = quote!(pub fn program(it: #ty) { if let #name::#own #tests });
                    self.add(format!("{path}::{own}"), false, &use_it);
                }
            }
            Item::Type(item) if is_public(&item.vis) => {
                let (name, target) = (&item.ident, &item.ty);
                let same = quote!(pub fn program(it: #name) -> #target { it });
                self.add(self.path(&item.ident.to_string()), false, &same);
                if is_constrained_string(target) {
                    self.conversions(name, CONSTRAINED_ERROR);
                }
            }
            Item::Macro(item) => {
                if let Some((name, traits)) = implemented(item) {
                    self.traits(&self.path(&name.to_string()), &quote!(#name), traits);
                }
                for name in parsed(item) {
                    // `FromStr` precedes the macro
                    if let Some(error) = self.errors.get(&name.to_string()).cloned() {
                        self.conversions(&name, &error);
                    }
                }
            }
            Item::Impl(block) => self.block(block),
            Item::Mod(inner) if inner.ident == "constraints" => {
                for item in inner.content.iter().flat_map(|(_, items)| items) {
                    if let Item::Impl(block) = item
                        && let (Some(name), Some((of, _))) = (last_name(&block.self_ty), &block.trait_)
                    {
                        let ty = &block.self_ty;
                        for constant in block.items.iter().filter_map(constant) {
                            let path = format!("{}::{constant}", self.path(&name));
                            self.add(
                                path,
                                false,
                                &quote!(pub fn program() { let _ = <constraints::#ty as #of>::#constant; }),
                            );
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn conversions(&mut self, name: &Ident, error: &str) {
        for (of, from) in CONVERSIONS {
            let path = format!("::std::convert::TryFrom<{from}, Error = {error}>");
            let Ok(implemented) = syn::parse_str::<syn::Path>(&path) else { continue };
            self.implements(format!("{}: {of}", self.path(&name.to_string())), name, &implemented);
        }
    }

    fn derived(&mut self, path: &str, ty: &impl ToTokens, attributes: &[syn::Attribute]) {
        self.traits(path, ty, derives(attributes));
    }

    fn traits(&mut self, path: &str, ty: &impl ToTokens, names: Vec<String>) {
        for name in names {
            let derived = match name.as_str() {
                "Deserialize" => quote!(::serde::de::DeserializeOwned),
                "Serialize" => quote!(::serde::Serialize),
                "Debug" => quote!(::std::fmt::Debug),
                "Hash" => quote!(::std::hash::Hash),
                // traits of the prelude
                _ => format_ident!("{name}").into_token_stream(),
            };
            self.implements(format!("{path}: {name}"), ty, &derived);
        }
    }

    fn implements(&mut self, path: String, ty: &impl ToTokens, of: &impl ToTokens) {
        self.add(path, false, &quote!(fn needs<T: #of>() {} pub fn program() { needs::<#ty>(); }));
    }

    fn block(&mut self, block: &syn::ItemImpl) {
        if let Some((of, _)) = &block.trait_ {
            let Implemented { path, mut ty, mut of } = Implemented::of(&self.module, &block.self_ty, of);
            Static.visit_path_mut(&mut of);
            Static.visit_type_mut(&mut ty);
            // callers may depend on the associated types, such as the error
            if let Some(last) = of.segments.last_mut() {
                for item in &block.items {
                    if let ImplItem::Type(own) = item {
                        if let (true, Some(name)) = (last.ident == "FromStr", last_name(&block.self_ty)) {
                            self.errors.insert(name, own.ty.to_token_stream().to_string());
                        }
                        let (name, ty) = (&own.ident, &own.ty);
                        add_argument(last, syn::parse_quote!(#name = #ty));
                    }
                }
            }
            let of = match of.segments.last() {
                Some(last) if last.ident == "Deserialize" => quote!(::serde::de::DeserializeOwned),
                _ => quote!(#of),
            };
            self.implements(path, &ty, &of);
            return;
        }
        let Some(name) = last_name(&block.self_ty) else { return };
        let path = self.path(&name);
        let mut owner = (*block.self_ty).clone();
        Static.visit_type_mut(&mut owner);
        for constant in block.items.iter().filter_map(constant) {
            self.add(format!("{path}::{constant}"), false, &quote!(pub fn program() { let _ = <#owner>::#constant; }));
        }
        for item in &block.items {
            if let ImplItem::Fn(function) = item
                && is_public(&function.vis)
                && let Some(call) = call(&owner, &function.sig)
            {
                self.add(format!("{path}::{}", function.sig.ident), false, &call);
            }
        }
    }
}

fn add_argument(segment: &mut syn::PathSegment, argument: syn::GenericArgument) {
    if let syn::PathArguments::AngleBracketed(given) = &mut segment.arguments {
        given.args.push(argument);
    } else {
        segment.arguments = syn::PathArguments::AngleBracketed(syn::parse_quote!(<#argument>));
    }
}

fn constant(item: &ImplItem) -> Option<&Ident> {
    if let ImplItem::Const(constant) = item { Some(&constant.ident) } else { None }
}

/// Returns a type with `'static` for each of its lifetimes.
fn with_lifetimes(name: &Ident, generics: &Generics) -> proc_macro2::TokenStream {
    let lifetimes = generics.lifetimes().map(|_| quote!('static));
    if generics.params.is_empty() { quote!(#name) } else { quote!(#name<#(#lifetimes),*>) }
}

/// Returns what follows the name of a variant in an `if let`, with type annotations for its fields.
fn tests(fields: &Fields) -> proc_macro2::TokenStream {
    let names: Vec<_> = (0..fields.len()).map(|index| format_ident!("field{index}")).collect();
    let (members, types) = (fields.members(), fields.iter().map(|field| &field.ty));
    quote!({ #(#members: #names),* } = it { #(let _: #types = #names;)* })
}

/// Returns a call of a function with its most general arguments and an annotation of its return type. `None` for kinds
/// of functions that generated code does not have.
fn call(owner: &Type, signature: &syn::Signature) -> Option<proc_macro2::TokenStream> {
    let name = &signature.ident;
    let (mut own, mut parameters, mut arguments) = (Vec::new(), Vec::new(), Vec::new());
    let mut receiver = None;
    for (index, input) in signature.inputs.iter().enumerate() {
        match input {
            FnArg::Receiver(it) => {
                receiver = Some(match &it.kind {
                    ReceiverKind::Value => quote!(it: #owner),
                    ReceiverKind::Reference(_, _, mutability) => quote!(it: &#mutability #owner),
                    _ => return None,
                });
            }
            FnArg::Typed(input) => match &*input.ty {
                Type::ImplTrait(it) => {
                    let only = format_ident!("Only{index}");
                    let TypeParamBound::Trait(bound) = it.bounds.first()? else { return None };
                    let last = bound.path.segments.last()?;
                    let syn::PathArguments::AngleBracketed(of) = &last.arguments else { return None };
                    let into = match (last.ident.to_string().as_str(), of.args.first()?) {
                        ("IntoIterator", syn::GenericArgument::Constraint(item)) => {
                            let TypeParamBound::Trait(bound) = item.bounds.first()? else { return None };
                            let last = bound.path.segments.last()?;
                            let syn::PathArguments::AngleBracketed(of) = &last.arguments else { return None };
                            arguments.push(quote!([#only]));
                            of.args.first()?.clone()
                        }
                        ("TryInto" | "Into", into) => {
                            arguments.push(quote!(#only));
                            into.clone()
                        }
                        _ => return None,
                    };
                    // a type that converts only as the parameter requires
                    own.push(if last.ident == "Into" {
                        quote!(pub struct #only; impl From<#only> for #into { fn from(_: #only) -> Self { panic!() } })
                    } else {
                        quote!(pub struct #only; impl TryFrom<#only> for #into {
                            type Error = String;
                            fn try_from(_: #only) -> Result<Self, String> { Err(String::new()) }
                        })
                    });
                }
                ty => {
                    let argument = format_ident!("argument{index}");
                    parameters.push(quote!(#argument: #ty));
                    arguments.push(quote!(#argument));
                }
            },
        }
    }
    let output = match &signature.output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, ty) => {
            let mut ty = (**ty).clone();
            ReplaceSelf(owner).visit_type_mut(&mut ty);
            quote!(#ty)
        }
    };
    let called = if receiver.is_some() { quote!(it.#name) } else { quote!(<#owner>::#name) };
    let (before, after) = (signature.asyncness, signature.asyncness.map(|_| quote!(.await)));
    let inputs = receiver.into_iter().chain(parameters);
    let is_plain = signature.generics.type_params().next().is_none();
    is_plain.then(
        || quote!(#(#own)* pub #before fn program(#(#inputs),*) { let _: #output = #called(#(#arguments),*)#after; }),
    )
}

/// Replaces all lifetimes by `'static`.
struct Static;

impl VisitMut for Static {
    fn visit_type_reference_mut(&mut self, it: &mut syn::TypeReference) {
        it.lifetime = Some(syn::parse_quote!('static));
        syn::visit_mut::visit_type_reference_mut(self, it);
    }

    fn visit_lifetime_mut(&mut self, it: &mut syn::Lifetime) {
        *it = syn::parse_quote!('static);
    }
}

/// Replaces `Self` by the owner's name.
struct ReplaceSelf<'t>(&'t Type);

impl VisitMut for ReplaceSelf<'_> {
    fn visit_type_mut(&mut self, it: &mut Type) {
        if matches!(it, Type::Path(path) if path.path.is_ident("Self")) {
            it.clone_from(self.0);
        } else {
            syn::visit_mut::visit_type_mut(self, it);
        }
    }
}
