//! Enums in responses get a variant for values that the document does not list. Enums in requests stay closed, and
//! their parse errors list the documented values.

use std::collections::BTreeSet;

use openapi::{Problem, free_name, plain::one_line, queries::schema_names};
use serde_json::Value;
use syn::{Fields, ImplItem, Item, ItemEnum, ItemImpl, parse_quote, visit_mut::VisitMut};

use super::Polished;
use crate::{
    lower::Lowered,
    settings::Settings,
    syntax::{last_segment, without_derive},
};

/// Maximum number of values that a parse error lists.
const NAMED: usize = 12;

pub(super) fn run(polished: &mut Polished, lowered: &Lowered, settings: &Settings) -> Result<(), Vec<Problem>> {
    let runtime = settings.runtime();
    let distinguishing = distinguishing(lowered);
    let schemas = lowered.document.pointer("/components/schemas");
    let (mut opened, mut messages) = (Vec::new(), Vec::new());
    for item in &mut polished.types {
        let Item::Enum(item) = item else { continue };
        let name = item.ident.to_string();
        let values = schemas.and_then(|schemas| schemas.get(&name)?.get("enum")?.as_array());
        let Some(values) = values.filter(|_| item.variants.iter().all(|one| matches!(one.fields, Fields::Unit))) else {
            continue;
        };
        messages.push((name.clone(), message(values)));
        if lowered.model.in_responses.contains(&name) && !distinguishing.contains(name.as_str()) {
            let unknown: syn::Type = if lowered.model.in_requests.contains(&name) {
                parse_quote! { #runtime::Unknown<false> }
            } else {
                parse_quote! { #runtime::Unknown }
            };
            let variant = open(item);
            item.variants.push(parse_quote! {
                /// A value that the document does not list.
                #[serde(untagged)]
                #[cfg_attr(feature = "schemars", schemars(skip))]
                #variant(#unknown)
            });
            opened.push((name, variant));
        }
    }
    for item in &mut polished.types {
        let Item::Impl(block) = item else { continue };
        let Some((of, implemented)) = last_segment(&block.self_ty).zip(implemented(block)) else { continue };
        match implemented.as_str() {
            "Display" => {
                if let Some((_, variant)) = opened.iter().find(|(name, _)| *name == of) {
                    show(block, variant);
                }
            }
            "FromStr" => {
                if let Some((_, message)) = messages.iter().find(|(name, _)| *name == of) {
                    ReplaceMessage(message).visit_item_impl_mut(block);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Returns a free name for the variant of unlisted values. Removes `Copy` from the enum, because that variant holds a
/// string.
fn open(item: &mut ItemEnum) -> syn::Ident {
    item.attrs.iter_mut().for_each(|attribute| without_derive(attribute, "Copy"));
    let name = free_name("Unknown", |name| item.variants.iter().any(|variant| variant.ident == name));
    quote::format_ident!("{name}")
}

/// Returns the enums whose values distinguish the variants of a union. With an open enum, one variant would accept the
/// values of another.
fn distinguishing(lowered: &Lowered) -> BTreeSet<&str> {
    let schemas = lowered.document.pointer("/components/schemas").and_then(Value::as_object);
    let mut variants = BTreeSet::new();
    for (name, schema) in schemas.into_iter().flatten() {
        let untagged = lowered.model.unions.get(name).is_some_and(|union| union.tag.is_none());
        if untagged {
            variants.extend(schema_names(&schema["properties"]));
        }
        for keyword in ["oneOf", "anyOf"] {
            variants.extend(schema_names(&schema[keyword]));
        }
    }
    let mut found = variants.clone();
    for schema in variants.iter().filter_map(|name| schemas?.get(*name)) {
        found.extend(schema_names(schema));
    }
    found
}

fn implemented(block: &ItemImpl) -> Option<String> {
    let (path, _) = block.trait_.as_ref()?;
    path.segments.last().map(|segment| segment.ident.to_string())
}

fn show(block: &mut ItemImpl, variant: &syn::Ident) {
    for item in &mut block.items {
        if let ImplItem::Fn(function) = item
            && let Some(syn::Stmt::Expr(syn::Expr::Match(matched), _)) = function.block.stmts.first_mut()
        {
            matched.arms.push(parse_quote! { Self::#variant(ref unknown) => f.write_str(unknown.as_str()), });
        }
    }
}

/// Returns the parse error for a value that is not listed.
fn message(values: &[Value]) -> String {
    let named: Vec<_> = values.iter().filter_map(Value::as_str).take(NAMED).map(one_line).collect();
    let more = if values.len() > NAMED { format!(" and {} more", values.len() - NAMED) } else { String::new() };
    format!("violates enum (allowed: {}{more})", named.join(", "))
}

/// Replaces typify's message.
struct ReplaceMessage<'a>(&'a str);

impl VisitMut for ReplaceMessage<'_> {
    fn visit_lit_str_mut(&mut self, literal: &mut syn::LitStr) {
        if literal.value() == "invalid value" {
            *literal = syn::LitStr::new(self.0, literal.span());
        }
    }
}
