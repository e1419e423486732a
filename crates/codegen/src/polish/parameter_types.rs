//! The types of parameters are read off the structs that lowering made for them; the structs themselves go.

use std::collections::{BTreeMap, BTreeSet};

use blynk_document::Problem;
use syn::{Item, Type};

use super::Polished;
use crate::{
    Settings,
    lower::Lowering,
    syntax::{last_segment, wire_name},
};

pub(super) fn run(polished: &mut Polished, lowering: &Lowering, _: &Settings) -> Result<(), Vec<Problem>> {
    let operations = &lowering.model.operations;
    let names: BTreeSet<_> = operations.iter().filter_map(|operation| operation.parameter_types.clone()).collect();
    let mut found = BTreeMap::new();
    polished.types.retain(|item| match item {
        Item::Struct(item) if names.contains(&item.ident.to_string()) => {
            let types: BTreeMap<String, Type> =
                item.fields.iter().map(|field| (wire_name(field), field.ty.clone())).collect();
            found.insert(item.ident.to_string(), types);
            false
        }
        Item::Impl(block) => !last_segment(&block.self_ty).is_some_and(|name| names.contains(&name)),
        _ => true,
    });
    let mut problems = Vec::new();
    for operation in operations {
        let Some(name) = &operation.parameter_types else { continue };
        let types = found.remove(name).unwrap_or_default();
        let of_each = (0..operation.parameters.len()).map(|at| types.get(&format!("p{at}")).cloned());
        match of_each.collect::<Option<Vec<_>>>() {
            Some(types) => drop(polished.parameter_types.insert(operation.name.clone(), types)),
            None => problems.push(
                Problem::new(
                    format!("typify made no types of the parameters of `{}`", operation.name),
                    "report this as a bug of the generator",
                )
                .pointing_to(&operation.pointer),
            ),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}
