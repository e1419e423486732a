//! Documentation that rustdoc shows as the document's author meant it.

use openapi::Problem;
use syn::{Attribute, Expr, ExprLit, Item, Lit, Meta};

use super::Polished;
use crate::{
    docs::{code, lines},
    lower::Lowered,
    settings::Settings,
    syntax::json_name,
};

pub(super) fn run(polished: &mut Polished, lowered: &Lowered, _: &Settings) -> Result<(), Vec<Problem>> {
    for item in polished.structs() {
        let name = item.ident.to_string();
        for field in &mut item.fields {
            if field.attrs.iter().any(|attribute| attribute.path().is_ident("doc")) {
                continue;
            }
            if let Some(description) = lowered.model.property_docs.get(&(name.clone(), json_name(field))) {
                field.attrs.insert(0, syn::parse_quote! { #[doc = #description] });
            }
        }
    }
    // what typify implements has no documentation
    for item in &mut polished.types {
        match item {
            Item::Struct(item) => {
                named(&mut item.attrs, &item.ident);
                rewrite(&mut item.attrs);
                item.fields.iter_mut().for_each(|field| rewrite(&mut field.attrs));
            }
            Item::Enum(item) => {
                named(&mut item.attrs, &item.ident);
                rewrite(&mut item.attrs);
                for variant in &mut item.variants {
                    rewrite(&mut variant.attrs);
                    variant.fields.iter_mut().for_each(|field| rewrite(&mut field.attrs));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Where a description is missing, typify writes the type's name in its place.
fn named(all: &mut [Attribute], ident: &syn::Ident) {
    let name = code(&ident.to_string());
    for attribute in all {
        if text_of(attribute).is_some_and(|text| text == name) {
            *attribute = line(&format!("{name} of the document."), attribute.clone());
        }
    }
}

fn rewrite(all: &mut Vec<Attribute>) {
    if !all.iter().any(|attribute| attribute.path().is_ident("doc")) {
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

/// The attribute with another text.
pub(super) fn line(text: &str, mut attribute: Attribute) -> Attribute {
    if let Meta::NameValue(meta) = &mut attribute.meta
        && let Expr::Lit(ExprLit { lit, .. }) = &mut meta.value
    {
        *lit = Lit::Str(syn::LitStr::new(text, lit.span()));
    }
    attribute
}

/// The text of a doc attribute.
pub(super) fn text_of(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
