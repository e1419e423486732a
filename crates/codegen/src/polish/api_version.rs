//! Removes the `api-version` header from every request.

use openapi::Problem;
use quote::ToTokens as _;

use super::Polished;
use crate::{lower::Lowered, settings::Settings};

pub(super) fn run(polished: &mut Polished, lowered: &Lowered, _: &Settings) -> Result<(), Vec<Problem>> {
    let mut removed = 0;
    for body in polished.transport_bodies() {
        let before = body.stmts.len();
        body.stmts.retain(|statement| {
            let appends =
                matches!(statement, syn::Stmt::Expr(syn::Expr::MethodCall(call), _) if call.method == "append");
            !(appends && statement.to_token_stream().to_string().contains("\"api-version\""))
        });
        removed += before - body.stmts.len();
    }
    // progenitor writes one for each method; another number means that progenitor has changed
    if removed == lowered.model.operations.len() {
        Ok(())
    } else {
        let what = format!(
            "found {} `api-version` headers in progenitor's code, expected {}",
            removed,
            lowered.model.operations.len()
        );
        Err(vec![Problem::bug(what)])
    }
}
