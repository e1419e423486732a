//! Sanitizes descriptions for rustdoc, and documents what has no description.

use openapi::Problem;
use syn::{Attribute, Expr, ExprLit, Field, Fields, Item, Lit, Meta};

use super::Polished;
use crate::{
    docs::{code, lines},
    lower::Lowered,
    settings::Settings,
    syntax::{is_flattened, json_name},
};

pub(super) fn run(polished: &mut Polished, lowered: &Lowered, _: &Settings) -> Result<(), Vec<Problem>> {
    for item in polished.structs() {
        let name = item.ident.to_string();
        for field in &mut item.fields {
            if is_documented(&field.attrs) || is_flattened(field) {
                continue;
            }
            if let Some(description) = lowered.model.property_docs.get(&(name.clone(), json_name(field))) {
                field.attrs.insert(0, syn::parse_quote! { #[doc = #description] });
            }
        }
    }
    // impl blocks by typify have no documentation
    for item in &mut polished.types {
        match item {
            Item::Struct(item) => {
                summarize(&mut item.attrs, &item.ident, lowered);
                rewrite(&mut item.attrs);
                for field in &mut item.fields {
                    rewrite(&mut field.attrs);
                    summarize_field(field);
                }
            }
            Item::Enum(item) => {
                summarize(&mut item.attrs, &item.ident, lowered);
                rewrite(&mut item.attrs);
                for variant in &mut item.variants {
                    if matches!(variant.fields, Fields::Unit) && !is_documented(&variant.attrs) {
                        let value = format!(" {}", code(&json_value(variant)));
                        variant.attrs.insert(0, syn::parse_quote! { #[doc = #value] });
                        continue;
                    }
                    rewrite(&mut variant.attrs);
                    variant.fields.iter_mut().for_each(|field| rewrite(&mut field.attrs));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn is_documented(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("doc"))
}

/// Documents a field without a description by its JSON name.
fn summarize_field(field: &mut Field) {
    if field.ident.is_none() || is_documented(&field.attrs) {
        return;
    }
    let summary = if is_flattened(field) {
        " Properties that the document does not list.".to_owned()
    } else {
        format!(" Property {}.", code(&json_name(field)))
    };
    field.attrs.insert(0, syn::parse_quote! { #[doc = #summary] });
}

/// Replaces the type's name, which typify writes in place of a missing description, by a summary.
fn summarize(attributes: &mut [Attribute], ident: &syn::Ident, lowered: &Lowered) {
    let placeholder = code(&ident.to_string());
    for attribute in attributes {
        if text_of(attribute).is_some_and(|text| text == placeholder) {
            *attribute = line(&summary(&ident.to_string(), lowered), attribute.clone());
        }
    }
}

/// Returns a summary of a type by the location of its schema.
pub(crate) fn summary(name: &str, lowered: &Lowered) -> String {
    let Some(pointer) = lowered.model.origins.get(name) else { return format!("Schema {}.", code(name)) };
    if let Some(component) = pointer.strip_prefix("/components/schemas/") {
        return match component.split_once('/') {
            None => format!("Component schema {}.", code(&decoded(component))),
            Some((owner, _)) => format!("Inline schema in the component schema {}.", code(&decoded(owner))),
        };
    }
    // `/paths/{path}/{method}`, then the pointer within the operation
    let split = pointer.match_indices('/').nth(3).map(|(at, _)| pointer.split_at(at));
    let found = split.and_then(|(of, rest)| {
        Some((lowered.model.operations.iter().find(|operation| operation.pointer == of)?, rest))
    });
    let Some((operation, rest)) = found else { return format!("Schema {}.", code(name)) };
    let target = code(&format!("{} {}", operation.method, operation.path));
    let steps: Vec<_> = rest.split('/').skip(1).collect();
    match steps.as_slice() {
        ["requestBody", "content", _, "schema"] => format!("Request body of {target}."),
        ["responses", status, "content", _, "schema"] => format!("Response body of {target} for status {status}."),
        _ => format!("Inline schema of {target}."),
    }
}

/// Returns a token of a JSON Pointer without its escapes.
fn decoded(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// Returns the JSON value of an enum's variant: its `serde(rename)`, or its identifier.
fn json_value(variant: &syn::Variant) -> String {
    let mut value = variant.ident.to_string();
    for attribute in variant.attrs.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        // an attribute without a rename keeps the identifier
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                value = meta.value()?.parse::<syn::LitStr>()?.value();
            }
            Ok(())
        });
    }
    value
}

fn rewrite(all: &mut Vec<Attribute>) {
    if !is_documented(all) {
        return;
    }
    let mut rewritten = Vec::with_capacity(all.len());
    for attribute in all.drain(..) {
        match text_of(&attribute) {
            Some(text) => match lines(&text) {
                empty if empty.is_empty() => rewritten.push(line("", attribute)),
                text => rewritten.extend(text.lines().map(|text| line(text, attribute.clone()))),
            },
            None => rewritten.push(attribute),
        }
    }
    *all = rewritten;
}

/// Returns a doc attribute with another text.
pub(super) fn line(text: &str, mut attribute: Attribute) -> Attribute {
    if let Meta::NameValue(meta) = &mut attribute.meta
        && let Expr::Lit(ExprLit { lit, .. }) = &mut meta.value
    {
        *lit = Lit::Str(syn::LitStr::new(text, lit.span()));
    }
    attribute
}

/// Returns the text of a doc attribute.
pub(super) fn text_of(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
