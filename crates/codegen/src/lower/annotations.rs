//! Moves titles, defaults, formats and deprecation into descriptions, and removes extensions: typify names types after
//! titles, fails on defaults that violate their own schema, and ignores or acts on the rest.

use std::collections::BTreeMap;

use openapi::{
    Operation,
    limits::MOST_REFERENCES,
    operations,
    plain::one_line,
    pointer,
    queries::{is_true, text},
    references::Resolver,
};
use serde_json::Value;

use super::{Lowering, each_schema::each_schema, files::is_file};
use crate::{
    annotation::wrapped_reference,
    constraints::is_a_type,
    coverage::{Context, Coverage},
    docs::{DEPRECATED, code},
};

/// The key under which a parameter keeps the default of its schema. It is no OpenAPI keyword.
pub(super) const SCHEMA_DEFAULT: &str = "default of its schema";

/// The key of a parameter that records that this pass added [`MAY_BE_NULL`] to the description of its schema. It is no
/// OpenAPI keyword.
pub(super) const NULLABLE_NOTE: &str = "nullable note added";

/// The key under which a parameter keeps what its documentation says of its items. It is no OpenAPI keyword.
pub(super) const ITEMS_NOTE: &str = "note of its items";

/// The note that is added to the description of a nullable schema.
pub(super) const MAY_BE_NULL: &str = "May be null.";

pub(super) fn run(lowering: &mut Lowering) {
    record_on_parameters(&mut lowering.document);
    for Operation { pointer: at, .. } in operations(&lowering.document) {
        if let Some(Value::Object(operation)) = lowering.document.pointer_mut(&at) {
            operation.retain(|keyword, _| !keyword.starts_with("x-"));
        }
    }
    each_schema(&mut lowering.document, &mut |schema| {
        // typify and progenitor interpret some extensions, such as x-rust-type and x-dropshot-websocket
        schema.retain(|keyword, _| !keyword.starts_with("x-"));
        // only this pass may set the mark
        if let Some(Value::String(text)) = schema.get_mut("description")
            && text.contains(DEPRECATED)
        {
            *text = text.replace(DEPRECATED, "");
        }
        let title =
            schema.remove("title").and_then(|title| Some(one_line(&title.as_str()?.replace(DEPRECATED, "")).into()));
        let default = schema.remove("default");
        let described = schema.get("description").cloned();
        let texts = [title, described].into_iter().flatten();
        let texts: Vec<String> = texts.filter_map(|text| text.as_str().map(|text| text.trim().to_owned())).collect();
        let mut text = texts.join("\n\n");
        let mut add = |note: &str| {
            text.push_str(if text.is_empty() { "" } else { "\n\n" });
            text.push_str(note);
        };
        // the server applies the default, so that it is documentation only
        if let Some(default) = default {
            add(&default_note(&default));
        }
        // these formats do not change the Rust type of the number
        if let Some(format @ ("int64" | "double")) = schema.get("format").and_then(Value::as_str) {
            add(&format!("Format `{format}`."));
        }
        // the type does not show it: every optional property of a response accepts null
        if schema.get("nullable") == Some(&Value::Bool(true)) {
            add(MAY_BE_NULL);
        }
        if schema.remove("deprecated") == Some(Value::Bool(true)) {
            add(DEPRECATED);
        }
        if !text.is_empty() && !schema.contains_key("$ref") {
            schema.insert("description".to_owned(), text.into());
        }
    });
}

/// Returns the note about a default.
pub(super) fn default_note(default: &Value) -> String {
    format!("Default: {}.", code(&default.to_string()))
}

