//! The values that a request builder takes, read off progenitor's method and the type of its body.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;
use quote::format_ident;
use syn::{FnArg, Pat, Type};

use crate::{
    model::{Checked, Encoding, Item as ListItem, Model, Operation},
    naming,
    syntax::{has_serde_default, inside, inside_option, wire_name},
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
    /// Whether the struct of the body holds an `Option` of it. Absent lists and maps are empty in the struct instead.
    pub(super) wrapped: bool,
}

/// What a builder takes, and what becomes of it.
pub(super) struct Slots {
    pub(super) slots: Vec<Slot>,
    /// The raw method's arguments in their order; `None` is the body.
    pub(super) arguments: Vec<Option<Parameter>>,
    pub(super) body: BodySlots,
}

/// A parameter in its own slot.
pub(super) struct Parameter {
    pub(super) at: usize,
    pub(super) by_reference: bool,
    pub(super) as_text: bool,
}

/// The request body, from slots.
pub(super) enum BodySlots {
    /// The operation has none.
    None,
    /// A struct, one slot a field.
    Struct { name: Ident, fields: Vec<(Ident, usize)> },
    /// A value in one slot.
    Whole { at: usize },
}

/// All slots of an operation: parameters in the order of the method's arguments, then the body.
pub(super) fn slots(
    method: &syn::Signature,
    operation: &Operation,
    structs: &BTreeMap<String, &syn::ItemStruct>,
    model: &Model,
) -> Slots {
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
        if is_body(&ty) {
            arguments.push(None);
            continue;
        }
        let as_text = matches!(&ty, Type::Path(path) if path.path.is_ident("str"));
        let held: Type = if as_text {
            syn::parse_quote! { ::std::string::String }
        } else {
            ty
        };
        let ident = name.ident.to_string();
        let mut described = operation.parameters.iter();
        let parameter = described.find(|one| naming::snake_plain(&one.name) == ident.trim_start_matches("r#"));
        arguments.push(Some(Parameter { at: slots.len(), by_reference, as_text }));
        slots.push(Slot {
            ident: free(&name.ident),
            wire: parameter.map_or(ident, |parameter| parameter.name.clone()),
            description: parameter.map(|parameter| parameter.description.clone()).unwrap_or_default(),
            item: list_item(&held, model),
            ty: held,
            required: optional.is_none(),
            wrapped: false,
        });
    }
    let Some(body) = &operation.body else { return Slots { slots, arguments, body: BodySlots::None } };
    let name = body.type_name.as_ref().filter(|name| !model.checked.contains_key(*name));
    let plain = name.and_then(|name| Some((name, *structs.get(name)?))).filter(|(_, item)| is_plain_struct(item));
    let is_object = matches!(body.encoding, Encoding::Json | Encoding::Form | Encoding::Multipart);
    if let Some((name, item)) = plain.filter(|_| is_object) {
        let mut fields = Vec::new();
        for field in &item.fields {
            let Some(ident) = &field.ident else { continue };
            let wire = wire_name(field);
            let description = model.property_docs.get(&(name.clone(), wire.clone())).cloned().unwrap_or_default();
            let inner = inside_option(&field.ty).cloned();
            let defaulted = inner.is_none() && has_serde_default(field);
            let ty = inner.clone().unwrap_or_else(|| field.ty.clone());
            fields.push((ident.clone(), slots.len()));
            slots.push(Slot {
                ident: free(ident),
                wire,
                description,
                item: list_item(&ty, model),
                ty: in_types(&ty),
                required: inner.is_none() && !defaulted,
                wrapped: inner.is_some(),
            });
        }
        let body = BodySlots::Struct { name: format_ident!("{name}"), fields };
        return Slots { slots, arguments, body };
    }
    let ty: Type = match (&body.type_name, body.encoding) {
        (Some(name), Encoding::Json | Encoding::Form) => {
            let ident = format_ident!("{name}");
            syn::parse_quote! { types::#ident }
        }
        (_, Encoding::Text) => syn::parse_quote! { ::std::string::String },
        _ => syn::parse_quote! { ::std::vec::Vec<u8> },
    };
    let at = slots.len();
    // bytes are handed over whole, not item by item
    let item = if body.type_name.is_some() && body.encoding == Encoding::Json { list_item(&ty, model) } else { None };
    slots.push(Slot {
        ident: free(&format_ident!("body")),
        wire: "body".to_owned(),
        description: body.description.clone(),
        item,
        ty,
        required: body.required,
        wrapped: false,
    });
    Slots { slots, arguments, body: BodySlots::Whole { at } }
}

/// Progenitor's argument for the bytes of a body.
fn is_body(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.is_ident("B"))
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
