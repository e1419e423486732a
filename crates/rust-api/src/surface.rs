//! The surface of generated code as text with one item per line, for review.

use std::collections::BTreeMap;

use syn::{Fields, Item, Visibility};

use crate::{expand::parse_file, implemented::implemented};

/// Returns the public items of the modules of generated code, with their fields, one per line. Code that is not valid
/// Rust has no items.
pub fn surface(code: &str) -> String {
    let mut lines = Vec::new();
    for item in parse_file(code).map(|file| file.items).unwrap_or_default() {
        if let Item::Mod(module) = &item
            && matches!(module.vis, Visibility::Public(_))
            && let Some((_, items)) = &module.content
        {
            module_lines(&module.ident.to_string(), items, &mut lines);
        }
    }
    lines.join("\n") + "\n"
}

fn module_lines(path: &str, items: &[Item], lines: &mut Vec<String>) {
    let methods = methods(items);
    let macros = items.iter().filter_map(|item| match item {
        Item::Macro(item) => implemented(item),
        _ => None,
    });
    let macros: BTreeMap<_, _> = macros.collect();
    let derived = |name: &syn::Ident, attributes: &[syn::Attribute]| {
        let names: Vec<_> = macros.get(name).into_iter().flatten().cloned().chain(derives(attributes)).collect();
        if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) }
    };
    for item in items {
        match item {
            Item::Struct(item) if matches!(item.vis, Visibility::Public(_)) => {
                lines.push(String::new());
                lines.push(format!("struct {path}::{}{}", item.ident, derived(&item.ident, &item.attrs)));
                match &item.fields {
                    Fields::Named(fields) => {
                        for field in fields.named.iter().filter(|field| matches!(field.vis, Visibility::Public(_))) {
                            let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                            lines.push(format!("    {name}: {}", readable(&field.ty)));
                        }
                    }
                    Fields::Unnamed(fields) => {
                        lines.extend(fields.unnamed.iter().map(|field| format!("    ({})", readable(&field.ty))));
                    }
                    Fields::Unit => {}
                }
                lines.extend(methods.get(&item.ident).into_iter().flatten().cloned());
            }
            Item::Enum(item) if matches!(item.vis, Visibility::Public(_)) => {
                lines.push(String::new());
                lines.push(format!("enum {path}::{}{}", item.ident, derived(&item.ident, &item.attrs)));
                for variant in &item.variants {
                    let fields: Vec<_> = variant.fields.iter().map(|field| readable(&field.ty)).collect();
                    let fields = if fields.is_empty() { String::new() } else { format!("({})", fields.join(", ")) };
                    lines.push(format!("    {}{fields}", variant.ident));
                }
            }
            Item::Type(item) if matches!(item.vis, Visibility::Public(_)) => {
                lines.push(String::new());
                lines.push(format!("type {path}::{} = {}", item.ident, readable(&item.ty)));
                lines.extend(constraints_of(&item.ident, items));
            }
            _ => {}
        }
    }
}

/// Returns the constraints of an alias, from the module `constraints` beside it.
fn constraints_of(name: &syn::Ident, items: &[Item]) -> Option<String> {
    let constraints = items.iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "constraints" => module.content.as_ref().map(|(_, items)| items),
        _ => None,
    })?;
    let block = constraints.iter().find_map(|item| match item {
        Item::Impl(block) if matches!(&*block.self_ty, syn::Type::Path(path) if path.path.is_ident(name)) => {
            Some(block)
        }
        _ => None,
    })?;
    block.items.iter().find_map(|item| match item {
        syn::ImplItem::Const(constant) if constant.ident == "CONSTRAINTS" => {
            Some(format!("    CONSTRAINTS = {}", readable(&constant.expr)))
        }
        _ => None,
    })
}

/// Returns the public functions and constants of each type.
fn methods(items: &[Item]) -> BTreeMap<&syn::Ident, Vec<String>> {
    let mut found: BTreeMap<&syn::Ident, Vec<String>> = BTreeMap::new();
    for item in items {
        let Item::Impl(block) = item else { continue };
        let syn::Type::Path(path) = &*block.self_ty else { continue };
        let Some(segment) = path.path.segments.last().filter(|_| block.trait_.is_none()) else { continue };
        let lines = found.entry(&segment.ident).or_default();
        for item in &block.items {
            match item {
                syn::ImplItem::Fn(function) if matches!(function.vis, Visibility::Public(_)) => {
                    lines.push(format!("    {}", readable(&function.sig)));
                }
                syn::ImplItem::Const(constant) if matches!(constant.vis, Visibility::Public(_)) => {
                    lines.push(format!("    {} = {}", constant.ident, readable(&constant.expr)));
                }
                _ => {}
            }
        }
    }
    found
}

/// Returns the traits that a type derives.
pub(crate) fn derives(attributes: &[syn::Attribute]) -> Vec<String> {
    let mut names = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        // an attribute that cannot be parsed derives nothing; only the last segment of each path is used
        let _ = attribute.parse_nested_meta(|meta| {
            names.extend(meta.path.segments.last().map(|segment| segment.ident.to_string()));
            Ok(())
        });
    }
    names
}

/// Formats tokens for reading, without the paths of the standard library.
pub(crate) fn readable(tokens: &impl quote::ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (from, to) in [
        (":: std :: option :: ", ""),
        (":: std :: string :: ", ""),
        (":: std :: vec :: ", ""),
        (":: std :: fmt :: ", ""),
        (":: std :: collections :: ", ""),
        (":: std :: convert :: ", ""),
        (":: runtime :: ", "runtime::"),
        ("crate :: runtime :: ", "runtime::"),
        ("crate :: client :: ", ""),
        (" :: ", "::"),
        (" , ", ", "),
        (" < ", "<"),
        (" >", ">"),
        ("< ", "<"),
        (" :", ":"),
        ("& ", "&"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        ("' ", "'"),
        // trailing commas of broken lines
        (" ,)", ")"),
        (" ,>", ">"),
        (",>", ">"),
        (", }", " }"),
    ] {
        if text.contains(from) {
            text = text.replace(from, to);
        }
    }
    text
}
