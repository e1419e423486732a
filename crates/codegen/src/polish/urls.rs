//! Every request goes where its call says: the runtime has written path and query.

use blynk_document::Problem;
use quote::ToTokens as _;
use syn::{Pat, Stmt, visit_mut::VisitMut};

use super::Polished;
use crate::{Settings, lower::Lowering};

pub(super) fn run(polished: &mut Polished, lowering: &Lowering, _: &Settings) -> Result<(), Vec<Problem>> {
    let mut replacer = Replacer { replaced: 0 };
    for item in &mut polished.raw {
        replacer.visit_item_mut(item);
    }
    let operations = lowering.model.operations.len();
    if replacer.replaced == operations {
        return Ok(());
    }
    let what = format!("{} of {operations} URLs found in progenitor's code", replacer.replaced);
    Err(vec![Problem::new(what, "adapt the polish pass `urls` to this version of progenitor")])
}

struct Replacer {
    replaced: usize,
}

impl VisitMut for Replacer {
    fn visit_stmt_mut(&mut self, statement: &mut Stmt) {
        if let Stmt::Local(local) = statement
            && matches!(&local.pat, Pat::Ident(name) if name.ident == "url")
            && local.init.as_ref().is_some_and(|init| init.expr.to_token_stream().to_string().starts_with("format !"))
        {
            *statement = syn::parse_quote! { let url = self.inner.url(); };
            self.replaced += 1;
        } else {
            syn::visit_mut::visit_stmt_mut(self, statement);
        }
    }
}
