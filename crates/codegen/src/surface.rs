//! The surface: what callers see of generated code, short enough to be reviewed.

use std::collections::BTreeMap;

use syn::{Fields, Item, Visibility};

use crate::model::Model;

/// The first line of a surface.
pub const SURFACE_HEADING: &str = "# What callers see of the generated client: operations, then builders and types.";

/// Operations with method and path, then every public item with its fields.
pub(crate) struct Surface {
    lines: Vec<String>,
}

impl Surface {
    pub(crate) fn new(model: &Model) -> Self {
        let mut lines = vec![SURFACE_HEADING.to_owned(), String::new()];
        for operation in &model.operations {
            lines.push(format!("{} = {} {}", operation.name, operation.method, operation.path));
            for response in &operation.responses {
                let body = response.body.as_deref().or(response.content_type.as_deref()).unwrap_or("no body");
                lines.push(format!("    {}: {body}", response.status));
            }
        }
        Self { lines }
    }

    /// Items of a public module.
    pub(crate) fn add(&mut self, module: &str, items: &[Item]) {
        module_lines(module, items, &mut self.lines);
    }

    pub(crate) fn text(self) -> String {
        self.lines.join("\n") + "\n"
    }
}

fn module_lines(path: &str, items: &[Item], lines: &mut Vec<String>) {
    let methods = methods(items);
    for item in items {
        match item {
            Item::Struct(item) if matches!(item.vis, Visibility::Public(_)) => {
                lines.push(String::new());
                lines.push(format!("struct {path}::{}{}", item.ident, derives(&item.attrs)));
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
                lines.push(format!("enum {path}::{}{}", item.ident, derives(&item.attrs)));
                for variant in &item.variants {
                    let fields: Vec<_> = variant.fields.iter().map(|field| readable(&field.ty)).collect();
                    let fields = if fields.is_empty() { String::new() } else { format!("({})", fields.join(", ")) };
                    lines.push(format!("    {}{fields}", variant.ident));
                }
            }
            _ => {}
        }
    }
}

/// Public functions of each type, and the constants that hold its rules.
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

fn derives(attributes: &[syn::Attribute]) -> String {
    let mut names = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        // the last word of each path is what matters
        let _ = attribute.parse_nested_meta(|meta| {
            names.extend(meta.path.segments.last().map(|segment| segment.ident.to_string()));
            Ok(())
        });
    }
    if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) }
}

/// Tokens as a person writes them, without the paths of the standard library.
fn readable(tokens: &impl quote::ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (from, to) in [
        (":: std :: option :: ", ""),
        (":: std :: string :: ", ""),
        (":: std :: vec :: ", ""),
        (":: std :: fmt :: ", ""),
        (":: std :: collections :: ", ""),
        (":: std :: convert :: ", ""),
        (":: blynk_runtime :: ", "runtime::"),
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
    ] {
        if text.contains(from) {
            text = text.replace(from, to);
        }
    }
    text
}
