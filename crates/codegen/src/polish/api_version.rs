//! Removes the `api-version` header from every request.

use blynk_document::Problem;
use quote::ToTokens as _;
use syn::{Block, visit_mut::VisitMut};

use super::Polished;
use crate::{Settings, lower::Lowering};

pub(super) fn run(polished: &mut Polished, lowering: &Lowering, _: &Settings) -> Result<(), Vec<Problem>> {
    let mut remover = Remover { removed: 0 };
    for item in &mut polished.raw {
        remover.visit_item_mut(item);
    }
    // one a method; anything else means that progenitor has changed and this pass with it
    if remover.removed == lowering.model.operations.len() {
        Ok(())
    } else {
        let what = format!(
            "{} of {} `api-version` headers found in progenitor's code",
            remover.removed,
            lowering.model.operations.len()
        );
        Err(vec![Problem::new(what, "adapt the polish pass `api_version` to this version of progenitor")])
    }
}

struct Remover {
    removed: usize,
}

impl VisitMut for Remover {
    fn visit_block_mut(&mut self, block: &mut Block) {
        block.stmts.retain(|statement| {
            let sends_it = matches!(statement, syn::Stmt::Expr(syn::Expr::MethodCall(call), _) if call.method == "append")
                && statement.to_token_stream().to_string().contains("\"api-version\"");
            self.removed += usize::from(sends_it);
            !sends_it
        });
        syn::visit_mut::visit_block_mut(self, block);
    }
}
