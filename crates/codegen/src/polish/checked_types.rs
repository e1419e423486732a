//! Asserts that fields with constraints have their constrained types: here, and in generated code when it is compiled.

use std::collections::BTreeMap;

use openapi::Problem;
use quote::format_ident;
use serde_json::Value;
use syn::{Type, parse_quote};

use super::Polished;
use crate::{
    annotation::wrapped_reference,
    lower::Lowered,
    model::Checked,
    settings::Settings,
    syntax::{inside, inside_map, inside_option, is_flattened, json_name, last_segment},
};

pub(super) fn run(polished: &mut Polished, lowered: &Lowered, settings: &Settings) -> Result<(), Vec<Problem>> {
    let runtime = settings.runtime();
    let schemas = lowered.document.pointer("/components/schemas");
    let (mut problems, mut assertions) = (Vec::new(), Vec::new());
    // a nullable component becomes a newtype, whose inner struct has no schema of its own
    for item in polished.structs().filter(|item| matches!(item.fields, syn::Fields::Named(_))) {
        let name = &item.ident;
        let properties = schemas.and_then(|schemas| schemas.get(name.to_string())?.get("properties")?.as_object());
        let constrained: Vec<_> = properties
            .into_iter()
            .flatten()
            .filter_map(|(property, schema)| Some((property, schema, checked_inside(schema, lowered)?)))
            .collect();
        if constrained.is_empty() {
            continue;
        }
        let properties = item.fields.iter().filter(|field| !is_flattened(field));
        let fields: BTreeMap<_, _> = properties.map(|field| (json_name(field), field)).collect();
        let mut assertions_of_type: Vec<syn::Stmt> = Vec::new();
        for (property, schema, (wanted, checked)) in constrained {
            let (ty, short): (Type, String) = match checked {
                Checked::Secret => (parse_quote! { #runtime::Secret }, "Secret".to_owned()),
                Checked::File => (parse_quote! { #runtime::File }, "File".to_owned()),
                Checked::Constrained { .. } | Checked::Enum(_) => {
                    let ident = format_ident!("{wanted}");
                    (parse_quote! { #ident }, wanted.to_owned())
                }
            };
            let field = fields.get(property);
            let found = field.map(|field| innermost(schema, &field.ty));
            match (field.and_then(|field| field.ident.as_ref()), found) {
                (Some(ident), Some(found)) if last_segment(found).as_ref() == Some(&short) => {
                    // the field's complete type, with the constrained type in it
                    let mut complete = fields[property].ty.clone();
                    replace(&mut complete, found, &ty);
                    let variants = lowered.model.unions.get(&name.to_string()).map(|union| &union.variants);
                    let number = || property.strip_prefix('v')?.parse::<usize>().ok();
                    // the fields of a union become variants
                    assertions_of_type.push(
                        match variants.map(|variants| Some(format_ident!("{}", variants.get(number()?)?.name))) {
                            None => parse_quote! { let _: &#complete = &it.#ident; },
                            Some(Some(variant)) => {
                                parse_quote! { if let #name::#variant(it) = it { let _: &#complete = it; } }
                            }
                            Some(None) => continue,
                        },
                    );
                }
                (_, found) => {
                    let found = found
                        .and_then(last_segment)
                        .map_or_else(|| "no field".to_owned(), |found| format!("the type `{found}`"));
                    let what =
                        format!("types::{name}: property `{property}` has {found} instead of the type `{short}`");
                    problems.push(lowered.model.at_type(&name.to_string(), Problem::bug(what)));
                }
            }
        }
        assertions.push(parse_quote! { const _: fn(&#name) = |it| { #(#assertions_of_type)* }; });
    }
    polished.types.extend(assertions);
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Returns the constrained type that a schema references, directly or as the item of arrays and maps.
fn checked_inside<'a>(schema: &'a Value, lowered: &'a Lowered) -> Option<(&'a str, &'a Checked)> {
    match wrapped_reference(schema) {
        Some(name) => lowered.model.checked.get(name).map(|checked| (name, checked)),
        None => checked_inside(item_schema(schema)?, lowered),
    }
}

/// Returns the schema of the items of an array or the values of a map.
fn item_schema(schema: &Value) -> Option<&Value> {
    let is_map = schema.get("properties").is_none();
    schema.get("items").or_else(|| schema.get("additionalProperties").filter(|values| values.is_object() && is_map))
}

/// Returns the Rust type of the schema that `checked_inside` finds.
fn innermost<'a>(schema: &Value, ty: &'a Type) -> &'a Type {
    let mut ty = ty;
    while let Some(inner) = inside_option(ty) {
        ty = inner;
    }
    let is_reference = wrapped_reference(schema).is_some();
    let item = item_schema(schema).filter(|_| !is_reference);
    match item.and_then(|item| Some((item, inside(ty, "Vec").or_else(|| inside_map(ty))?))) {
        Some((item, inner)) => innermost(item, inner),
        None => ty,
    }
}

fn replace(ty: &mut Type, old: &Type, new: &Type) {
    struct Replace<'a>(&'a Type, &'a Type);
    impl syn::visit_mut::VisitMut for Replace<'_> {
        fn visit_type_mut(&mut self, ty: &mut Type) {
            if ty == self.0 {
                *ty = self.1.clone();
            } else {
                syn::visit_mut::visit_type_mut(self, ty);
            }
        }
    }
    syn::visit_mut::VisitMut::visit_type_mut(&mut Replace(old, new), ty);
}
