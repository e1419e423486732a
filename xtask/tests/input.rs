//! `cargo xtask generate` on documents in several files, lenient ones, OpenAPI 3.1, and hostile ones.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod program;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use program::{generate as run, generate_with as run_with, json as report};
use serde_json::{Value, json};

fn documents() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents")
}

/// Generates a crate, and returns its client and its document.
fn generated(document: &Path) -> (String, Value) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let output = run(document, &out);
    assert!(output.status.success(), "{}", report(&output));
    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    (read("src/client.rs"), serde_json::from_str(&read("openapi.json")).unwrap())
}

/// Writes files into a temporary folder, generates from the first, and returns the errors.
fn errors_of(files: &[(&str, &str)]) -> Vec<(String, u64, u64, String, String)> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    errors_in(folder.path(), files[0].0)
}

fn errors_in(folder: &Path, document: &str) -> Vec<(String, u64, u64, String, String)> {
    let output = run_with(&folder.join(document), &folder.join("out"), &["--strict"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(!folder.join("out").exists());
    let report = report(&output);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let one = |error: &Value| {
        assert!(!text(&error["fix"]).is_empty(), "{error}");
        let file = text(&error["file"]);
        let name = Path::new(&file).strip_prefix(folder).unwrap_or(Path::new(&file)).display().to_string();
        let number = |key: &str| error[key].as_u64().unwrap_or_default();
        (name, number("line"), number("column"), text(&error["pointer"]), text(&error["message"]))
    };
    report["errors"].as_array().unwrap().iter().map(one).collect()
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\n";

#[test]
fn referenced_files_are_bundled() {
    let (client, document) = generated(&documents().join("files/zoo.yaml"));
    assert!(!document.to_string().contains(".yaml") && !document.to_string().contains(".json"), "{document}");
    let names: Vec<_> = document["components"]["schemas"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["Animal", "Keeper", "Kind", "badge_number", "id"]);
    assert_eq!(
        document["components"]["schemas"]["Animal"]["properties"]["young"]["items"],
        json!({"$ref": "#/components/schemas/Animal"})
    );
    for part in ["pub struct Animal", "pub struct Keeper", "pub enum Kind", "fn list_animals", "fn get_animal"] {
        assert!(client.contains(part), "{part}");
    }
}

#[test]
fn output_is_independent_of_the_location_of_the_document() {
    let folder = tempfile::tempdir().unwrap();
    let moved = folder.path().join("some/where else");
    for file in [
        "zoo.yaml",
        "paths.json",
        "schemas/animal.yaml",
        "common/common types.json",
        "common/parameters.yaml",
        "common/responses.yaml",
    ] {
        let to = moved.join(file);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(documents().join("files").join(file), to).unwrap();
    }
    // this file references the document by its name
    let animal = moved.join("schemas/animal.yaml");
    fs::write(&animal, fs::read_to_string(&animal).unwrap().replace("../zoo.yaml", "../root.yml")).unwrap();
    fs::rename(moved.join("zoo.yaml"), moved.join("root.yml")).unwrap();
    assert_eq!(generated(&documents().join("files/zoo.yaml")), generated(&moved.join("root.yml")));
}

#[test]
fn rejects_references_out_of_the_folder() {
    let schema = |reference: &str| {
        format!("{HEAD}components:\n  schemas:\n    A: {{type: array, items: {{$ref: '{reference}'}}}}\n")
    };
    for (reference, part) in [
        ("https://example.com/pet.yaml", "no file is fetched"),
        ("http://example.com/pet.yaml#/Pet", "no file is fetched"),
        ("file:///etc/passwd", "no file is fetched"),
        ("C:/pets.yaml", "no file is fetched"),
        ("//example.com/pet.yaml", "no file is fetched"),
        ("/etc/passwd", "is outside the document's folder"),
        ("../secret.yaml", "is outside the document's folder"),
        ("inner/../../secret.yaml", "is outside the document's folder"),
        ("%2e%2e/secret.yaml", "is outside the document's folder"),
        ("%2Fetc/passwd", "is outside the document's folder"),
        ("link.yaml", "is outside the document's folder"),
        ("gone.yaml", "the file cannot be read"),
        ("inner", "the file cannot be read: not a file"),
        ("inner/b.yaml#/Nothing", "has no target in"),
        ("api.yaml", "targets the whole document"),
        ("#", "targets the whole document"),
        ("#Anchor", "has no target in this document"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("inside");
        fs::create_dir_all(inside.join("inner")).unwrap();
        fs::write(folder.path().join("secret.yaml"), "type: string\n").unwrap();
        fs::write(inside.join("inner/b.yaml"), "type: string\n").unwrap();
        fs::write(inside.join("api.yaml"), schema(reference)).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path().join("secret.yaml"), inside.join("link.yaml")).unwrap();
        let found = errors_in(&inside, "api.yaml");
        let [(file, line, column, pointer, message)] = found.as_slice() else { panic!("{reference}: {found:?}") };
        assert!(message.contains(part), "{reference}: {message}");
        assert_eq!(
            (file.as_str(), *line, *column, pointer.as_str()),
            ("api.yaml", 6, 36, "/components/schemas/A/items/$ref"),
            "{reference}"
        );
    }
}

#[test]
fn reports_every_problem_of_every_file_with_its_location() {
    let schemas = "\
components:
  schemas:
    A: {$ref: 'a.yaml#/A'}
    B: {$ref: broken.json}
    C: {$ref: gone.yaml}
    D: {type: objekt}
";
    let root = format!("{HEAD}{schemas}");
    let found = errors_of(&[
        ("api.yaml", &root),
        ("a.yaml", "A:\n  type: strin\n  items: {$ref: 'b/b.json'}\n"),
        ("b/b.json", "{\"minLength\": \"many\",\n  \"allOf\": [{\"$ref\": \"../../x\"}]}"),
        ("broken.json", "{\"type\": \"string\",\n \"type\": \"string\"}"),
    ]);
    let mut places: Vec<_> = found
        .iter()
        .map(|(file, line, column, pointer, _)| (file.as_str(), *line, *column, pointer.as_str()))
        .collect();
    places.sort();
    assert_eq!(
        places,
        [
            ("a.yaml", 2, 9, "/A/type"),
            ("api.yaml", 8, 15, "/components/schemas/C/$ref"),
            ("api.yaml", 9, 15, "/components/schemas/D/type"),
            ("b/b.json", 1, 15, "/minLength"),
            ("b/b.json", 2, 22, "/allOf/0/$ref"),
            ("broken.json", 2, 2, "/type"),
        ],
        "{found:?}"
    );
}

#[test]
fn a_reference_cycle_between_files_is_an_error() {
    let root = "\
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /a:
    get:
      operationId: a
      parameters: [{$ref: 'p.yaml#/A'}]
      responses: {}
";
    let found = errors_of(&[("api.yaml", root), ("p.yaml", "A: {$ref: '#/B'}\nB: {$ref: 'p.yaml#/A'}\n")]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].4.contains("cycle"), "{found:?}");
}

#[test]
fn reads_lenient_documents_and_openapi_3_1() {
    let (lenient, _) = generated(&documents().join("lenient.yaml"));
    assert!(lenient.contains("fn list_things") && lenient.contains("pub struct Thing"));
    let (client, _) = generated(&documents().join("openapi-3.1.yaml"));
    for part in ["pub struct Order", "pub note: Option<", "pub enum OrderAmount", "fn place_order"] {
        assert!(client.contains(part), "{part} is not in\n{client}");
    }
}

#[test]
fn rejects_other_versions() {
    let other = errors_of(&[("api.yaml", "openapi: 3.3.0\n")]);
    assert_eq!(other[0].4, "OpenAPI 3.3.0 is not supported (supported: 3.0, 3.1, 3.2)");
}

#[test]
fn hostile_documents_are_errors() {
    let reference = |name: String| json!({"$ref": format!("#/components/schemas/{name}")});
    let with = |schemas: BTreeMap<String, Value>| {
        let document = json!({
            "openapi": "3.0.3",
            "info": {"title": "t", "version": "1"},
            "paths": {},
            "components": {"schemas": schemas},
        });
        document.to_string()
    };
    let doubled = (0..60).map(|at| {
        let next = reference(format!("S{}", at + 1));
        (format!("S{at}"), json!({"allOf": [next, next, {"properties": {format!("p{at}"): {"type": "string"}}}]}))
    });
    let object = |name: String| json!({"type": "object", "properties": {name: {"type": "string"}}});
    let union = |list| json!({"oneOf": (0..8).map(|at| object(format!("p{list}_{at}"))).collect::<Vec<_>>()});
    let product = json!({"allOf": (0..8).map(union).collect::<Vec<_>>()});
    let ring = (0..1_000).map(|at| (format!("S{at}"), reference(format!("S{}", (at + 1) % 1_000))));
    for (text, part) in [
        (format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)), "nested too deeply"),
        (format!("{{\"openapi\": \"3.0.3\", \"x\": {}1", "{\"a\":".repeat(100_000)), "nested too deeply"),
        (format!("openapi: 3.0.3\nx: {}", "[".repeat(100_000)), "not valid YAML"),
        (format!("openapi: 3.0.3\nx:\n  {}y", "- ".repeat(100_000)), "nested too deeply"),
        (with(doubled.chain([("S60".to_owned(), json!({}))]).collect()), "merge"),
        (with(BTreeMap::from([("A".to_owned(), product)])), "merge"),
        (with(ring.collect()), "nests compositions"),
        (with(BTreeMap::from([("A".to_owned(), reference("A".to_owned()))])), "composed of itself"),
    ] {
        let found = errors_of(&[("api.json", &text)]);
        assert!(found[0].4.contains(part), "{part}: {found:?}");
        assert!(found[0].1 > 0, "{found:?}");
    }
}
