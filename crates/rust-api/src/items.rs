//! The items of the surface: every name that callers of generated code can use, with kind and signature.

use std::collections::BTreeMap;

use syn::{Fields, Item, Visibility};

use crate::{
    expand::parse_file,
    implemented::{CONSTRAINED_ERROR, CONVERSIONS, implemented, is_constrained_string, parsed},
    surface::{derives, readable},
};

/// Kind of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// A struct, an enum or an alias.
    Type,
    /// A public field of a struct.
    Field,
    /// A variant of an enum.
    Variant,
    /// A public function of a type.
    Method,
    /// A public constant of a type: its constraints.
    Constant,
    /// A trait that a type implements.
    Trait,
}

/// One item of the surface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurfaceItem {
    /// Kind of the item.
    pub kind: ItemKind,
    /// What follows its name: a type, a signature, a value, or the associated types of an implementation.
    pub signature: String,
    /// Whether a new field or variant can break callers: the item is not `#[non_exhaustive]`, and all its fields are
    /// public.
    pub closed: bool,
}

/// Returns the items of generated code by path, such as `types::OAuthClient::secret`. Code that is not valid Rust has
/// no items.
pub fn items(code: &str) -> BTreeMap<String, SurfaceItem> {
    parse_file(code).map(of_file).map(with_errors).unwrap_or_default()
}

/// Adds their error to the conversions of the macro `parsed`: that of `FromStr`, which another part of a file may
/// contain.
pub(crate) fn with_errors(mut found: BTreeMap<String, SurfaceItem>) -> BTreeMap<String, SurfaceItem> {
    let mut errors = Vec::new();
    for path in found.iter().filter(|(_, item)| item.signature.is_empty()).map(|(path, _)| path) {
        if let Some(ty) = CONVERSIONS.iter().find_map(|(of, _)| path.strip_suffix(&format!(": {of}")))
            && let Some(parsed) = found.get(&format!("{ty}: FromStr"))
        {
            errors.push((path.clone(), parsed.signature.replacen("Err", "Error", 1)));
        }
    }
    for (path, error) in errors {
        found.entry(path).and_modify(|item| item.signature = error);
    }
    found
}

pub(crate) fn of_file(file: syn::File) -> BTreeMap<String, SurfaceItem> {
    let mut found = Found::default();
    for item in file.items {
        match &item {
            Item::Mod(module) if is_public(&module.vis) => {
                let items = module.content.as_ref().map(|(_, items)| items.as_slice()).unwrap_or_default();
                found.module(&module.ident.to_string(), items);
            }
            Item::Impl(block) if block.trait_.is_none() => {
                if let Some(name) = last_name(&block.self_ty) {
                    found.methods(&name, block);
                }
            }
            _ => {}
        }
    }
    found.0
}

#[derive(Default)]
struct Found(BTreeMap<String, SurfaceItem>);

impl Found {
    fn add(&mut self, path: String, kind: ItemKind, signature: String, closed: bool) {
        // inside its module, a type may be named with or without the module
        let signature = if path.starts_with("types::") { signature.replace("types::", "") } else { signature };
        self.0.insert(path, SurfaceItem { kind, signature, closed });
    }

