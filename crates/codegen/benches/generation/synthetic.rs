//! Synthetic documents with any number of operations and the features of real ones.

use serde_json::{Map, Value, json};

/// The operations of a resource; the last resource may have fewer.
const EACH: usize = 5;

pub(crate) fn document(operations: usize) -> Value {
    let (mut paths, mut schemas) = (Map::new(), shared_schemas());
    for number in 0..operations.div_ceil(EACH) {
        let name = format!("Thing{number}");
        resource_schemas(&name, number, &mut schemas);
        resource_paths(&name, EACH.min(operations - number * EACH), &mut paths);
    }
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Synthetic", "version": "1.0.0"},
        "servers": [{"url": "https://api.example.com/v1"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "parameters": {"Trace": {"name": "X-Trace", "in": "header", "schema": {"type": "string"}}},
            "responses": {"NotFound": {"description": "No such thing.", "content": media(&reference("Error"))}},
            "schemas": schemas,
        },
    })
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn media(schema: &Value) -> Value {
    json!({"application/json": {"schema": schema}})
}

fn resource_paths(name: &str, count: usize, paths: &mut Map<String, Value>) {
    let collection = format!("/{}s", name.to_lowercase());
    let single = format!("{collection}/{{id}}");
    let found = json!({"description": "The thing.", "content": media(&reference(name))});
    let missing = json!({"$ref": "#/components/responses/NotFound"});
    let refused = json!({"description": "Refused.", "content": media(&reference("Error"))});
    let failed = json!({"description": "Anything else.", "content": media(&reference("Error"))});
    let operations = [
        (
            &collection,
            "get",
            json!({
                "operationId": format!("list{name}s"), "summary": "All things, page by page.", "tags": [name],
                "parameters": [
                    {
                        "name": "limit",
                        "in": "query",
                        "description": "How many.",
                        "schema": {"type": "integer", "format": "int32"},
                    },
                    {"name": "cursor", "in": "query", "schema": {"type": "string", "nullable": true}},
                    {
                        "name": "state",
                        "in": "query",
                        "schema": {"type": "string", "enum": ["active", "paused", "gone"]},
                    },
                    {"name": "tags", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
                    {"$ref": "#/components/parameters/Trace"},
                ],
                "responses": {"200": {"description": "A page.", "content": media(&json!({
                    "type": "object", "required": ["items"],
                    "properties": {
                        "items": {"type": "array", "items": reference(name)},
                        "next": {"type": "string", "nullable": true},
                    },
                }))}, "default": failed},
            }),
        ),
        (
            &single,
            "get",
            json!({
                "operationId": format!("get{name}"), "summary": "One thing.", "tags": [name],
                "responses": {"200": found, "404": missing, "default": failed},
            }),
        ),
        (
            &collection,
            "post",
            json!({
                "operationId": format!("create{name}"), "summary": "Makes a thing.", "tags": [name],
                "description": "The thing is there when this responds.\nIts `secret` is not shown again.",
                "requestBody": {"required": true, "content": media(&reference(&format!("New{name}")))},
                "responses": {"201": found, "400": refused, "409": refused, "default": failed},
            }),
        ),
        (
            &single,
            "patch",
            json!({
                "operationId": format!("update{name}"), "tags": [name],
                "requestBody": {"content": media(&json!({"type": "object", "properties": {
                    "name": {"type": "string", "maxLength": 80},
                    "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                    "place": {
                        "type": "object",
                        "properties": {"street": {"type": "string"}, "town": {"type": "string"}},
                    },
                }}))},
                "responses": {"200": found, "400": refused, "404": missing},
            }),
        ),
        (
            &single,
            "delete",
            json!({
                "operationId": format!("delete{name}"), "tags": [name],
                "responses": {"204": {"description": "Gone."}, "404": missing, "default": failed},
            }),
        ),
    ];
    for (path, method, operation) in operations.into_iter().take(count) {
        let item = paths.entry(path.clone()).or_insert_with(|| match *path == single {
            true => {
                json!({"parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}]})
            }
            false => json!({}),
        });
        item[method] = operation;
    }
}

fn resource_schemas(name: &str, number: usize, schemas: &mut Map<String, Value>) {
    schemas.insert(
        name.to_owned(),
        json!({"allOf": [reference("Base"), {
            "type": "object",
            "required": ["name", "kind", "state"],
            "properties": {
                "name": {"type": "string", "description": "What people call it."},
                "kind": {"type": "string", "enum": ["sensor", "actor", format!("kind-{number}")]},
                "state": {"$ref": "#/components/schemas/State"},
                "parent": {"type": "string", "format": "uuid", "nullable": true},
                "weight": {"type": "number"},
                "count": {"type": "integer", "format": "int64", "minimum": 0},
                "place": {"type": "object", "required": ["latitude"], "properties": {
                    "latitude": {"type": "number", "format": "double"},
                    "longitude": {"type": "number", "format": "double"},
                    "address": {
                        "type": "object",
                        "properties": {"street": {"type": "string"}, "town": {"type": "string"}},
                    },
                }},
                "readings": {"type": "array", "items": {"type": "object", "required": ["at", "value"], "properties": {
                    "at": {"type": "string", "format": "date-time"}, "value": {"type": "number"},
                }}},
                "owner": {"oneOf": [{"$ref": "#/components/schemas/Person"}, {"$ref": "#/components/schemas/Company"}]},
            },
        }]}),
    );
    schemas.insert(
        format!("New{name}"),
        json!({
            "type": "object",
            "required": ["name", "secret"],
            "properties": {
                "name": {"type": "string", "minLength": 1, "maxLength": 80, "description": "What people call it."},
                "secret": {"type": "string", "format": "password"},
                "callbacks": {"type": "array", "maxItems": 10, "items": {"type": "string", "format": "uri"}},
                "kind": {"type": "string", "enum": ["sensor", "actor"]},
                "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                "enabled": {"type": "boolean", "default": true},
            },
        }),
    );
}

fn shared_schemas() -> Map<String, Value> {
    let schemas = json!({
        "Base": {"type": "object", "required": ["id"], "properties": {
            "id": {"type": "string", "format": "uuid"},
            "created": {"type": "string", "format": "date-time"},
            "etag": {"type": "string", "pattern": "^[0-9a-f]+$"},
        }},
        "State": {"type": "string", "enum": ["active", "paused", "gone"]},
        "Person": {"type": "object", "required": ["firstName"], "properties": {
            "firstName": {"type": "string"}, "lastName": {"type": "string"},
        }},
        "Company": {"type": "object", "required": ["company"], "properties": {
            "company": {"type": "string"}, "taxId": {"type": "string", "nullable": true},
        }},
        "Error": {"type": "object", "required": ["message"], "properties": {
            "message": {"type": "string"}, "code": {"type": "integer"},
            "details": {"type": "array", "items": {"type": "object", "properties": {"field": {"type": "string"}}}},
        }},
    });
    schemas.as_object().cloned().unwrap_or_default()
}
