//! Slots: the values that a request builder holds, derived from the operation's parameters and its body type.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;
use quote::format_ident;
use syn::Type;

use super::{checked_types::described, short_paths::ShortPaths};
use crate::{
    docs::deprecation,
    model::{Checked, Constraints, Encoding, Model, Operation},
    naming,
    syntax::{has_serde_default, inside, inside_option, is_flattened, is_left_out, json_name, last_segment},
};

/// One value of a request builder.
pub(super) struct Slot {
    pub(super) ident: Ident,
    /// JSON name.
    pub(super) json_name: String,
    pub(super) description: String,
    /// The constraints of its type in prose; empty if it has none.
    pub(super) constraints: String,
    pub(super) deprecated: bool,
    /// Type of the builder's field.
    pub(super) ty: Type,
    /// Type of the items, if the setter accepts an iterator of items.
    pub(super) item: Option<Type>,
    pub(super) required: bool,
    /// Whether the value is nullable.
    pub(super) nullable: bool,
    /// Whether its field of the body struct is an `Option`. Absent arrays and maps are empty fields instead.
    pub(super) wrapped: bool,
}

impl Slot {
    /// Shortens the paths in its types.
    pub(super) fn shorten(&mut self, paths: &mut ShortPaths) {
        [Some(&mut self.ty), self.item.as_mut()].into_iter().flatten().for_each(|ty| paths.shorten(ty));
    }
}

/// The values of a request builder, and how they form the request.
pub(super) struct Slots {
    pub(super) slots: Vec<Slot>,
    /// Number of leading slots that are parameters, in the order of the operation table.
    pub(super) parameters: usize,
    pub(super) body: BodySlots,
}

/// How slots form the request body.
pub(super) enum BodySlots {
    /// No body.
    None,
    /// A struct with one slot for each field.
    Struct { name: Ident, fields: Vec<(Ident, usize)> },
    /// The complete body in one slot.
    Whole { at: usize },
}