/// Copies the default of its schema to each parameter, for the operation table, and records whether the schema is
/// nullable, and what the documentation says of its items.
fn record_on_parameters(document: &mut Value) {
    let mut found = BTreeMap::new();
    let resolver = Resolver::new(document);
    let paths = document.get("paths").and_then(Value::as_object);
    let items = paths.into_iter().flat_map(|paths| paths.keys()).map(|path| pointer::join("/paths", path));
    for owner in items.chain(operations(document).into_iter().map(|operation| operation.pointer)) {
        let list = format!("{owner}/parameters");
        for (index, parameter) in document.pointer(&list).and_then(Value::as_array).into_iter().flatten().enumerate() {
            let media = parameter.get("content").and_then(Value::as_object).and_then(|content| content.values().next());
            let schema = media.unwrap_or(parameter).get("schema");
            let is_nullable = schema.is_some_and(|schema| is_true(schema, "nullable") && schema.get("$ref").is_none());
            let records = [
                (SCHEMA_DEFAULT, schema.and_then(|schema| default(&resolver, schema)).cloned()),
                (NULLABLE_NOTE, is_nullable.then_some(Value::Bool(true))),
                (ITEMS_NOTE, schema.and_then(items_note).map(Value::String)),
            ];
            found.insert(format!("{list}/{index}"), records);
        }
    }
    for (at, records) in found {
        let Some(Value::Object(parameter)) = document.pointer_mut(&at) else { continue };
        for (key, record) in records {
            // a key of this name in the document has no meaning
            parameter.remove(key);
            parameter.extend(record.map(|record| (key.to_owned(), record)));
        }
    }
}

/// Returns title, description, default and deprecation of the items of an array that have no type of their own.
fn items_note(schema: &Value) -> Option<String> {
    let items = schema.get("items").filter(|items| items.get("$ref").is_none() && !is_a_type(items))?;
    let texts = [text(items, "title"), text(items, "description")].map(|text| text.replace(DEPRECATED, ""));
    let texts = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
    let described = (!texts.is_empty()).then(|| format!("Items: {texts}"));
    let default = items.get("default").map(|default| format!("Default of an item: {}.", code(&default.to_string())));
    let deprecated = is_true(items, "deprecated").then(|| "Items are deprecated.".to_owned());
    let notes: Vec<_> = [described, default, deprecated].into_iter().flatten().collect();
    (!notes.is_empty()).then(|| notes.join("\n\n"))
}

/// Returns the default of a schema, or of the schema that it references.
fn default<'v>(resolver: &Resolver<'v>, schema: &'v Value) -> Option<&'v Value> {
    let mut schema = schema;
    for _ in 0..MOST_REFERENCES {
        if let Some(default) = schema.get("default") {
            return Some(default);
        }
        let parts = schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice);
        let single = match parts {
            Some([part]) => part,
            _ => schema,
        };
        schema = resolver.resolve(single.get("$ref")?.as_str()?)?.value;
    }
    None
}

/// Returns the coverage of annotations.
pub(crate) fn coverage(context: Context, key: &str, value: &Value) -> Option<Coverage> {
    use Context::{InnerSchema, ParameterItems, ParameterSchema, PartSchema, Schema, Supported};
    Some(Ok(match (context, key) {
        (PartSchema, "deprecated") => {
            return Some(Err(
                "not documented: deprecation of a subschema of a composition does not apply to the whole type",
            ));
        }
        (InnerSchema, "deprecated") if has_own_type(value) => Supported,
        (InnerSchema, "deprecated") => {
            return Some(Err("not documented, since the items or values have no Rust type of their own"));
        }
        (Schema | ParameterSchema | ParameterItems, "deprecated") if value.get("$ref").is_some() => {
            return Some(Err("ignored: OpenAPI 3.0 ignores keywords beside `$ref`"));
        }
        (InnerSchema | PartSchema, "description" | "title" | "default") if !has_own_type(value) => {
            return Some(Err("not documented, since this schema has no Rust type of its own"));
        }
        (PartSchema, "description" | "title" | "default") if text(value, "type") == "array" => {
            return Some(Err("not documented, since an array in a composition has no Rust type of its own"));
        }
        (_, "description" | "title" | "default" | "deprecated") if context.is_schema() && !is_file(value) => Supported,
        _ => return None,
    }))
}

