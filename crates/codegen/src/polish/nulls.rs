//! What null means for an optional property.
//!
//! In requests null is refused where the document does not allow it. In responses null counts as absent: some servers
//! send it, and to refuse it would lose the whole answer, the secret of a created client included. Where a request may
//! leave out a property that may also be null, the two are told apart.

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
    syntax::{has_serde_default, inside, inside_option, is_left_out, json_name, source},
};

/// Compositions of compositions are followed this deep.
const DEEPEST: usize = 16;

pub(super) fn run(polished: &mut Polished, lowered: &Lowered, settings: &Settings) -> Result<(), Vec<Problem>> {
    let schemas = lowered.document.pointer("/components/schemas");
    let (strict, lenient) =
        (format!("{}::present", settings.runtime), format!("{}::null_as_default", settings.runtime));
    // made once: to parse them for every field takes long
    let strict: Attribute = syn::parse_quote! { #[serde(default, deserialize_with = #strict)] };
    let lenient: Attribute = syn::parse_quote! { #[serde(deserialize_with = #lenient)] };
    let shown: Attribute = syn::parse_quote! { #[cfg_attr()] };
    for item in polished.structs() {
        let name = item.ident.to_string();
        let Some(schema) = schemas.and_then(|schemas| schemas.get(&name)) else { continue };
        let in_requests = lowered.model.in_requests.contains(&name);
        for field in &mut item.fields {
            let said = said_of(schemas, schema, &json_name(field), DEEPEST);
            // null must be allowed by all that speak of it
            let nullable = said.iter().all(|property| is_true(property, "nullable"));
            let optional = inside_option(&field.ty).is_some();
            if optional && in_requests && !nullable {
                let inner = inside_option(&field.ty).map(source).unwrap_or_default();
                field.attrs.push(strict.clone());
                // schemars cannot see what `deserialize_with` refuses
                let mut shown = shown.clone();
                if let Meta::List(list) = &mut shown.meta {
                    list.tokens = quote! { feature = "schemars", schemars(with = #inner) };
                }
                field.attrs.push(shown);
            } else if optional && in_requests && !said.is_empty() && is_left_out(field) {
                // null and absent are two things to say
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

/// What a schema and the parts that it is composed of say of a property.
fn said_of<'a>(schemas: Option<&'a Value>, schema: &'a Value, name: &str, left: usize) -> Vec<&'a Value> {
    let mut said: Vec<_> = schema.get("properties").and_then(|properties| properties.get(name)).into_iter().collect();
    for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten().filter(|_| left > 0) {
        let target = referenced(part, "schemas").and_then(|name| schemas?.get(name));
        said.extend(said_of(schemas, target.unwrap_or(part), name, left - 1));
    }
    said
}

fn is_map(ty: &syn::Type) -> bool {
    let syn::Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|segment| segment.ident == "HashMap" || segment.ident == "Map")
}
