//! The one generator: a corrected document in, Rust code, its surface and what it does not carry out.

use std::collections::{BTreeMap, BTreeSet};

use openapi::{Problem, STACK, with_stack};
use serde_json::Value;

use crate::{
    backend, coverage, emit, generated::Generated, lower::Lowered, pipeline::lowered, polish::polish,
    settings::Settings, surface, unsupported::UnsupportedKeyword,
};

/// Generates the client of a document whose overlay is already applied.
///
/// # Errors
/// All problems of the document that could be found, by pointer.
pub fn generate(document: &Value, settings: &Settings) -> Result<Generated, Vec<Problem>> {
    with_stack(|| run(document, settings))
}

/// Most documents need one run, and none is known that needs more than two.
pub(crate) const MOST_RUNS: usize = 4;

/// Lowers a document and gives it to progenitor. typify names some types itself, by owner and property; where such a
/// name is a component's too, the component gets another.
fn lower_and_generate(document: &Value, settings: &Settings) -> Result<(Lowered, syn::File), Vec<Problem>> {
    let mut taken = BTreeSet::new();
    let mut runs = 0;
    loop {
        let lowered = lowered(document, &taken, None)?;
        let raw = backend::generate(&lowered, settings)?;
        let repeated = repeated_types(&raw);
        if repeated.is_empty() {
            return Ok((lowered, raw));
        }
        runs += 1;
        if runs == MOST_RUNS || repeated.is_subset(&taken) {
            return Err(repeated.iter().map(|name| twice(name, &lowered)).collect());
        }
        taken.extend(repeated);
    }
}

/// Two types of one name, which renaming a component does not separate.
fn twice(name: &str, lowered: &Lowered) -> Problem {
    let origin = lowered.model.origins.get(name).cloned().unwrap_or_default();
    let what = format!("this schema and one inside of it would both become the type `{name}`");
    Problem::new(what, "make the inner schema a component with a name of its own").pointing_to(origin)
}

/// Names that several types have.
fn repeated_types(file: &syn::File) -> BTreeSet<String> {
    let types = file.items.iter().filter_map(|item| match item {
        syn::Item::Mod(module) if module.ident == "types" => module.content.as_ref().map(|(_, items)| items),
        _ => None,
    });
    let mut seen = BTreeSet::new();
    let names = types.flatten().filter_map(|item| match item {
        syn::Item::Struct(item) => Some(item.ident.to_string()),
        syn::Item::Enum(item) => Some(item.ident.to_string()),
        _ => None,
    });
    names.filter(|name| !seen.insert(name.clone())).collect()
}

fn run(document: &Value, settings: &Settings) -> Result<Generated, Vec<Problem>> {
    let (lowered, raw) = lower_and_generate(document, settings)?;
    std::thread::scope(|scope| {
        // what is not carried follows from the document alone, so it is listed meanwhile
        let thread = std::thread::Builder::new().stack_size(STACK);
        let listing = thread.spawn_scoped(scope, || unsupported(&lowered));
        let polished = polish(raw, &lowered, settings)?;
        let heading = format!("// {}\n\n", settings.header);
        let types = polished.type_names().count() + lowered.model.aliases().count();
        let (code, example) = emit::file(heading, polished, &lowered, settings)?;
        let listed = match listing.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(listed)) => listed,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => unsupported(&lowered),
        };
        Ok(Generated {
            code,
            head: surface::operations(&lowered.model),
            example,
            operations: lowered.model.operations.len(),
            types,
            unrepresented: listed,
            origins: origins(&lowered),
        })
    })
}

/// Where types and operations come from. An operation is a method, a builder, and an error type.
fn origins(lowered: &Lowered) -> BTreeMap<String, String> {
    let mut origins = lowered.model.origins.clone();
    for operation in &lowered.model.operations {
        let error = format!("{}Error", operation.type_name);
        for name in [operation.name.clone(), operation.type_name.clone(), error] {
            origins.insert(name, operation.pointer.clone());
        }
    }
    origins
}

/// What is not carried, by its place in the document as it was given.
fn unsupported(lowered: &Lowered) -> Vec<UnsupportedKeyword> {
    let mut listed = coverage::list(lowered);
    listed.extend(lowered.unrepresented.iter().cloned());
    listed.iter_mut().for_each(|one| one.pointer = lowered.moved.original(&one.pointer));
    listed
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Map, json};

    #[test]
    fn names_do_not_change_when_an_unrelated_operation_is_added() {
        let operation = |id: &str| {
            let request = json!({"type": "object", "properties": {
                "mode": {"type": "string", "enum": ["a", "b"]},
                "at": {"type": "object", "properties": {"x": {"type": "integer"}}}}});
            let answer = json!({"type": "object", "title": "Answer",
                "properties": {"y": {"type": "string", "maxLength": 3}}});
            json!({"operationId": id,
                "requestBody": {"content": {"application/json": {"schema": request}}},
                "responses": {"200": {"content": {"application/json": {"schema": answer}}}}})
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

    /// Inline schemas that may be null, as 3.0 and 3.1 write them, with the types that they must become.
    #[test]
    fn every_inline_schema_that_may_be_null_gets_names_and_ends() {
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
        let places: [fn(Value) -> Value; 4] = [
            |shape| shape,
            |shape| json!({"type": "object", "properties": {"p": shape}}),
            |shape| json!({"type": "array", "items": shape}),
            |shape| json!({"type": "object", "additionalProperties": shape}),
        ];
        for shape in &shapes {
            for (version, shape) in [("3.0.3", of_3_0(shape)), ("3.1.0", of_3_1(shape))] {
                let mut paths = Map::new();
                for (at, place) in places.iter().enumerate() {
                    let schema = place(shape.clone());
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
                assert_eq!(repeated_types(&file), BTreeSet::new(), "{version} {shape}");
            }
        }
    }

    #[test]
    fn a_component_that_has_the_name_of_a_type_of_typifys_own_gets_another() {
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
