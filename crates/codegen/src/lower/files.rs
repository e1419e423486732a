//! Replaces binary parts of multipart bodies by the runtime's file type.

use std::collections::BTreeSet;

use openapi::{
    Operation, operations,
    queries::{referenced, replace_described, schema_reference, text},
};
use serde_json::{Map, Value};

use super::Lowering;
use crate::{
    content::encoding,
    coverage::{Context, Coverage},
    model::{Checked, Encoding},
};

pub(super) fn run(lowering: &mut Lowering) {
    let name = lowering.free_name("File");
    let mut found = false;
    let files = components(lowering.schemas());
    for Operation { pointer: at, .. } in operations(&lowering.document) {
        let content =
            lowering.document.pointer_mut(&format!("{at}/requestBody/content")).and_then(Value::as_object_mut);
        let mut component = None;
        for (_, media) in content
            .into_iter()
            .flatten()
            .filter(|(content_type, media)| encoding(content_type, media) == Encoding::Multipart)
        {
            if let Some(schema) = media.get_mut("schema") {
                component = referenced(schema, "schemas").map(str::to_owned);
                replace(schema, &name, &files, &mut found);
            }
        }
        // the component of the form; `format: binary` has no meaning outside of forms
        if let Some(schema) = component.and_then(|name| lowering.schemas().get_mut(&name)) {
            replace(schema, &name, &files, &mut found);
        }
    }
    if found {
        lowering.schemas().insert(name.clone(), serde_json::json!({"type": "string"}));
        lowering.model.checked.insert(name, Checked::File);
    }
}

/// Replaces binary properties of a form, and binary items of its arrays.
fn replace(form: &mut Value, name: &str, files: &BTreeSet<String>, found: &mut bool) {
    let properties = form.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten();
    for (_, property) in properties {
        let schema = if text(property, "type") == "array" { property.get_mut("items") } else { Some(property) };
        let Some(schema) = schema else { continue };
        if is_file(schema) {
            replace_described(schema, schema_reference(name));
            *found = true;
        } else if let Some(reference) = reference(schema, files) {
            *reference = schema_reference(name);
            *found = true;
        }
    }
}

/// Returns the reference of a schema to a binary component.
fn reference<'s>(schema: &'s mut Value, files: &BTreeSet<String>) -> Option<&'s mut Value> {
    let is_file = |schema: &Value| referenced(schema, "schemas").is_some_and(|name| files.contains(name));
    if is_file(schema) {
        return Some(schema);
    }
    match schema.get_mut("allOf").and_then(Value::as_array_mut).map(Vec::as_mut_slice) {
        Some([part]) if is_file(part) => Some(part),
        _ => None,
    }
}

/// Returns the names of components that are binary, or references to such components.
fn components(schemas: &Map<String, Value>) -> BTreeSet<String> {
    let mut found: BTreeSet<String> =
        schemas.iter().filter(|(_, schema)| is_file(schema)).map(|(name, _)| name.clone()).collect();
    loop {
        let refers = |schema: &Value| referenced(schema, "schemas").is_some_and(|name| found.contains(name));
        let more: Vec<String> = schemas
            .iter()
            .filter(|(name, schema)| !found.contains(*name) && refers(schema))
            .map(|(name, _)| name.clone())
            .collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// Whether a schema is of `format: binary`, which becomes a file.
pub(crate) fn is_file(schema: &Value) -> bool {
    text(schema, "type") == "string" && text(schema, "format") == "binary"
}

/// Returns the coverage of keywords of files.
pub(crate) fn coverage(context: Context, key: &str, schema: &Value) -> Option<Coverage> {
    if !context.is_schema() || !is_file(schema) || key.starts_with("x-") {
        return None;
    }
    match key {
        "type" | "description" | "title" => Some(Ok(Context::Supported)),
        "format" => None,
        _ => Some(Err("not enforced on files")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn replaces_binary_parts_of_forms_only() {
        let binary = json!({"type": "string", "format": "binary"});
        let body = |content_type: &str| {
            json!({"post": {"requestBody": {"content": {content_type: {"schema":
            {"type": "object", "properties": {"one": binary, "many": {"type": "array", "items": binary}}}}}}}})
        };
        let document = json!({"openapi": "3.0.3", "paths": {"/form": body("multipart/form-data"),
            "/json": body("application/json")}});
        let lowered = crate::pipeline::tests::lower(&document).document;
        let file = schema_reference("File");
        let schemas = lowered.pointer("/components/schemas").unwrap();
        assert_eq!(
            schemas["PostFormRequest"]["properties"],
            json!({"many": {"type": "array", "items": file}, "one": file})
        );
        assert_eq!(schemas["PostJsonRequest"]["properties"]["one"], binary);
    }
}
