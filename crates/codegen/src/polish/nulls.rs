//! Null as the value of an optional property.
//!
//! In requests, null is invalid unless the property is nullable. In responses, null counts as absent: some servers send
//! it, and rejecting it would lose the complete response, including the secret of a created client. A request property
//! that is both optional and nullable distinguishes absent from null.

use openapi::{
    Problem,
    queries::{is_true, referenced},
};
use quote::quote;
use serde_json::Value;
use syn::{Attribute, Meta};

use super::Polished;
use crate::{
    lower::Lowered,
    settings::Settings,
    syntax::{has_serde_default, inside, inside_option, is_flattened, is_left_out, is_map, json_name, source},
};

/// Maximum depth of nested `allOf` that is followed.
const DEEPEST: usize = 16;

pub(super) fn run(polished: &mut Polished, lowered: &Lowered, settings: &Settings) -> Result<(), Vec<Problem>> {
    let schemas = lowered.document.pointer("/components/schemas");
    let (strict, lenient) =
        (format!("{}::present", settings.runtime), format!("{}::null_as_default", settings.runtime));
    // parsed once, because parsing them for every field is slow
    let strict: Attribute = syn::parse_quote! { #[serde(default, deserialize_with = #strict)] };
    let lenient: Attribute = syn::parse_quote! { #[serde(deserialize_with = #lenient)] };
    let schema_of: Attribute = syn::parse_quote! { #[cfg_attr()] };
    for item in polished.structs() {
        let name = item.ident.to_string();
        let Some(schema) = schemas.and_then(|schemas| schemas.get(&name)) else { continue };
        let in_requests = lowered.model.in_requests.contains(&name);
        for field in item.fields.iter_mut().filter(|field| !is_flattened(field)) {
            let declarations = declarations(schemas, schema, &json_name(field), DEEPEST);
            // nullable only if all declarations of the property are
            let nullable = declarations.iter().all(|property| is_true(property, "nullable"));
            let optional = inside_option(&field.ty).is_some();
            if optional && in_requests && !nullable {
                let inner = inside_option(&field.ty).map(source).unwrap_or_default();
                field.attrs.push(strict.clone());
                // `deserialize_with` is opaque to schemars
                let mut schema_of = schema_of.clone();
                if let Meta::List(list) = &mut schema_of.meta {
                    list.tokens = quote! { feature = "schemars", schemars(with = #inner) };
                }
                field.attrs.push(schema_of);
            } else if optional && in_requests && !declarations.is_empty() && is_left_out(field) {
                // the outer `Option` is absence, the inner one is null
                let inner = &field.ty;
                field.ty = syn::parse_quote! { ::std::option::Option<#inner> };
                field.attrs.push(strict.clone());
            } else if !in_requests
                && has_serde_default(field)
                && (inside(&field.ty, "Vec").is_some() || is_map(&field.ty))
            {
                field.attrs.push(lenient.clone());
            }
        }
    }
    Ok(())
}

/// Returns the schemas of a property in a schema and in its `allOf`.
fn declarations<'a>(schemas: Option<&'a Value>, schema: &'a Value, name: &str, left: usize) -> Vec<&'a Value> {
    let mut found: Vec<_> = schema.get("properties").and_then(|properties| properties.get(name)).into_iter().collect();
    for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten().filter(|_| left > 0) {
        let target = referenced(part, "schemas").and_then(|name| schemas?.get(name));
        found.extend(declarations(schemas, target.unwrap_or(part), name, left - 1));
    }
    found
}
