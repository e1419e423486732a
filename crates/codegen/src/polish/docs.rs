//! Documentation that rustdoc shows as the document's author meant it.

use blynk_document::Problem;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, visit_mut::VisitMut};

use super::{Polished, wire_name};
use crate::{Settings, lower::Lowering};

pub(super) fn run(polished: &mut Polished, lowering: &Lowering, _: &Settings) -> Result<(), Vec<Problem>> {
    for item in polished.structs() {
        let name = item.ident.to_string();
        for field in &mut item.fields {
            let undocumented = !field.attrs.iter().any(|attribute| attribute.path().is_ident("doc"));
            let property = wire_name(field);
            if let Some(description) =
                lowering.model.property_docs.get(&(name.clone(), property)).filter(|_| undocumented)
            {
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
                Some(text) => {
                    let attributes = attributes(&[lines(&text)]);
                    rewritten
                        .extend(syn::parse::Parser::parse2(Attribute::parse_outer, attributes).unwrap_or_default());
                }
                None => rewritten.push(attribute),
            }
        }
        *all = rewritten;
    }
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

/// A description as the text of a doc attribute: safe, and with the space that people put after `///`.
pub(crate) fn lines(text: &str) -> String {
    let text = text.trim();
    if text.starts_with('`') && text.ends_with('`') && text.matches('`').count() == 2 && !text.contains(' ') {
        // typify's stand-in for a missing description: the type's own name
        return format!(" `{}` of the document.", text.trim_matches('`'));
    }
    let indented = safe(text).lines().map(|line| format!(" {line}").trim_end().to_owned()).collect::<Vec<_>>();
    indented.join("\n")
}

/// One doc attribute a line, as a person would write them.
pub(crate) fn attributes(texts: &[String]) -> proc_macro2::TokenStream {
    let lines = texts.iter().flat_map(|text| if text.is_empty() { vec![""] } else { text.lines().collect() });
    quote::quote! { #(#[doc = #lines])* }
}

/// Escapes what rustdoc would take for links and HTML, and makes bare addresses links. Code is left as it is.
pub(crate) fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut in_code = false;
    while let Some(c) = rest.chars().next() {
        let address = if in_code { 0 } else { address_length(rest) };
        if address > 0 {
            let bare = !out.ends_with(['<', '(']);
            out.push_str(if bare { "<" } else { "" });
            out.push_str(&rest[..address]);
            out.push_str(if bare { ">" } else { "" });
            rest = &rest[address..];
            continue;
        }
        match c {
            '`' => in_code = !in_code,
            '<' | '>' | '[' | ']' if !in_code => out.push('\\'),
            _ => {}
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

fn address_length(text: &str) -> usize {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return 0;
    }
    let end =
        text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | ']' | '`')).unwrap_or(text.len());
    text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_rustdoc_from_reading_links_and_html_into_text() {
        assert_eq!(safe("a [b] <c> `[d] <e>`"), "a \\[b\\] \\<c\\> `[d] <e>`");
        assert_eq!(safe("see https://x.example/a?b=c."), "see <https://x.example/a?b=c>.");
        assert_eq!(lines("`Thing`"), " `Thing` of the document.");
        assert_eq!(lines("one\n\ntwo  "), " one\n\n two");
    }
}