    fn module(&mut self, module: &str, items: &[Item]) {
        for item in items {
            match item {
                Item::Struct(item) if is_public(&item.vis) => {
                    let path = format!("{module}::{}", item.ident);
                    let all_public = item.fields.iter().all(|field| is_public(&field.vis));
                    let closed = all_public && !is_open(&item.attrs);
                    self.add(path.clone(), ItemKind::Type, format!("struct{}", generics(&item.generics)), closed);
                    self.derived(&path, &item.attrs);
                    for (index, field) in item.fields.iter().enumerate().filter(|(_, field)| is_public(&field.vis)) {
                        let name = field.ident.as_ref().map_or_else(|| index.to_string(), ToString::to_string);
                        self.add(format!("{path}::{name}"), ItemKind::Field, readable(&field.ty), false);
                    }
                }
                Item::Enum(item) if is_public(&item.vis) => {
                    let path = format!("{module}::{}", item.ident);
                    self.add(
                        path.clone(),
                        ItemKind::Type,
                        format!("enum{}", generics(&item.generics)),
                        !is_open(&item.attrs),
                    );
                    self.derived(&path, &item.attrs);
                    for variant in &item.variants {
                        let fields = match &variant.fields {
                            Fields::Unit => String::new(),
                            fields => fields.iter().map(|field| readable(&field.ty)).collect::<Vec<_>>().join(", "),
                        };
                        self.add(format!("{path}::{}", variant.ident), ItemKind::Variant, fields, false);
                    }
                }
                Item::Type(item) if is_public(&item.vis) => {
                    self.add(
                        format!("{module}::{}", item.ident),
                        ItemKind::Type,
                        format!("= {}", readable(&item.ty)),
                        false,
                    );
                    if is_constrained_string(&item.ty) {
                        self.conversions(module, &item.ident, format!("Error = {CONSTRAINED_ERROR}"));
                    }
                }
                Item::Macro(item) => {
                    if let Some((name, traits)) = implemented(item) {
                        self.traits(&format!("{module}::{name}"), traits);
                    }
                    for name in parsed(item) {
                        self.conversions(module, &name, String::new());
                    }
                }
                Item::Impl(block) => {
                    if let Some(name) = last_name(&block.self_ty) {
                        match &block.trait_ {
                            Some((of, _)) => {
                                let path = Implemented::of(module, &block.self_ty, of).path;
                                self.add(path, ItemKind::Trait, associated(block), false);
                            }
                            None => self.methods(&format!("{module}::{name}"), block),
                        }
                    }
                }
                Item::Mod(inner) if inner.ident == "constraints" => {
                    for item in inner.content.iter().flat_map(|(_, items)| items) {
                        if let Item::Impl(block) = item
                            && let Some(name) = last_name(&block.self_ty)
                        {
                            self.constants(&format!("{module}::{name}"), block);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn derived(&mut self, path: &str, attributes: &[syn::Attribute]) {
        self.traits(path, derives(attributes));
    }

    /// Adds conversions from strings. `error` is their associated type.
    fn conversions(&mut self, module: &str, name: &syn::Ident, error: String) {
        for (of, _) in CONVERSIONS {
            self.add(format!("{module}::{name}: {of}"), ItemKind::Trait, error.clone(), false);
        }
    }

    fn traits(&mut self, path: &str, names: Vec<String>) {
        for name in names {
            self.add(format!("{path}: {name}"), ItemKind::Trait, String::new(), false);
        }
    }

    fn methods(&mut self, path: &str, block: &syn::ItemImpl) {
        for item in &block.items {
            match item {
                syn::ImplItem::Fn(function) if is_public(&function.vis) => {
                    let signature = readable(&function.sig);
                    self.add(format!("{path}::{}", function.sig.ident), ItemKind::Method, signature, false);
                }
                syn::ImplItem::Const(constant) if is_public(&constant.vis) => {
                    let value = readable(&constant.expr);
                    self.add(format!("{path}::{}", constant.ident), ItemKind::Constant, value, false);
                }
                _ => {}
            }
        }
    }

    /// Adds the constraints of an alias, from the module `constraints` beside it.
    fn constants(&mut self, path: &str, block: &syn::ItemImpl) {
        for item in &block.items {
            if let syn::ImplItem::Const(constant) = item {
                let value = readable(&constant.expr);
                self.add(format!("{path}::{}", constant.ident), ItemKind::Constant, value, false);
            }
        }
    }
}

/// An implementation of a trait, attributed to a type of the generated code: `From<Name> for String` becomes
/// `Name: Into<String>`.
pub(crate) struct Implemented {
    /// Such as `types::Name: Display`, or `types::Name: Into<String>`.
    pub(crate) path: String,
    pub(crate) ty: syn::Type,
    pub(crate) of: syn::Path,
}

impl Implemented {
    pub(crate) fn of(module: &str, ty: &syn::Type, of: &syn::Path) -> Self {
        let source = of.segments.last().filter(|last| last.ident == "From").and_then(|last| match &last.arguments {
            syn::PathArguments::AngleBracketed(of) => match of.args.first() {
                Some(syn::GenericArgument::Type(source)) if is_own(source) => Some(source),
                _ => None,
            },
            _ => None,
        });
        match source {
            Some(source) if !is_own(ty) => {
                let of: syn::Path = syn::parse_quote!(Into<#ty>);
                Self { path: format!("{module}::{}: {}", readable(source), trait_name(&of)), ty: source.clone(), of }
            }
            _ => {
                let path = format!("{module}::{}: {}", readable(ty), trait_name(of));
                Self { path, ty: ty.clone(), of: of.clone() }
            }
        }
    }
}

/// Returns whether a type is of the same module: a path of one identifier.
fn is_own(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.get_ident().is_some())
}

/// Returns the associated types of an implementation, such as its error.
fn associated(block: &syn::ItemImpl) -> String {
    let types = block.items.iter().filter_map(|item| match item {
        syn::ImplItem::Type(ty) => Some(format!("{} = {}", ty.ident, readable(&ty.ty))),
        _ => None,
    });
    types.collect::<Vec<_>>().join(", ")
}

/// Returns the name of a trait without its path and lifetimes.
fn trait_name(of: &syn::Path) -> String {
    let Some(last) = of.segments.last() else { return String::new() };
    let syn::PathArguments::AngleBracketed(given) = &last.arguments else { return last.ident.to_string() };
    let types = given.args.iter().filter(|one| !matches!(one, syn::GenericArgument::Lifetime(_))).map(readable);
    match types.collect::<Vec<_>>().join(", ") {
        none if none.is_empty() => last.ident.to_string(),
        types => format!("{}<{types}>", last.ident),
    }
}

pub(crate) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

pub(crate) fn is_open(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("non_exhaustive"))
}

fn generics(generics: &syn::Generics) -> String {
    if generics.params.is_empty() { String::new() } else { format!(" {}", readable(generics)) }
}

pub(crate) fn last_name(ty: &syn::Type) -> Option<String> {
    match ty {
        syn::Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        syn::Type::Reference(reference) => last_name(&reference.elem),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_every_public_item() {
        let found = items(
            "impl crate::Api { pub fn one(&self) -> operations::One<'_> { todo() } fn private(&self) {} }
            pub mod types { #[derive(Clone, ::serde::Serialize)] pub struct A { pub x: ::std::string::String }
                #[non_exhaustive] pub enum B { One, Two(A) } pub type C = u8; impl ::std::fmt::Display for A {} }",
        );
        let shown: Vec<_> = found
            .iter()
            .map(|(path, item)| format!("{path} {:?} {} {}", item.kind, item.signature, item.closed))
            .collect();
        assert_eq!(
            shown,
            [
                "Api::one Method fn one(&self) -> operations::One<'_> false",
                "types::A Type struct true",
                "types::A: Clone Trait  false",
                "types::A: Display Trait  false",
                "types::A: Serialize Trait  false",
                "types::A::x Field String false",
                "types::B Type enum false",
                "types::B::One Variant  false",
                "types::B::Two Variant A false",
                "types::C Type = u8 false",
            ]
        );
    }
}
