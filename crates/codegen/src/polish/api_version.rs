//! Removes the `api-version` header from every request.

use openapi::Problem;
use quote::ToTokens as _;

use super::Polished;
use crate::{lower::Lowered, settings::Settings};

pub(super) fn run(polished: &mut Polished, lowered: &Lowered, _: &Settings) -> Result<(), Vec<Problem>> {
    let mut removed = 0;
    for body in polished.raw_bodies() {
        let before = body.stmts.len();
        body.stmts.retain(|statement| {
            let appends =
                matches!(statement, syn::Stmt::Expr(syn::Expr::MethodCall(call), _) if call.method == "append");
            !(appends && statement.to_token_stream().to_string().contains("\"api-version\""))
        });
        removed += before - body.stmts.len();
    }
    // one a method; anything else means that progenitor has changed and this pass with it
    if removed == lowered.model.operations.len() {
        Ok(())
    } else {
        let what = format!(
            "{} of {} `api-version` headers found in progenitor's code",
            removed,
            lowered.model.operations.len()
        );
        Err(vec![Problem::new(what, "adapt the polish pass `api_version` to this version of progenitor")])
    }
}
