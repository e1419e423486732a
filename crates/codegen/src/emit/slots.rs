//! The values that a request builder takes, read off progenitor's method and the type of its body.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;
use quote::format_ident;
use syn::{FnArg, Pat, Type};

use crate::{
    model::{Checked, Item as ListItem, Model, Operation},
    naming,
    syntax::{inside, inside_option, wire_name},
};

/// One value that a builder takes.
pub(super) struct Slot {
    pub(super) ident: Ident,
    /// Name in the document.
    pub(super) wire: String,
    pub(super) description: String,
    /// Type that the builder holds.
    pub(super) ty: Type,
    /// Type of the items, where the setter takes a list of them.
    pub(super) item: Option<Type>,
    pub(super) required: bool,
}

/// How a builder's slots become the arguments of the raw method.
pub(super) enum Argument {
    /// A parameter, in its own slot.
    Slot { at: usize, by_reference: bool, as_text: bool },
    /// The body, a struct made of slots.
    Struct { name: Ident, slots: Vec<(Ident, usize)> },
}
/// All slots of an operation, in the order of the method's arguments, and how they become those arguments.
pub(super) fn slots(
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
