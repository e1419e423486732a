//! Replaces the structs that lowering made for unions by enums with the types that typify generated for the variants.

use openapi::Problem;
use syn::Item;

use super::{Polished, numbered_fields::numbered_fields};
use crate::{emit, lower::Lowered, settings::Settings, syntax::last_segment};

pub(super) fn run(polished: &mut Polished, lowered: &Lowered, settings: &Settings) -> Result<(), Vec<Problem>> {
    let unions = &lowered.model.unions;
    if unions.is_empty() {
        return Ok(());
    }
    let mut problems = Vec::new();
    let mut kept = Vec::new();
    for item in std::mem::take(&mut polished.types) {
        match &item {
            Item::Struct(structure) if unions.contains_key(&structure.ident.to_string()) => {
                let name = structure.ident.to_string();
                let union = &unions[&name];
                let bug = |what: String| lowered.model.at_type(&name, Problem::bug(what));
                let Some(fields) = numbered_fields(structure, "v", union.variants.len()) else {
                    problems.push(bug(format!("typify generated no types for the variants of the union `{name}`")));
                    continue;
                };
                match syn::parse2::<syn::File>(emit::union(structure, &fields, union, settings)) {
                    Ok(file) => kept.extend(file.items),
                    Err(error) => problems
                        .push(bug(format!("the generated enum of the union `{name}` is not valid Rust: {error}"))),
                }
            }
            // typify's implementations for the struct do not apply to the enum
            Item::Impl(block) if last_segment(&block.self_ty).is_some_and(|name| unions.contains_key(&name)) => {}
            _ => kept.push(item),
        }
    }
    polished.types = kept;
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}
