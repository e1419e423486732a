//! Extensions, titles, defaults and marks of deprecation become words of the description, or go: typify names types
//! after titles, fails on defaults that break their own schema, and knows nothing of the rest.

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
    constraints::is_a_type,
    coverage::{Fate, Place},
    docs::{DEPRECATED, code},
};

/// Where a parameter keeps the default of its schema. No keyword of OpenAPI, so that it is in nobody's way.
pub(super) const DEFAULT: &str = "default of its schema";

/// Where a parameter remembers that the description of its schema ends with [`MAY_BE_NULL`] by what this pass added.
pub(super) const SAYS_NULL: &str = "description says null";

/// What is added to the description of a schema whose values may be null.
pub(super) const MAY_BE_NULL: &str = "May be null.";

pub(super) fn run(lowering: &mut Lowering) {
    keep_defaults(&mut lowering.document);
    for Operation { pointer: at, .. } in operations(&lowering.document) {
        if let Some(Value::Object(operation)) = lowering.document.pointer_mut(&at) {
            operation.retain(|keyword, _| !keyword.starts_with("x-"));
        }
    }
    each_schema(&mut lowering.document, &mut |schema| {
        // typify and progenitor act on some extensions, x-rust-type and x-dropshot-websocket among them
        schema.retain(|keyword, _| !keyword.starts_with("x-"));
        // the mark is ours to set
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
        let mut add = |words: &str| {
            text.push_str(if text.is_empty() { "" } else { "\n\n" });
            text.push_str(words);
        };
        // a default is the server's to fill in; callers read it in the documentation
        if let Some(default) = default {
            add(&without_it(&default));
        }
        // these say no more than the type that stands for numbers without a format
        if let Some(format @ ("int64" | "double")) = schema.get("format").and_then(Value::as_str) {
            add(&format!("Format `{format}`."));
        }
        // an optional property of an answer takes null in any case, so that its type does not tell
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

/// What is told of a default.
pub(super) fn without_it(default: &Value) -> String {
    format!("Without it the server takes {}.", code(&default.to_string()))
}

/// Parameters remember the defaults of their schemas, for the operation table, and whether those may be null.
fn keep_defaults(document: &mut Value) {
    let mut found = BTreeMap::new();
    let resolver = Resolver::new(document);
    let paths = document.get("paths").and_then(Value::as_object);
    let items = paths.into_iter().flat_map(|paths| paths.keys()).map(|path| pointer::join("/paths", path));
    for owner in items.chain(operations(document).into_iter().map(|operation| operation.pointer)) {
        let list = format!("{owner}/parameters");
        for (index, parameter) in document.pointer(&list).and_then(Value::as_array).into_iter().flatten().enumerate() {
            let media = parameter.get("content").and_then(Value::as_object).and_then(|content| content.values().next());
            let schema = media.unwrap_or(parameter).get("schema");
            let default = schema.and_then(|schema| default(&resolver, schema)).cloned();
            let says_null = schema.is_some_and(|schema| is_true(schema, "nullable") && schema.get("$ref").is_none());
            found.insert(format!("{list}/{index}"), (default, says_null));
        }
    }
    for (at, (default, says_null)) in found {
        if let Some(Value::Object(parameter)) = document.pointer_mut(&at) {
            // keys of these names that an author wrote mean nothing
            parameter.remove(DEFAULT);
            parameter.remove(SAYS_NULL);
            parameter.extend(default.map(|default| (DEFAULT.to_owned(), default)));
            parameter.extend(says_null.then(|| (SAYS_NULL.to_owned(), true.into())));
        }
    }
}

/// The default of a schema, or of the one that it refers to.
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

/// Support for keywords that describe a schema.
pub(crate) fn fate(place: Place, key: &str, value: &Value) -> Option<Fate> {
    use Place::{InnerSchema, ParameterSchema, PartSchema, Schema, Whole};
    Some(Ok(match (place, key) {
        (PartSchema, "deprecated") => {
            return Some(Err("that a part of a composition is deprecated is not told of the whole"));
        }
        (InnerSchema, "deprecated") if is_a_type(value) => Whole,
        (InnerSchema, "deprecated") => {
            return Some(Err("what a list or map holds has no type of its own here to be marked"));
        }
        (Schema | ParameterSchema, "deprecated") if value.get("$ref").is_some() => {
            return Some(Err("OpenAPI 3.0 ignores what stands beside a reference"));
        }
        (InnerSchema | PartSchema, "description" | "title" | "default") if !is_a_type(value) => {
            return Some(Err("what a list or map holds has no type of its own here, and so no documentation"));
        }
        (PartSchema, "description" | "title" | "default") if text(value, "type") == "array" => {
            let why = "a list that is a part of a composition has no type of its own here, and so no documentation";
            return Some(Err(why));
        }
        (place, "description" | "title" | "default" | "deprecated") if place.is_schema() && !is_file(value) => Whole,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn parameters_remember_the_defaults_of_their_schemas() {
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
                "Circle": {"$ref": "#/components/schemas/Circle"}}}});
        let lowered = crate::pipeline::tests::lower(&document);
        let shown = |name: &str| -> Vec<String> {
            let operation = lowered.model.operations.iter().find(|operation| operation.name == name).unwrap();
            operation.parameters.iter().map(|one| format!("{:?} {}", one.default, one.notes)).collect()
        };
        let of_the_path = "Some(\"7\") Without it the server takes `7`.";
        assert_eq!(shown("a"), [of_the_path, "Some(\"10\") Without it the server takes `10`."]);
        assert_eq!(shown("b"), [of_the_path, "None "]);
        assert_eq!(shown("c"), [of_the_path, "Some(\"\\\"x\\\"\") Without it the server takes `\"x\"`."]);
    }

    #[test]
    fn what_an_author_says_of_null_stays_in_the_description_of_a_parameter() {
        let words = "May be null. By the author.";
        let parameter = |schema: serde_json::Value| {
            json!({"name": "q", "in": "query", "schema": schema,
            "default of its schema": 7, "description says null": 1})
        };
        let document = json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {"/a": {
            "get": {"operationId": "a", "responses": {}, "parameters": [
                parameter(json!({"type": "string", "description": words}))]},
            "put": {"operationId": "b", "responses": {}, "parameters": [
                parameter(json!({"type": "string", "description": words, "nullable": true}))]}}}});
        let lowered = crate::pipeline::tests::lower(&document);
        for operation in &lowered.model.operations {
            let parameter = &operation.parameters[0];
            assert_eq!((parameter.notes.as_str(), &parameter.default), (words, &None), "{}", operation.name);
        }
    }

    #[test]
    fn keeps_in_words_what_typify_would_stumble_over() {
        let schemas = crate::pipeline::tests::schemas(json!({
            "A": {"type": "object", "title": "Account", "description": "of a user", "x-rust-type": {},
                "example": {"limit": 1},
                "properties": {"limit": {"type": "integer", "default": "ten"}, "title": {"type": "string"}}},
        }));
        assert_eq!(
            schemas["A"],
            json!({"type": "object", "description": "Account\n\nof a user\n\nExample: `{\"limit\":1}`", "properties": {
            "limit": {"type": "integer", "description": "Without it the server takes `\"ten\"`."},
                "title": {"type": "string"}}})
        );
    }
}
