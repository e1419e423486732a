//! Sends OPTIONS and TRACE by `reqwest::Client::request`, because reqwest has no functions of those names.

use openapi::{Method, Problem};
use syn::{Expr, visit_mut::VisitMut};

use super::Polished;
use crate::{lower::Lowered, settings::Settings};

pub(super) fn run(polished: &mut Polished, lowered: &Lowered, _: &Settings) -> Result<(), Vec<Problem>> {
    if !lowered.model.operations.iter().any(|operation| matches!(operation.method, Method::Options | Method::Trace)) {
        return Ok(());
    }
    for item in &mut polished.transport {
        Replacer.visit_item_mut(item);
    }
    Ok(())
}

struct Replacer;

impl VisitMut for Replacer {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        syn::visit_mut::visit_expr_mut(self, expression);
        let Expr::MethodCall(call) = expression else { return };
        let method = match call.method.to_string().as_str() {
            "options" => "OPTIONS",
            "trace" => "TRACE",
            _ => return,
        };
        // only `options` and `trace` of the field `client`, no other function of that name
        let is_client = |member: &syn::Member| matches!(member, syn::Member::Named(name) if name == "client");
        let of_client = matches!(&*call.receiver, Expr::Field(field) if is_client(&field.member));
        if of_client && call.args.len() == 1 {
            let method = syn::Ident::new(method, call.method.span());
            let (receiver, url) = (&call.receiver, &call.args);
            *expression = syn::parse_quote! { #receiver.request(::reqwest::Method::#method, #url) };
        }
    }
}