/// Returns the slots of an operation: parameters in the order of the operation table, then the body.
pub(super) fn slots(
    operation: &Operation,
    parameter_types: &[Type],
    structs: &BTreeMap<String, &syn::ItemStruct>,
    model: &Model,
) -> Slots {
    let mut slots: Vec<Slot> = Vec::new();
    let mut taken = BTreeSet::from(
        ["send", "send_with_response", "into_request", "client", "violation", "new", "raw_body"].map(str::to_owned),
    );
    // equal names get their location as a suffix, and underscores after that
    let mut free = move |name: &str, location: &str| {
        let mut name = name.to_owned();
        // names that differ may still be the same identifier
        let ident = |name: &str| naming::ident(name).to_string();
        if taken.contains(&ident(&name)) && !location.is_empty() {
            name = format!("{name}_in_{location}");
        }
        while !taken.insert(ident(&name)) {
            name.push('_');
        }
        naming::ident(&name)
    };
    for (parameter, ty) in operation.parameters.iter().zip(parameter_types) {
        let ty = in_types(ty);
        slots.push(Slot {
            ident: free(&naming::snake(&parameter.name), &parameter.location),
            json_name: parameter.name.clone(),
            description: parameter.docs(),
            constraints: constraints_of(&ty, model),
            deprecated: parameter.deprecated,
            item: list_item(&ty, structs, model),
            ty,
            required: parameter.required,
            nullable: false,
            wrapped: false,
        });
    }
    let parameters = slots.len();
    let Some(body) = &operation.body else { return Slots { slots, parameters, body: BodySlots::None } };
    let name = body.type_name.as_ref().filter(|name| !model.checked.contains_key(*name));
    let plain = name.and_then(|name| Some((name, *structs.get(name)?))).filter(|(_, item)| is_plain_struct(item));
    let is_object = matches!(body.encoding, Encoding::Json | Encoding::Form | Encoding::Multipart);
    if let Some((name, item)) = plain.filter(|_| is_object) {
        let mut fields = Vec::new();
        for field in &item.fields {
            let Some(ident) = &field.ident else { continue };
            let json_name = json_name(field);
            let described = model.property_docs.get(&(name.clone(), json_name.clone())).map(String::as_str);
            let (description, deprecated) = deprecation(described.unwrap_or_default());
            let inner = inside_option(&field.ty).cloned();
            let defaulted = inner.is_none() && has_serde_default(field);
            let beside_null = inner.as_ref().and_then(inside_option).cloned();
            // null is a value of its own, and not the absence of one
            let required = if inner.is_some() { !is_left_out(field) } else { !defaulted };
            let nullable = beside_null.is_some() || (inner.is_some() && required);
            let ty = beside_null.or(inner.clone()).unwrap_or_else(|| field.ty.clone());
            fields.push((ident.clone(), slots.len()));
            let ident = free(ident.to_string().trim_start_matches("r#"), "");
            if nullable {
                free(&null_setter(&ident).to_string(), "");
            }
            slots.push(Slot {
                ident,
                json_name,
                description,
                constraints: constraints_of(&ty, model),
                deprecated,
                item: list_item(&ty, structs, model).filter(|_| !nullable),
                ty: in_types(&ty),
                required,
                nullable,
                wrapped: inner.is_some(),
            });
        }
        let body = BodySlots::Struct { name: format_ident!("{name}"), fields };
        return Slots { slots, parameters, body };
    }
    let ty: Type = match (&body.type_name, body.encoding) {
        (Some(name), Encoding::Json | Encoding::Form) => {
            let ident = format_ident!("{name}");
            syn::parse_quote! { types::#ident }
        }
        (_, Encoding::Multipart) => syn::parse_quote! { runtime::Parts },
        (None, Encoding::Json) => syn::parse_quote! { ::serde_json::Value },
        (_, Encoding::Text) => syn::parse_quote! { ::std::string::String },
        _ => syn::parse_quote! { ::std::vec::Vec<u8> },
    };
    let at = slots.len();
    // bytes are not set item by item
    let item =
        if body.type_name.is_some() && body.encoding == Encoding::Json { list_item(&ty, structs, model) } else { None };
    slots.push(Slot {
        ident: free("body", ""),
        json_name: "body".to_owned(),
        description: body.description.clone(),
        constraints: constraints_of(&ty, model),
        deprecated: false,
        item,
        ty,
        required: body.required,
        nullable: false,
        wrapped: false,
    });
    Slots { slots, parameters, body: BodySlots::Whole { at } }
}

/// Returns the constraints of a constrained type in prose; an empty string for other types.
fn constraints_of(ty: &Type, model: &Model) -> String {
    match last_segment(ty).and_then(|name| model.checked.get(&name)) {
        Some(Checked::Constrained { constraints, .. }) => described(constraints),
        _ => String::new(),
    }
}

/// Returns the name of the setter that sends a property as null.
pub(super) fn null_setter(ident: &Ident) -> Ident {
    format_ident!("{}_null", ident.to_string().trim_start_matches("r#").trim_end_matches('_'))
}

/// Returns whether all fields of a struct are properties: it is not a newtype and flattens nothing.
fn is_plain_struct(item: &syn::ItemStruct) -> bool {
    matches!(item.fields, syn::Fields::Named(_)) && !item.fields.is_empty() && !item.fields.iter().any(is_flattened)
}

/// Prefixes local names of the `types` module with its path, because the builders are outside of it.
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
            path.path.segments.insert(0, format_ident!("types").into());
        }
    }
}

/// Returns the item type of an array that a setter accepts item by item.
fn list_item(ty: &Type, structs: &BTreeMap<String, &syn::ItemStruct>, model: &Model) -> Option<Type> {
    if let Some(item) = inside(ty, "Vec") {
        return Some(in_types(item));
    }
    // a component that is a newtype of an array
    if let Some(syn::Fields::Unnamed(fields)) = structs.get(&last_segment(ty)?).map(|item| &item.fields)
        && let Some(item) = fields.unnamed.first().and_then(|field| inside(&field.ty, "Vec"))
        && !model.checked.contains_key(&last_segment(ty)?)
    {
        return Some(in_types(item));
    }
    let Checked::Constrained { constraints: Constraints::Array { item, .. }, .. } =
        model.checked.get(&last_segment(ty)?)?
    else {
        return None;
    };
    // types of the runtime are not in the `types` module
    match model.checked.get(item) {
        Some(Checked::Secret | Checked::File) => None,
        _ => Some(in_types(&syn::parse_str(item).ok()?)),
    }
}
