//! Documentation that rustdoc shows as the document's author meant it.

use blynk_document::Problem;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, visit_mut::VisitMut};

use super::Polished;
use crate::{Settings, docs::lines, lower::Lowering, syntax::wire_name};

pub(super) fn run(polished: &mut Polished, lowering: &Lowering, _: &Settings) -> Result<(), Vec<Problem>> {
    for item in polished.structs() {
        let name = item.ident.to_string();
        for field in &mut item.fields {
            if field.attrs.iter().any(|attribute| attribute.path().is_ident("doc")) {
                continue;
            }
            if let Some(description) = lowering.model.property_docs.get(&(name.clone(), wire_name(field))) {
                field.attrs.insert(0, syn::parse_quote! { #[doc = #description] });
            }
        }
    }
    for item in &mut polished.types {
        Rewriter.visit_item_mut(item);
    }
    Ok(())
}

struct Rewriter;

impl VisitMut for Rewriter {
    fn visit_attributes_mut(&mut self, all: &mut Vec<Attribute>) {
        let mut rewritten = Vec::new();
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
}

/// The attribute with another text.
fn line(text: &str, mut attribute: Attribute) -> Attribute {
    if let Meta::NameValue(meta) = &mut attribute.meta
        && let Expr::Lit(ExprLit { lit, .. }) = &mut meta.value
    {
        *lit = Lit::Str(syn::LitStr::new(text, lit.span()));
    }
    attribute
}

/// The text of a doc attribute.
fn text_of(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
