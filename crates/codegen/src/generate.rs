//! The generator: turns a document into Rust code, its surface and the list of unsupported keywords.
//! [`crate::generate`] runs it.

use std::collections::{BTreeMap, BTreeSet};

use openapi::{Code, Problem, STACK, canonical};
use serde_json::Value;

use crate::{
    backend, coverage, emit, generated::Generated, lower::Lowered, pipeline::lowered, polish::polish,
    settings::Settings, surface, unsupported::UnsupportedKeyword,
};

/// The most attempts with other component names. Most documents need one; no known document needs more than two.
pub(crate) const MOST_RUNS: usize = 4;

/// Lowers a document and runs progenitor on it. typify names some inner types by owner and property; if such a name
/// equals a component's, the component is renamed and both steps run again.
fn lower_and_generate(document: &Value, settings: &Settings) -> Result<(Lowered, syn::File), Vec<Problem>> {
    let mut taken = BTreeSet::new();
    let mut runs = 0;
    loop {
        let lowered = lowered(document, &taken, None)?;
        let transport = backend::generate(&lowered, settings)?;
        let duplicates = duplicate_types(&transport, lowered.model.written_types().cloned().collect());
        if duplicates.is_empty() {
            return Ok((lowered, transport));
        }
        runs += 1;
        if runs == MOST_RUNS || duplicates.is_subset(&taken) {
            return Err(duplicates.iter().map(|name| name_conflict(name, &lowered)).collect());
        }
        taken.extend(duplicates);
    }
}

/// Returns the problem of two types with one name that renaming a component does not resolve.
fn name_conflict(name: &str, lowered: &Lowered) -> Problem {
    let origin = lowered.model.origins.get(name).cloned().unwrap_or_default();
    let what = format!("this schema and a schema inside it would both become the Rust type `{name}`");
    let fix = "move the inner schema to `components/schemas` under another name";
    Problem::new(what, fix).of(Code::Unsupported).pointing_to(origin)
}

/// Returns the names that more than one type has, or one of the types in `seen` has too.
fn duplicate_types(file: &syn::File, mut seen: BTreeSet<String>) -> BTreeSet<String> {
    let types = file.items.iter().filter_map(|item| match item {
        syn::Item::Mod(module) if module.ident == "types" => module.content.as_ref().map(|(_, items)| items),
        _ => None,
    });
    let names = types.flatten().filter_map(|item| match item {
        syn::Item::Struct(item) => Some(item.ident.to_string()),
        syn::Item::Enum(item) => Some(item.ident.to_string()),
        _ => None,
    });
    names.filter(|name| !seen.insert(name.clone())).collect()
}

/// Generates the client of a document. The thread needs a large stack.
///
/// # Errors
/// Returns the problems of the first phase that finds any, each with its pointer.
pub(crate) fn generate_all(document: &Value, settings: &Settings) -> Result<Generated, Vec<Problem>> {
    let (lowered, transport) = lower_and_generate(document, settings)?;
    std::thread::scope(|scope| {
        // unsupported keywords depend on the document only, so they are listed in parallel
        let thread = std::thread::Builder::new().stack_size(STACK);
        let listing = thread.spawn_scoped(scope, || unsupported(document, &lowered));
        let polished = polish(transport, &lowered, settings)?;
        let tag_features = polished.features.tags.clone();
        let heading = format!("// {}\n\n", settings.header);
        let types = polished.type_names().count() + lowered.model.written_types().count();
        let (code, example) = emit::file(heading, polished, &lowered, settings)?;
        let listed = match listing.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(listed)) => listed,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => unsupported(document, &lowered),
        };
        Ok(Generated {
            code,
            head: surface::operations(&lowered.model),
            example,
            operations: lowered.model.operations.len(),
            webhooks: lowered.model.webhooks.len(),
            types,
            tag_features,
            has_operation_servers: lowered.model.operations.iter().any(|operation| !operation.servers.is_empty()),
            unrepresented: listed,
            carved: Vec::new(),
            origins: origins(&lowered),
        })
    })
}

/// Returns the pointers of types and operations. An operation is a method, a builder and an error type.
fn origins(lowered: &Lowered) -> BTreeMap<String, String> {
    let mut origins = lowered.model.origins.clone();
    for webhook in &lowered.model.webhooks {
        origins.insert(webhook.name.clone(), lowered.moved.original(&webhook.pointer));
    }
    for operation in &lowered.model.operations {
        let error = format!("{}Error", operation.type_name);
        for name in [operation.name.clone(), operation.type_name.clone(), error] {
            origins.insert(name, lowered.moved.original(&operation.pointer));
        }
    }
    origins
}