/// Whether a schema becomes a Rust type that documentation can be written to, and does not only refer to one.
fn has_own_type(schema: &Value) -> bool {
    is_a_type(schema) && wrapped_reference(schema).is_none()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn copies_defaults_to_parameters() {
        let parameter = |schema: serde_json::Value| json!({"name": "q", "in": "query", "schema": schema});
        let referring = json!({"$ref": "#/components/schemas/Size"});
        let document = json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {"/a": {
            "parameters": [{"name": "p", "in": "header", "content": {"application/json": {"schema": {"type": "integer",
                "default": 7}}}}],
            "get": {"operationId": "a", "responses": {}, "parameters": [parameter(json!({"allOf": [referring]}))]},
            "put": {"operationId": "b", "responses": {}, "parameters": [parameter(json!({"type": "string"}))]},
            "post": {"operationId": "c", "responses": {}, "parameters": [parameter(json!({"type": "string",
                "default": "x"}))]}}},
            "components": {"schemas": {"Size": {"$ref": "#/components/schemas/Count"}, "Count": {"type": "integer",
                "default": 10},
                "Cycle": {"$ref": "#/components/schemas/Cycle"}}}});
        let lowered = crate::pipeline::tests::lower(&document);
        let shown = |name: &str| -> Vec<String> {
            let operation = lowered.model.operations.iter().find(|operation| operation.name == name).unwrap();
            operation.parameters.iter().map(|one| format!("{:?} {}", one.default, one.notes)).collect()
        };
        let of_the_path = "Some(\"7\") Default: `7`.";
        assert_eq!(shown("a"), [of_the_path, "Some(\"10\") Default: `10`."]);
        assert_eq!(shown("b"), [of_the_path, "None "]);
        assert_eq!(shown("c"), [of_the_path, "Some(\"\\\"x\\\"\") Default: `\"x\"`."]);
    }

    #[test]
    fn documents_the_items_of_parameters_that_have_no_type() {
        let notes = |schema: serde_json::Value| {
            let document = json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {"/a": {"get": {
                "operationId": "a", "responses": {},
                "parameters": [{"name": "q", "in": "query", "schema": schema}]}}}});
            let lowered = crate::pipeline::tests::lower(&document);
            let parameter = &lowered.model.operations[0].parameters[0];
            let listed = crate::coverage::list(&lowered);
            assert!(listed.iter().all(|one| one.keyword != "default" && one.keyword != "deprecated"), "{listed:?}");
            (parameter.notes.clone(), parameter.deprecated)
        };
        let list = |items: serde_json::Value| json!({"type": "array", "items": items});
        let items = json!({"type": "string", "default": "a", "deprecated": true, "title": "T", "description": "D."});
        let expected = "Items: T\n\nD.\n\nDefault of an item: `\"a\"`.\n\nItems are deprecated.".to_owned();
        assert_eq!(notes(list(items.clone())), (expected.clone(), false));
        let mut bounded = list(items);
        bounded["maxItems"] = 3.into();
        assert!(notes(bounded).0.contains(&expected));
        assert_eq!(notes(list(json!({"type": "string"}))), (String::new(), false));
        assert_eq!(notes(json!({"type": "string"})), (String::new(), false));
    }

    #[test]
    fn keeps_the_nullable_note_of_the_document_in_parameters() {
        let description = "May be null. By the author.";
        let parameter = |schema: serde_json::Value| {
            json!({"name": "q", "in": "query", "schema": schema,
            "default of its schema": 7, "nullable note added": 1, "note of its items": "x"})
        };
        let document = json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {"/a": {
            "get": {"operationId": "a", "responses": {}, "parameters": [
                parameter(json!({"type": "string", "description": description}))]},
            "put": {"operationId": "b", "responses": {}, "parameters": [
                parameter(json!({"type": "string", "description": description, "nullable": true}))]}}}});
        let lowered = crate::pipeline::tests::lower(&document);
        for operation in &lowered.model.operations {
            let parameter = &operation.parameters[0];
            assert_eq!((parameter.notes.as_str(), &parameter.default), (description, &None), "{}", operation.name);
        }
    }

    #[test]
    fn moves_annotations_into_descriptions() {
        let schemas = crate::pipeline::tests::schemas(json!({
            "A": {"type": "object", "title": "Account", "description": "of a user", "x-rust-type": {},
                "example": {"limit": 1},
                "properties": {"limit": {"type": "integer", "default": "ten"}, "title": {"type": "string"}}},
        }));
        assert_eq!(
            schemas["A"],
            json!({"type": "object", "description": "Account\n\nof a user\n\nExample: `{\"limit\":1}`", "properties": {
            "limit": {"type": "integer", "description": "Default: `\"ten\"`."},
                "title": {"type": "string"}}})
        );
    }
}
