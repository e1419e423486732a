//! Makes sure that fields have the types that hold the document's rules.

use std::{cell::LazyCell, collections::BTreeMap};

use blynk_document::Problem;
use serde_json::Value;

use super::Polished;
use crate::{
    Settings,
    document::referenced,
    lower::Lowering,
    model::Checked,
    syntax::{inside_option, last_segment, wire_name},
};

pub(super) fn run(polished: &mut Polished, lowering: &Lowering, _: &Settings) -> Result<(), Vec<Problem>> {
    let problems = lost_fields(polished, lowering);
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Fields that the lowered document gives a checked type, and that came out with another one: typify is silent about it.
fn lost_fields(polished: &mut Polished, lowering: &Lowering) -> Vec<Problem> {
    let schemas = lowering.document.pointer("/components/schemas");
    let mut problems = Vec::new();
    // a schema that may be null as a whole becomes a newtype, whose inner struct has no schema of its own
    for item in polished.structs().filter(|item| matches!(item.fields, syn::Fields::Named(_))) {
        let name = item.ident.to_string();
        let properties = schemas.and_then(|schemas| schemas.get(&name)?.get("properties")?.as_object());
        let fields =
            LazyCell::new(|| item.fields.iter().map(|field| (wire_name(field), field)).collect::<BTreeMap<_, _>>());
        for (property, schema) in properties.into_iter().flatten() {
            let Some((wanted, checked)) = checked_of(schema, lowering) else { continue };
            let wanted = match checked {
                Checked::Secret => "Secret",
                Checked::File => "File",
                _ => wanted,
            };
            let found =
                fields.get(property).and_then(|field| last_segment(inside_option(&field.ty).unwrap_or(&field.ty)));
            if found.as_deref() != Some(wanted) {
                problems.push(Problem::new(
                    format!(
                        "types::{name}: the property `{property}` should have the type {wanted}, but has {}",
                        found.as_deref().unwrap_or("no field")
                    ),
                    "report this as a bug of the generator",
                ));
            }
        }
    }
    problems
}

fn checked_of<'a>(schema: &'a Value, lowering: &'a Lowering) -> Option<(&'a str, &'a Checked)> {
    let direct = referenced(schema, "schemas");
    let wrapped = || schema.get("allOf").and_then(|all| referenced(all.get(0)?, "schemas"));
    let name = direct.or_else(wrapped)?;
    lowering.model.checked.get(name).map(|checked| (name, checked))
}
