//! The call of progenitor: its settings, and its panics turned into problems.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Once,
};

use openapi::{Code, Problem};
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TagStyle, TypeImpl};
use quote::quote;
use serde_json::Value;

use crate::{
    model::{Checked, Constraints, Model},
    settings::Settings,
};

/// The version of progenitor that is compiled in.
pub const PROGENITOR_VERSION: &str = "0.15.1";

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs progenitor on a lowered document and returns the syntax tree of its code.
pub(crate) fn generate(document: &Value, model: &Model, settings: &Settings) -> Result<syn::File, Problem> {
    // panics of typify describe the cause
    let result = quietly(|| catch_unwind(AssertUnwindSafe(|| run(document, model, settings))))
        .map(|result| result.map_err(|what| (Code::Unsupported, what)))
        .unwrap_or_else(|panic| Err((Code::Bug, format!("progenitor panicked: {}", panic_text(&*panic)))));
    let tokens = result.map_err(|(code, what)| {
        Problem::new(what, "correct this part of the document, or use an overlay if you do not own the document")
            .of(code)
    })?;
    syn::parse2(tokens).map_err(|error| Problem::bug(format!("progenitor generated invalid Rust: {error}")))
}

fn run(document: &Value, model: &Model, settings: &Settings) -> Result<proc_macro2::TokenStream, String> {
    let schemas = document.pointer("/components/schemas");
    let is_used = |name: &str| schemas.is_some_and(|schemas| schemas.get(name).is_some());
    let checked = model.checked.iter().filter(|(name, _)| is_used(name));
    let document: openapiv3::OpenAPI =
        serde::Deserialize::deserialize(document).map_err(|error| format!("not an OpenAPI 3.0 document: {error}"))?;
    let runtime = settings.runtime();
    let mut generation = GenerationSettings::default();
    generation
        .with_interface(InterfaceStyle::Positional)
        .with_tag(TagStyle::Merged)
        .with_inner_type(quote! { #runtime::Attempt })
        .with_pre_hook(quote! { #runtime::Attempt::prepare });
    for (name, checked) in checked {
        let (path, impls) = match checked {
            Checked::Secret => (format!("{}::Secret", settings.runtime), vec![TypeImpl::FromStr]),
            Checked::File => (format!("{}::File", settings.runtime), vec![]),
            Checked::Enum(_) => {
                (format!("{}::types::{name}", settings.module), vec![TypeImpl::Display, TypeImpl::FromStr])
            }
            Checked::Constrained { constraints, .. } => {
                let impls = match constraints {
                    Constraints::String { .. } | Constraints::Number(_) => vec![TypeImpl::Display, TypeImpl::FromStr],
                    Constraints::Array { .. } | Constraints::Map { .. } => vec![],
                };
                (format!("{}::types::{name}", settings.module), impls)
            }
        };
        generation.with_replacement(name, path, impls.into_iter());
    }
    Generator::new(&generation)
        .generate_tokens(&document)
        .map_err(|error| format!("progenitor rejects this document: {error}"))
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("without a message").chars().take(300).collect()
}

/// Runs a function whose panics in this thread are caught, so that they print nothing.
pub(crate) fn quietly<T>(run: impl FnOnce() -> T) -> T {
    install_quiet_hook();
    let before = QUIET.replace(true);
    let result = run();
    QUIET.set(before);
    result
}

/// Installs a panic hook that prints nothing for caught panics. Other threads keep the previous hook.
fn install_quiet_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                usual(info);
            }
        }));
    });
}
