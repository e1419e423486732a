//! The public client: one method for each operation, and the module of request builders.

use std::collections::{BTreeMap, BTreeSet};

use openapi::Problem;
use syn::{ImplItem, Item};

use super::{
    builder::builder, call::Call, operation_table::operation_table, short_paths::ShortPaths, slots::slots,
    type_table::type_table, webhooks::webhooks,
};
use crate::{
    code::Code,
    docs::{self, DEPRECATED_ATTRIBUTE},
    example::{Example, example},
    lower::Lowered,
    model::Operation,
    naming,
    polish::Polished,
    settings::Settings,
};

/// Writes the public client without its types. Returns the call that a generated crate shows as its example.
///
/// # Errors
/// When progenitor generated no method for an operation.
pub(crate) fn client(
    polished: &Polished,
    lowered: &Lowered,
    settings: &Settings,
    code: &mut Code,
) -> Result<Option<Example>, Vec<Problem>> {
    let model = &lowered.model;
    let methods = transport_methods(polished);
    let missing = |operation: &&Operation| transport_name(operation, &methods).is_none();
    let problem = |operation: &Operation| {
        Problem::bug(format!("progenitor generated no method `{}` for this operation", operation.name))
            .pointing_to(&operation.pointer)
    };
    let problems: Vec<_> = model.operations.iter().filter(missing).map(problem).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    let structs: BTreeMap<String, &syn::ItemStruct> = polished
        .types
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) => Some((item.ident.to_string(), item)),
            _ => None,
        })
        .collect();
    let slots = |operation: &Operation| {
        let types = polished.parameter_types.get(&operation.name).map_or(&[][..], Vec::as_slice);
        Some((transport_name(operation, &methods)?, slots(operation, types, &structs, model)))
    };
    let mut slots: Vec<_> = model.operations.iter().filter_map(slots).collect();
    let taken: Vec<_> = model.operations.iter().map(|operation| operation.type_name.as_str()).collect();
    let mut short = ShortPaths::new(&taken, settings);
    slots.iter_mut().flat_map(|(_, slots)| &mut slots.slots).for_each(|slot| slot.shorten(&mut short));
    operation_table(model, &slots.iter().map(|(_, slots)| slots).collect::<Vec<_>>(), settings, code);
    type_table(polished, lowered, settings, code);
    webhooks(model, settings, code);
    code.docs(&[" One method for each operation of the document."]);
    code.open(&format!("impl {}", settings.client));
    model
        .operations
        .iter()
        .for_each(|operation| method(operation, &polished.features.line_of_operation(operation), code));
    code.close("");
    code.docs(&[
        " Request builders, one for each operation: set the values, then call `send`.",
        "",
        " Setters convert their argument. A value that is missing, cannot be converted or violates a constraint of the",
        " document is an error of `send`, which then sends nothing: [`violation`](runtime::Error::violation) names the",
        " value. `send` also returns an error when the call fails: [`documented`](runtime::Error::documented) returns",
        " the body of a documented error, and [`is_safe_to_retry`](runtime::Error::is_safe_to_retry) whether the call",
        " can be repeated without harm.",
    ]);
    code.open_module("pub mod operations");
    code.line("use super::{OPERATIONS, transport, types};");
    code.line(&format!("use {} as runtime;", settings.runtime));
    code.line("use ::std::convert::identity;");
    for (index, (operation, (transport, slots))) in model.operations.iter().zip(&slots).enumerate() {
        let feature = polished.features.line_of_operation(operation);
        builder(index, operation, transport, slots, (&feature, settings), code);
    }
    code.close_module();
    let calls = model.operations.iter().zip(&slots).map(|(operation, (_, slots))| Call::of(operation, slots));
    Ok(example(calls, model, polished))
}

/// Returns the name of progenitor's method for an operation. progenitor appends an underscore to Rust keywords.
fn transport_name(operation: &Operation, methods: &BTreeSet<String>) -> Option<String> {
    let name = &operation.transport;
    [name.clone(), format!("{name}_")].into_iter().find(|name| methods.contains(name))
}

/// Returns the names of progenitor's methods that send requests, one for each operation.
fn transport_methods(polished: &Polished) -> BTreeSet<String> {
    let functions = polished.transport.iter().flat_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() => block.items.as_slice(),
        _ => &[],
    });
    functions
        .filter_map(|item| match item {
            ImplItem::Fn(function) if function.sig.receiver().is_some() => {
                Some(function.sig.ident.to_string().trim_start_matches("r#").to_owned())
            }
            _ => None,
        })
        .collect()
}

/// Writes the client's method for an operation.
fn method(operation: &Operation, feature: &str, code: &mut Code) {
    let name = naming::ident(&operation.name);
    let builder = &operation.type_name;
    for text in [&operation.summary, &operation.description].into_iter().filter(|text| !text.is_empty()) {
        code.docs(&[docs::lines(text), String::new()]);
    }
    let examples = operation.responses.iter().map(|response| &response.example);
    for example in operation.body.iter().map(|body| &body.example).chain(examples).flatten() {
        code.docs(&[docs::lines(example), String::new()]);
    }
    if let Some((url, description)) = &operation.external_docs {
        code.docs(&[docs::lines(&format!("{description} {url}")), String::new()]);
    }
    code.docs(&[format!(" {}", docs::code(&format!("{} {}", operation.method, operation.path)))]);
    if let [first, others @ ..] = operation.servers.as_slice() {
        let others: Vec<_> = others.iter().map(|server| format!(" or {}", docs::code(&server.url))).collect();
        code.docs(&[String::new(), format!(" Server: {}{}.", docs::code(&first.url), others.concat())]);
    }
    if operation.deprecated {
        code.line(DEPRECATED_ATTRIBUTE);
    }
    code.attribute(feature);
    code.open(&format!("pub fn {name}(&self) -> operations::{builder}<'_>"));
    code.line(&format!("operations::{builder}::new(self)"));
    code.close("");
}
