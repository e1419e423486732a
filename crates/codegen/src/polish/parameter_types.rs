//! Takes the types of parameters from the structs that lowering made for them, and removes these structs.

use std::collections::{BTreeMap, BTreeSet};

use openapi::Problem;
use syn::Item;

use super::{Polished, numbered_fields::numbered_fields};
use crate::{lower::Lowered, settings::Settings, syntax::last_segment};

pub(super) fn run(polished: &mut Polished, lowered: &Lowered, _: &Settings) -> Result<(), Vec<Problem>> {
    let operations = &lowered.model.operations;
    let names: BTreeSet<_> = operations.iter().filter_map(|operation| operation.parameter_types.clone()).collect();
    let mut found = BTreeMap::new();
    polished.types.retain(|item| match item {
        Item::Struct(item) if names.contains(&item.ident.to_string()) => {
            found.insert(item.ident.to_string(), item.clone());
            false
        }
        Item::Impl(block) => !last_segment(&block.self_ty).is_some_and(|name| names.contains(&name)),
        _ => true,
    });
    let mut problems = Vec::new();
    for operation in operations {
        let Some(name) = &operation.parameter_types else { continue };
        let fields = found.get(name).and_then(|item| numbered_fields(item, "p", operation.parameters.len()));
        match fields.map(|fields| fields.iter().map(|field| field.ty.clone()).collect()) {
            Some(types) => drop(polished.parameter_types.insert(operation.name.clone(), types)),
            None => problems.push(
                Problem::bug(format!("typify generated no types for the parameters of `{}`", operation.name))
                    .pointing_to(&operation.pointer),
            ),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}
