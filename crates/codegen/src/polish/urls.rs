//! Uses the URL that the runtime built, with path and query, in every request.

use openapi::Problem;
use syn::{Expr, Pat, Stmt};

use super::Polished;
use crate::{lower::Lowered, settings::Settings};

pub(super) fn run(polished: &mut Polished, lowered: &Lowered, _: &Settings) -> Result<(), Vec<Problem>> {
    let url: Stmt = syn::parse_quote! { let url = self.inner.url(); };
    let mut replaced = 0;
    for statement in polished.transport_bodies().flat_map(|body| &mut body.stmts) {
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
    let what = format!("found {replaced} URLs in progenitor's code, expected {operations}");
    Err(vec![Problem::bug(what)])
}
