//! Moves the sending of requests from all methods of progenitor's client to one function.

use openapi::Problem;
use syn::{Expr, ImplItem, ImplItemFn, Item, ItemImpl, Pat, Stmt, visit_mut::VisitMut};

use super::Polished;
use crate::{lower::Lowered, settings::Settings};

pub(super) fn run(polished: &mut Polished, _: &Lowered, settings: &Settings) -> Result<(), Vec<Problem>> {
    let runtime = settings.runtime();
    let mut common: Option<Vec<Stmt>> = None;
    for function in polished.transport.iter_mut().filter_map(methods).flatten() {
        let changed = || {
            let what = format!("progenitor's method `{}` sends its request in another way", function.sig.ident);
            vec![Problem::new(what, "adapt the polish pass `sending` to this version of progenitor")]
        };
        let name = function.sig.ident.to_string();
        let name = name.trim_start_matches("r#");
        let Some((request, sending)) = split(&function.block.stmts) else { return Err(changed()) };
        match &common {
            None => common = Some(sending),
            Some(common) if *common == sending => {}
            Some(_) => return Err(changed()),
        }
        let ident = &function.sig.ident;
        // only a body is taken out of the attempt
        let mutable = (function.sig.inputs.len() > 1).then(<syn::Token![mut]>::default);
        *function = syn::parse_quote! {
            pub fn #ident(#mutable self) -> #runtime::Sending {
                let request = #request;
                sending(self, #name, request)
            }
        };
    }
    if let Some(statements) = common {
        polished.transport.push(syn::parse_quote! {
            fn sending(
                client: Client,
                operation_id: &'static str,
                request: reqwest::RequestBuilder,
            ) -> #runtime::Sending {
                Box::pin(async move {
                    let client = &client;
                    let mut request = request.build()?;
                    #(#statements)*
                })
            }
        });
    }
    Ok(())
}

/// Returns the methods of progenitor's client that send requests.
fn methods(item: &mut Item) -> Option<impl Iterator<Item = &mut ImplItemFn>> {
    let Item::Impl(ItemImpl { items, trait_: None, .. }) = item else { return None };
    Some(items.iter_mut().filter_map(|item| match item {
        ImplItem::Fn(function) if function.sig.asyncness.is_some() => Some(function),
        _ => None,
    }))
}

/// Splits a method into the expression of its request, and the statements that send the request. Parameters and content
/// types are headers that the runtime sets, so that progenitor's are always empty.
fn split(statements: &[Stmt]) -> Option<(Expr, Vec<Stmt>)> {
    let at = statements.iter().position(|statement| declares(statement, "request"))?;
    let (before, after) = (statements.get(..at)?, statements.get(at + 1..)?);
    let [url, headers] = before else { return None };
    if !declares(url, "url") || !declares(headers, "header_map") {
        return None;
    }
    let Stmt::Local(local) = &statements[at] else { return None };
    let Expr::Try(built) = &*local.init.as_ref()?.expr else { return None };
    let Expr::MethodCall(build) = &*built.expr else { return None };
    let Stmt::Local(url) = url else { return None };
    let mut request = (build.method == "build").then(|| (*build.receiver).clone())?;
    Variables(&url.init.as_ref()?.expr).visit_expr_mut(&mut request);
    let request = without_headers(request);
    let mut after = after.to_vec();
    for statement in &mut after {
        if declares(statement, "info") {
            *statement = syn::parse_quote! { let info = OperationInfo { operation_id }; };
        }
        Client.visit_stmt_mut(statement);
    }
    Some((request, after))
}

/// Whether a statement declares a variable.
fn declares(statement: &Stmt, name: &str) -> bool {
    let Stmt::Local(local) = statement else { return false };
    matches!(&local.pat, Pat::Ident(pattern) if pattern.ident == name)
}

/// Removes the calls `header` and `headers` of a request.
fn without_headers(expression: Expr) -> Expr {
    match expression {
        Expr::MethodCall(mut call) => {
            let receiver = without_headers(*call.receiver);
            if call.method == "header" || call.method == "headers" {
                return receiver;
            }
            call.receiver = Box::new(receiver);
            Expr::MethodCall(call)
        }
        other => other,
    }
}

/// Replaces the variables `url` and `body`: the first by its value, the second, which is a parameter, by the attempt's.
struct Variables<'a>(&'a Expr);

impl VisitMut for Variables<'_> {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        syn::visit_mut::visit_expr_mut(self, expression);
        let Expr::Path(path) = expression else { return };
        if path.path.is_ident("url") {
            *expression = self.0.clone();
        } else if path.path.is_ident("body") {
            *expression = syn::parse_quote! { self.inner.take_body() };
        }
    }
}

/// Replaces `self` by the variable `client`.
struct Client;

impl VisitMut for Client {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        syn::visit_mut::visit_expr_mut(self, expression);
        if matches!(expression, Expr::Path(path) if path.path.is_ident("self")) {
            *expression = syn::parse_quote! { client };
        }
    }
}
