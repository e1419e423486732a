//! Matches patterns with the `regex` crate, in linear time, instead of typify's engine.

use openapi::{Problem, plain::one_line};
use quote::quote;
use syn::{Block, ImplItem, Item, LitStr, Stmt, parse_quote, visit::Visit};

use super::Polished;
use crate::{lower::Lowered, pattern_table::Patterns, settings::Settings};

pub(super) fn run(polished: &mut Polished, lowered: &Lowered, _: &Settings) -> Result<(), Vec<Problem>> {
    for item in &mut polished.types {
        let Item::Impl(block) = item else { continue };
        for function in &mut block.items {
            if let ImplItem::Fn(function) = function
                && function.sig.ident == "from_str"
            {
                rewrite(&mut function.block, &lowered.patterns);
            }
        }
    }
    Ok(())
}

/// Replaces the two statements with which typify matches a pattern: the static, and the test.
fn rewrite(block: &mut Block, patterns: &Patterns) {
    let at = block.stmts.iter().position(|statement| matches!(statement, Stmt::Item(Item::Static(_))));
    let Some(at) = at.filter(|at| at + 1 < block.stmts.len()) else { return };
    let mut signs = Signs::default();
    signs.visit_stmt(&block.stmts[at]);
    let found = patterns.of_placeholders(&signs.0);
    let written: Vec<_> = found.iter().map(|(written, _)| format!("\"{written}\"")).collect();
    let error = one_line(&format!("violates pattern {}", written.join(" and ")));
    let count = found.len();
    let regexes =
        found.iter().map(|(_, pattern)| pattern.as_str()).map(|text| quote! { ::regex::Regex::new(#text).ok() });
    let regexes = regexes.collect::<Vec<_>>();
    // the generator has compiled each pattern, so `ok` drops none
    let statement: Stmt = parse_quote! {
        static PATTERNS: ::std::sync::LazyLock<[::std::option::Option<::regex::Regex>; #count]> =
            ::std::sync::LazyLock::new(|| [#(#regexes),*]);
    };
    let test: Stmt = parse_quote! {
        if !PATTERNS.iter().flatten().all(|pattern| pattern.is_match(value)) {
            return Err(#error.into());
        }
    };
    block.stmts.splice(at..at + 2, [statement, test]);
}

/// The string literals of a statement.
#[derive(Default)]
struct Signs(String);

impl<'s> Visit<'s> for Signs {
    fn visit_lit_str(&mut self, text: &'s LitStr) {
        self.0.push_str(&text.value());
    }

    fn visit_macro(&mut self, _: &'s syn::Macro) {}
}
