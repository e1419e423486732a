//! Binary parts of multipart bodies become the runtime's file type.

use openapi::{
    Operation, operations,
    queries::{referenced, replace_described, schema_reference, text},
};
use serde_json::Value;

use super::Lowering;
use crate::{
    content::encoding,
    coverage::{Fate, Place},
    model::{Checked, Encoding},
};

pub(super) fn run(lowering: &mut Lowering) {
    let name = lowering.free_name("File");
    let mut found = false;
    for Operation { pointer: at, .. } in operations(&lowering.document) {
        let content =
            lowering.document.pointer_mut(&format!("{at}/requestBody/content")).and_then(Value::as_object_mut);
        let mut referred = None;
        for (_, media) in content
            .into_iter()
            .flatten()
            .filter(|(content_type, media)| encoding(content_type, media) == Encoding::Multipart)
        {
            if let Some(schema) = media.get_mut("schema") {
                referred = referenced(schema, "schemas").map(str::to_owned);
                replace(schema, &name, &mut found);
            }
        }
        // a component that is sent as a form; it has no other use for binary text
        if let Some(schema) = referred.and_then(|referred| lowering.schemas().get_mut(&referred)) {
            replace(schema, &name, &mut found);
        }
    }
    if found {
        lowering.schemas().insert(name.clone(), serde_json::json!({"type": "string"}));
        lowering.model.checked.insert(name, Checked::File);
    }
}

/// Replaces the binary properties of a form, and binary items of lists in it.
fn replace(form: &mut Value, name: &str, found: &mut bool) {
    let properties = form.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten();
    for (_, property) in properties {
        let place = if text(property, "type") == "array" { property.get_mut("items") } else { Some(property) };
        if let Some(place) = place.filter(|place| text(place, "type") == "string" && text(place, "format") == "binary")
        {
            replace_described(place, schema_reference(name));
            *found = true;
        }
    }
}

/// Whether a schema is of bytes, which become a file.
pub(crate) fn is_file(schema: &Value) -> bool {
    text(schema, "type") == "string" && text(schema, "format") == "binary"
}

/// Support for the keywords of bytes.
pub(crate) fn fate(place: Place, key: &str, schema: &Value) -> Option<Fate> {
    if !place.is_schema() || !is_file(schema) || key.starts_with("x-") {
        return None;
    }
    match key {
        "type" | "description" | "title" => Some(Ok(Place::Whole)),
        "format" => None,
        _ => Some(Err("a file is bytes, which are not held against this")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn binary_parts_of_forms_are_files_and_others_are_not() {
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
