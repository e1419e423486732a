//! The structs that lowering made for unions become enums, with the types that typify found for the branches.

use blynk_document::Problem;
use syn::Item;

use super::Polished;
use crate::{Settings, emit, lower::Lowering, syntax::last_segment};

pub(super) fn run(polished: &mut Polished, lowering: &Lowering, settings: &Settings) -> Result<(), Vec<Problem>> {
    let unions = &lowering.model.unions;
    if unions.is_empty() {
        return Ok(());
    }
    let mut problems = Vec::new();
    let mut kept = Vec::new();
    for item in std::mem::take(&mut polished.types) {
        match &item {
            Item::Struct(structure) if unions.contains_key(&structure.ident.to_string()) => {
                let name = structure.ident.to_string();
                match syn::parse2::<syn::File>(emit::union(structure, &unions[&name], settings)) {
                    Ok(file) => kept.extend(file.items),
                    Err(error) => problems.push(Problem::new(
                        format!("the union {name} is not Rust: {error}"),
                        "report this as a bug of the generator",
                    )),
                }
            }
            // what typify says of the struct does not hold for the enum
            Item::Impl(block) if last_segment(&block.self_ty).is_some_and(|name| unions.contains_key(&name)) => {}
            _ => kept.push(item),
        }
    }
    polished.types = kept;
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}