/// Returns the unsupported keywords with their pointers in the original document.
fn unsupported(document: &Value, lowered: &Lowered) -> Vec<UnsupportedKeyword> {
    let mut listed = coverage::list(lowered);
    listed.extend(lowered.unrepresented.iter().cloned());
    for one in &mut listed {
        let (pointer, keyword) = lowered.moved.original_keyword(&one.pointer, &one.keyword);
        if keyword != one.keyword {
            let original = document.pointer(&pointer).and_then(|object| object.get(&keyword));
            one.value = original.map_or(Value::Null, canonical);
        }
        (one.pointer, one.keyword) = (pointer, keyword);
    }
    listed.extend(lowered.ignored.iter().cloned());
    listed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::generate;
    use serde_json::{Map, json};

    #[test]
    fn names_do_not_change_when_an_unrelated_operation_is_added() {
        let operation = |id: &str| {
            let request = json!({"type": "object", "properties": {
                "mode": {"type": "string", "enum": ["a", "b"]},
                "at": {"type": "object", "properties": {"x": {"type": "integer"}}}}});
            let body = json!({"type": "object", "title": "Response",
                "properties": {"y": {"type": "string", "maxLength": 3}}});
            json!({"operationId": id,
                "requestBody": {"content": {"application/json": {"schema": request}}},
                "responses": {"200": {"content": {"application/json": {"schema": body}}}}})
        };
        let surface = |paths: Value| {
            let document = json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": paths});
            generate(&document, &Settings::package()).unwrap().surface()
        };
        let one = surface(json!({"/m": {"post": operation("middle")}}));
        let three = surface(json!({"/a": {"post": operation("first")}, "/m": {"post": operation("middle")},
                "/z": {"post": operation("last")}}));
        let lost: Vec<_> = one.lines().filter(|line| !three.lines().any(|other| other == *line)).collect();
        assert_eq!(lost, Vec::<&str>::new());
        assert!(one.contains("struct types::MiddleRequestAt") && three.contains("struct types::LastRequestAt"));
    }

    /// Nullable inline schemas in the form of 3.0 and of 3.1, at several positions.
    #[test]
    fn nullable_inline_schemas_get_unique_type_names() {
        let shapes = [
            json!({"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]}),
            json!({"anyOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}], "title": "T"}),
            json!({"anyOf": [{"$ref": "#/components/schemas/A"}]}),
            json!({"oneOf": [{"type": "string"}, {"type": "integer"}]}),
            json!({"anyOf": [{"type": "string", "enum": ["a"]}, {"$ref": "#/components/schemas/A"},
                {"type": "array", "items": {"type": "string"}}]}),
            json!({"allOf": [{"$ref": "#/components/schemas/A"}, {"type": "object",
                "properties": {"c": {"type": "string"}}}]}),
            json!({"allOf": [{"$ref": "#/components/schemas/A"}]}),
            json!({"type": "string", "enum": ["a", "b"]}),
            json!({"type": "array", "items": {"oneOf": [{"$ref": "#/components/schemas/A"},
                {"$ref": "#/components/schemas/B"}]}}),
            json!({"type": "array", "maxItems": 3, "items": {"type": "string"}}),
            json!({"type": "object", "additionalProperties": {"type": "string", "enum": ["a", "b"]}}),
            json!({"type": "object", "properties": {"d": {"type": "string"}}}),
            json!({"type": "string", "maxLength": 3}),
            json!({"type": "string", "pattern": "^a"}),
            json!({"type": "integer", "minimum": 1}),
            json!({"type": "string"}),
        ];
        let of_3_0 = |shape: &Value| {
            let mut shape = shape.clone();
            shape["nullable"] = true.into();
            shape
        };
        let of_3_1 = |shape: &Value| {
            let mut shape = shape.clone();
            for keyword in ["oneOf", "anyOf"] {
                if let Some(variants) = shape.get_mut(keyword).and_then(Value::as_array_mut) {
                    variants.push(json!({"type": "null"}));
                    return shape;
                }
            }
            match shape.get("type").cloned() {
                Some(ty) => shape["type"] = json!([ty, "null"]),
                None => return json!({"anyOf": [shape, {"type": "null"}]}),
            }
            shape
        };
        let json_of = |schema: Value| json!({"application/json": {"schema": schema}});
        let positions: [fn(Value) -> Value; 4] = [
            |shape| shape,
            |shape| json!({"type": "object", "properties": {"p": shape}}),
            |shape| json!({"type": "array", "items": shape}),
            |shape| json!({"type": "object", "additionalProperties": shape}),
        ];
        for shape in &shapes {
            for (version, shape) in [("3.0.3", of_3_0(shape)), ("3.1.0", of_3_1(shape))] {
                let mut paths = Map::new();
                for (at, position) in positions.iter().enumerate() {
                    let schema = position(shape.clone());
                    paths.insert(
                        format!("/p{at}"),
                        json!({"post": {"operationId": format!("do{at}"),
                        "parameters": [{"name": "q", "in": "query", "schema": shape}, {"name": "h", "in": "header",
                            "schema": shape}],
                        "requestBody": {"content": json_of(schema.clone())},
                        "responses": {"200": {"description": "", "content": json_of(schema.clone())},
                            "400": {"description": "", "content": json_of(schema)}}}}),
                    );
                }
                let object = |name: &str| {
                    json!({"type": "object", "required": [name],
                    "properties": {name: {"type": "string"}}})
                };
                let document = json!({"openapi": version, "info": {"title": "t", "version": "1"}, "paths": paths,
                    "components": {"schemas": {"A": object("a"), "B": object("b"), "C": shape}}});
                let generated = generate(&document, &Settings::package())
                    .unwrap_or_else(|problems| panic!("{version} {shape}: {problems:?}"));
                let file = syn::parse_file(&generated.code).unwrap();
                assert_eq!(duplicate_types(&file, BTreeSet::new()), BTreeSet::new(), "{version} {shape}");
            }
        }
    }

    #[test]
    fn renames_a_component_whose_name_typify_uses() {
        let links = |name: &str| {
            json!({"type": "object", "properties": {"links": {"type": "object",
            "properties": {name: {"type": "string"}}}}})
        };
        let document = json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {},
            "components": {"schemas": {
            "A": {"allOf": [links("x"), links("y")]}, "ALinks": {"type": "object",
                "properties": {"z": {"type": "string"}}}}}});
        let code = generate(&document, &Settings::package()).unwrap().code;
        assert_eq!(code.matches("pub struct ALinks ").count(), 1);
        assert_eq!(code.matches("pub struct ALinks2 ").count(), 1);
    }
}
