//! The messages of all kinds of change, in one snapshot.

use std::{collections::HashMap, path::Path};

use openapi::Document;
use openapi_diff::{Change, ChangeKind, wire_changes};
use serde_json::{Map, Value, json};

use super::TODAY;

/// A document with an operation for each use of a component.
fn smallest() -> Value {
    let response = |name: &str| {
        let reference = json!({"$ref": format!("#/components/schemas/{name}")});
        json!({"200": {"description": "ok", "content": {"application/json": {"schema": reference}}}})
    };
    json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1.0.0"},
        "paths": {
            "/oauth2/clients": {"post": {
                "operationId": "createClient",
                "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}},
                "responses": response("Once"),
            }},
            "/devices": {"get": {"operationId": "listDevices", "responses": response("Shared")}},
            "/things": {
                "get": {"operationId": "listThings", "responses": response("Cat")},
                "put": {"operationId": "putThings", "responses": response("Shared")},
            },
        },
        "components": {"schemas": {
            "Shared": {"type": "object", "properties": {"cat": {"$ref": "#/components/schemas/Cat"}}},
            "Once": {"type": "object"},
            "Cat": {"type": "object", "properties": {"dog": {"$ref": "#/components/schemas/Dog"}}},
            "Dog": {"type": "object", "properties": {"cat": {"$ref": "#/components/schemas/Cat"}}},
        }},
    })
}

/// JSON Merge Patch, RFC 7396.
fn merge(target: &mut Value, patch: &Value) {
    let Some(patch) = patch.as_object() else {
        target.clone_from(patch);
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    for (key, value) in patch {
        if value.is_null() {
            target.as_object_mut().unwrap().shift_remove(key);
        } else {
            merge(&mut target[key], value);
        }
    }
}

fn patched(patch: &Value) -> Value {
    let mut document = smallest();
    merge(&mut document, patch);
    document
}

fn with_schema(schema: &Value) -> Value {
    let mut document = smallest();
    let body = "/paths/~1oauth2~1clients/post/requestBody/content/application~1json/schema";
    document.pointer_mut(body).unwrap()["properties"] = json!({"name": schema});
    document
}

/// A line of the snapshot: the id, the message, and the operations that use the component.
fn line(change: &Change) -> String {
    let used_by = change.used_by.as_ref().map(|used_by| format!(" [used by: {used_by}]")).unwrap_or_default();
    format!("{}\n    {}{used_by}\n", change.kind, change.message)
}

#[test]
fn every_kind_has_a_message() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff/messages.yaml");
    let table = Document::read(&path, "messages.yaml").unwrap();
    let rows = |key: &str| table.value()[key].as_array().unwrap().clone();
    let mut pairs: Vec<_> = rows("schemas").iter().map(|row| [0, 1].map(|side| with_schema(&row[side]))).collect();
    pairs.extend(rows("documents").iter().map(|row| [0, 1].map(|side| patched(&row[side]))));
    let mut found: HashMap<ChangeKind, String> = HashMap::new();
    for [one, other] in &pairs {
        for (base, revision) in [(one, other), (other, one)] {
            for change in wire_changes(base, revision, TODAY).unwrap() {
                found.entry(change.kind).or_insert_with(|| line(&change));
            }
        }
    }
    let missing: Vec<_> = ChangeKind::ALL.iter().filter(|kind| !found.contains_key(kind)).collect();
    assert_eq!(missing, Vec::<&ChangeKind>::new(), "kinds without a pair in messages.yaml");
    let mut text: String = ChangeKind::ALL.iter().map(|kind| found[kind].as_str()).collect();
    text.push_str("\n# subjects\n");
    for row in rows("subjects") {
        let [base, revision] = [0, 1].map(|side| patched(&row[side]));
        text.extend(wire_changes(&base, &revision, TODAY).unwrap().iter().map(line));
    }
    insta::assert_snapshot!("messages", text);
}
