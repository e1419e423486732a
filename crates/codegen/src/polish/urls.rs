//! Every request goes where its call says: the runtime has written path and query.

use openapi::Problem;
use syn::{Expr, Pat, Stmt};

use super::Polished;
use crate::{lower::Lowered, settings::Settings};

pub(super) fn run(polished: &mut Polished, lowered: &Lowered, _: &Settings) -> Result<(), Vec<Problem>> {
    let url: Stmt = syn::parse_quote! { let url = self.inner.url(); };
    let mut replaced = 0;
    for statement in polished.raw_bodies().flat_map(|body| &mut body.stmts) {
        if let Stmt::Local(local) = statement
            && matches!(&local.pat, Pat::Ident(name) if name.ident == "url")
            && let Some(Expr::Macro(call)) = local.init.as_ref().map(|init| &*init.expr)
            && call.mac.path.is_ident("format")
        {
            *statement = url.clone();
            replaced += 1;
        }
    }
    let operations = lowered.model.operations.len();
    if replaced == operations {
        return Ok(());
    }
    let what = format!("{replaced} of {operations} URLs found in progenitor's code");
    Err(vec![Problem::new(what, "adapt the polish pass `urls` to this version of progenitor")])
}
