//! Compares `docs/limits.md` with the limits in the code, and tests the limits of `diff`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::{
    fs,
    time::{Duration, Instant},
};

use openapi::Limit;
use openapi_diff::wire_changes;
use serde_json::{Map, Value, json};
use test_support::{root, sources};

fn limits() -> impl Iterator<Item = &'static Limit> {
    openapi::LIMITS.iter().chain(codegen::LIMITS).chain(pages::LIMITS)
}

#[test]
fn the_table_has_every_limit_with_its_value() {
    let table = fs::read_to_string(root().join("docs/limits.md")).unwrap();
    let missing: Vec<_> = limits().map(Limit::row).filter(|row| !table.lines().any(|line| line == row)).collect();
    assert!(missing.is_empty(), "docs/limits.md lacks these rows:\n{}", missing.join("\n"));
}

#[test]
fn the_table_has_the_limits_of_diff() {
    let table = fs::read_to_string(root().join("docs/limits.md")).unwrap();
    assert!(table.contains(&format!("| changes between two documents | {} changes |", openapi_diff::MAX_CHANGES)));
    let pairs = format!("| nested references of two schemas compared | {} pairs |", openapi_diff::MAX_DEPTH);
    assert!(table.contains(&pairs));
}

fn document(schemas: Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    })
}

/// Returns a document in which `list` has `count` entries with a prefix.
fn differing(list: &str, count: usize, prefix: &str) -> Value {
    let names = (0..count).map(|at| format!("{prefix}{at}"));
    match list {
        "enum" => document(json!({"A": {"type": "string", "enum": names.collect::<Vec<_>>()}})),
        "required" => document(json!({"A": {"type": "object", "required": names.collect::<Vec<_>>()}})),
        "properties" => {
            let properties: Map<String, Value> = names.map(|name| (name, json!({"type": "string"}))).collect();
            document(json!({"A": {"type": "object", "properties": properties}}))
        }
        "oneOf" => document(json!({"A": {"oneOf": names.map(|name| json!({"title": name})).collect::<Vec<_>>()}})),
        "tags" => {
            let tags: Vec<_> = names.map(|name| json!({"name": name})).collect();
            json!({"openapi": "3.0.3", "paths": {}, "tags": tags})
        }
        "servers" => {
            let servers: Vec<_> = names.map(|name| json!({"url": name})).collect();
            json!({"openapi": "3.0.3", "paths": {}, "servers": servers})
        }
        _ => {
            let parameter = |name: String| json!({"name": name, "in": "query", "schema": {"type": "string"}});
            let parameters: Vec<_> = names.map(parameter).collect();
            json!({"openapi": "3.0.3", "paths": {"/a": {"get": {"responses": {}, "parameters": parameters}}}})
        }
    }
}

#[test]
fn long_lists_on_both_sides_take_linear_time_and_end_at_a_limit() {
    for list in ["enum", "required", "properties", "oneOf", "tags", "servers", "parameters"] {
        let [base, revision] = ["v", "w"].map(|prefix| differing(list, 20_000, prefix));
        let begun = Instant::now();
        let changes = wire_changes(&base, &revision, "2026-11-25").unwrap();
        assert!(changes.len() >= 20_000, "{list}: {}", changes.len());
        // quadratic time would be minutes
        assert!(begun.elapsed() < Duration::from_secs(20), "{list}: {:?}", begun.elapsed());
    }
    let most = openapi_diff::MAX_CHANGES / 2;
    let changes =
        |count: usize| wire_changes(&differing("enum", count, "v"), &differing("enum", count, "w"), "2026-11-25");
    assert_eq!(changes(most).map(|changes| changes.len()), Ok(2 * most));
    let problem = changes(most + 1).unwrap_err();
    assert_eq!(problem.pointer.as_deref(), Some(format!("/components/schemas/A/enum/{}", most - 1).as_str()));
}

#[test]
fn cycles_of_different_lengths_end_at_a_limit() {
    let cycle = |length: usize, most: usize| {
        let schema = |at: usize| {
            let next = format!("#/components/schemas/A{}", (at + 1) % length);
            let properties = json!({"text": {"type": "string", "maxLength": most}, "next": {"$ref": next}});
            (format!("A{at}"), json!({"type": "object", "properties": properties}))
        };
        document(Value::Object((0..length).map(schema).collect()))
    };
    let compared = |one: usize, other: usize| wire_changes(&cycle(one, 1), &cycle(other, 2), "2026-11-25");
    assert!(compared(50, 49).is_ok());
    let problem = compared(499, 491).unwrap_err();
    assert!(problem.pointer.is_some_and(|pointer| pointer.starts_with("/components/schemas/A")));
}

#[test]
fn the_tests_of_the_limits_exist() {
    let folders = ["crates/openapi/src", "crates/codegen/src", "crates/pages/src"];
    let code = folders.map(|folder| sources(&root().join(folder))).concat();
    for limit in limits() {
        let exists = ["", "    "]
            .iter()
            .any(|indent| code.contains(&format!("{indent}#[test]\n{indent}fn {}() {{", limit.test)));
        assert!(exists, "{}", limit.test);
    }
}
