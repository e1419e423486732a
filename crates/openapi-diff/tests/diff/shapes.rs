//! Single edits of every part of a document, with the class that each is in.

use openapi_diff::Verdict::{self, Breaking, Compatible, Docs, None};
use serde_json::{Value, json};

use super::wire;

fn document(schema: &Value, more: &Value) -> Value {
    let mut document = json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {"/a/{id}": {"post": {"operationId": "a", "responses": {"200": {"description": "ok"}}}}},
        "components": {
            "schemas": {
                "S": schema,
                "Cat": {"type": "object", "properties": {"name": {"type": "string"}}},
                "Dog": {"type": "object", "properties": {"age": {"type": "integer"}}},
            },
        },
    });
    let operation = &mut document["paths"]["/a/{id}"]["post"];
    for (key, value) in more.as_object().unwrap() {
        operation[key] = value.clone();
    }
    document
}

fn in_request(schema: Value) -> Value {
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/S"}}});
    document(&schema, &json!({"requestBody": {"content": content}}))
}

fn in_response(schema: Value) -> Value {
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/S"}}});
    document(&schema, &json!({"responses": {"200": {"description": "ok", "content": content}}}))
}

/// The class in which a schema's edit falls, its verdict in requests, and its verdict in responses.
fn schemas(base: Value, revision: Value) -> (String, Verdict, Verdict) {
    let (request, ids) = wire(&in_request(base.clone()), &in_request(revision.clone()));
    let (response, others) = wire(&in_response(base), &in_response(revision));
    assert_eq!(ids, others);
    (ids.join(" "), request, response)
}

#[test]
fn schemas_go_by_the_law() {
    let cat = json!({"$ref": "#/components/schemas/Cat"});
    let dog = json!({"$ref": "#/components/schemas/Dog"});
    for (base, revision, id, request, response) in [
        (json!({"type": "string"}), json!({"type": "integer"}), "type-changed", Breaking, Breaking),
        (json!({"type": "integer"}), json!({"type": "number"}), "type-widened", Compatible, Breaking),
        (json!({"type": "integer"}), json!({"type": ["integer", "null"]}), "null-allowed", Compatible, Breaking),
        (json!({"type": "integer", "nullable": true}), json!({"type": ["integer", "null"]}), "", None, None),
        (json!({"type": "string", "minLength": 0}), json!({"type": "string"}), "", None, None),
        (
            json!({"type": "string", "maxLength": 4}),
            json!({"type": "string", "maxLength": 5}),
            "max-length-raised",
            Compatible,
            Breaking,
        ),
        (json!({"minimum": 1, "exclusiveMinimum": true}), json!({"exclusiveMinimum": 1}), "", None, None),
        (
            json!({"minimum": 1}),
            json!({"minimum": 1, "exclusiveMinimum": true}),
            "minimum-raised",
            Breaking,
            Compatible,
        ),
        (json!({"type": "string"}), json!({"type": "string", "format": "byte"}), "format-set", Breaking, Breaking),
        (json!({"prefixItems": [{}]}), json!({"prefixItems": [{}, {}]}), "prefix-item-added", Compatible, Compatible),
        // what stood there was an item like others
        (
            json!({"prefixItems": [{}], "items": {"type": "string"}}),
            json!({"prefixItems": [{}, {"type": "integer"}], "items": {"type": "string"}}),
            "type-changed",
            Breaking,
            Breaking,
        ),
        (json!({"multipleOf": 5}), json!({"multipleOf": 10}), "multiple-of-coarser", Breaking, Compatible),
        (json!({"enum": [1, 2]}), json!({"enum": [2, 1]}), "", None, None),
        (json!({"enum": [1, 2]}), json!({"enum": [2]}), "enum-value-removed", Breaking, Compatible),
        (json!({"enum": [1]}), json!({"const": 1}), "", None, None),
        (
            json!({"properties": {"a": {}}}),
            json!({"properties": {"a": {}}, "required": ["a"]}),
            "property-required",
            Breaking,
            Compatible,
        ),
        (json!({"properties": {}}), json!({"properties": {"a": {}}}), "property-added", Compatible, Compatible),
        (
            json!({"properties": {}}),
            json!({"properties": {"a": {}}, "required": ["a"]}),
            "required-property-added",
            Breaking,
            Compatible,
        ),
        (json!({"properties": {"a": {}}}), json!({"properties": {}}), "property-removed", Compatible, Compatible),
        (
            json!({"properties": {"a": {}}, "required": ["a"]}),
            json!({"properties": {}}),
            "required-property-removed",
            Compatible,
            Breaking,
        ),
        (json!({"additionalProperties": true}), json!({}), "", None, None),
        (json!({}), json!({"additionalProperties": false}), "additional-properties-closed", Breaking, Compatible),
        (cat.clone(), json!({"oneOf": [cat, dog]}), "union-introduced", Compatible, Breaking),
        (json!({"allOf": [cat]}), cat.clone(), "schema-restated", None, None),
        (
            json!({"allOf": [cat, dog, {"minProperties": 1}]}),
            json!({"allOf": [cat, {"minProperties": 1}]}),
            "all-of-properties-removed",
            Compatible,
            Compatible,
        ),
        (
            json!({"allOf": [cat, dog, {"minProperties": 1}]}),
            json!({"allOf": [cat, dog]}),
            "all-of-branch-removed",
            Compatible,
            Breaking,
        ),
        (
            json!({"oneOf": [cat, {"type": "null"}]}),
            json!({"nullable": true, "allOf": [cat]}),
            "schema-restated",
            None,
            None,
        ),
        (json!({"oneOf": [cat, dog]}), json!({"oneOf": [dog, cat]}), "", None, None),
        (json!({"oneOf": [cat]}), json!({"oneOf": [cat, dog]}), "union-introduced", Compatible, Breaking),
        (json!({"description": "a"}), json!({"description": "b"}), "words-changed", Docs, Docs),
        (json!({"x-a": 1}), json!({"x-a": 2}), "extension-changed", Docs, Docs),
        (json!({"nobodyKnows": 1}), json!({"nobodyKnows": 2}), "unclassified", Breaking, Breaking),
    ] {
        assert_eq!(schemas(base.clone(), revision.clone()), (id.to_owned(), request, response), "{base} → {revision}");
    }
}

#[test]
fn a_schema_renamed_and_used_in_many_places_is_one_change() {
    let document = |name: &str| {
        let reference = json!({"$ref": format!("#/components/schemas/{name}")});
        let ok = json!({"description": "ok", "content": {"application/json": {"schema": reference}}});
        let paths: serde_json::Map<_, _> =
            (0..20).map(|n| (format!("/{n}"), json!({"get": {"responses": {"200": ok}}}))).collect();
        let schema = json!({"type": "object", "properties": {"next": reference}});
        json!({"openapi": "3.0.3", "paths": paths, "components": {"schemas": {name: schema}}})
    };
    assert_eq!(wire(&document("A"), &document("B")), (None, vec!["schema-renamed".to_owned()]));
}

#[test]
fn security_tells_absent_from_empty_and_knows_alternatives() {
    let secured = |top: Value, own: Value| {
        let mut document = document(&json!({}), &json!({}));
        document["components"]["securitySchemes"] =
            json!({"a": {"type": "http", "scheme": "bearer"}, "b": {"type": "http", "scheme": "basic"}});
        for (at, value) in [("/", top), ("/paths/~1a~1{id}/post", own)] {
            if !value.is_null() {
                document.pointer_mut(if at == "/" { "" } else { at }).unwrap()["security"] = value;
            }
        }
        document
    };
    let (a, b) = (json!({"a": []}), json!({"b": []}));
    for (base, revision, id, verdict) in [
        ((json!([a]), Value::Null), (json!([a]), json!([])), "security-removed", Compatible),
        ((json!([a]), json!([])), (json!([a]), Value::Null), "security-added", Breaking),
        ((Value::Null, Value::Null), (Value::Null, json!([])), "security-restated", None),
        ((Value::Null, json!([a])), (Value::Null, json!([a, b])), "security-alternative-added", Compatible),
        ((Value::Null, json!([a, b])), (Value::Null, json!([b])), "security-alternative-removed", Breaking),
        ((Value::Null, json!([a])), (Value::Null, json!([{"a": ["s"]}])), "security-scope-needed", Breaking),
        ((Value::Null, json!([a])), (Value::Null, json!([a, {}])), "security-alternative-added", Compatible),
        ((Value::Null, json!([a])), (Value::Null, json!([b])), "security-changed", Breaking),
        ((json!([a]), Value::Null), (json!([a]), json!([a])), "security-restated", None),
        ((Value::Null, json!([a, b])), (Value::Null, json!([b, a])), "", None),
        ((json!([a]), Value::Null), (json!([b]), Value::Null), "security-changed", Breaking),
    ] {
        let found = wire(&secured(base.0.clone(), base.1.clone()), &secured(revision.0.clone(), revision.1.clone()));
        let ids: Vec<_> = id.split_whitespace().map(str::to_owned).collect();
        assert_eq!(found, (verdict, ids), "{base:?} → {revision:?}");
    }
    // moved from the document to its one operation, so that nobody is asked for anything else
    let found = wire(&secured(json!([a]), Value::Null), &secured(Value::Null, json!([a])));
    assert_eq!(found, (Compatible, vec!["security-restated".to_owned(), "unused-security-changed".to_owned()]));
}

#[test]
fn operations_and_their_parts_go_by_their_identity() {
    let plain = || document(&json!({}), &json!({}));
    let with = |more: Value| document(&json!({}), &more);
    let parameter = |required: bool| {
        let parameter = json!({"name": "p", "in": "query", "required": required, "schema": {"type": "string"}});
        json!({"parameters": [parameter]})
    };
    let mut on_path = plain();
    on_path["paths"]["/a/{id}"]["parameters"] = parameter(false)["parameters"].clone();
    let mut renamed = plain();
    let item = renamed["paths"]["/a/{id}"].clone();
    renamed["paths"] = json!({"/a/{key}": item});
    let mut gone = plain();
    gone["paths"] = json!({});
    let deprecated = |sunset: &str| with(json!({"deprecated": true, "x-sunset": sunset}));
    let answers = |statuses: &[&str]| {
        let all: serde_json::Map<_, _> =
            statuses.iter().enumerate().map(|(n, status)| ((*status).to_owned(), json!({"description": n}))).collect();
        with(json!({"responses": all}))
    };
    for (base, revision, ids, verdict) in [
        (plain(), with(parameter(false)), vec!["parameter-added"], Compatible),
        (plain(), with(parameter(true)), vec!["required-parameter-added"], Breaking),
        (with(parameter(false)), with(parameter(true)), vec!["parameter-required"], Breaking),
        (with(parameter(true)), plain(), vec!["parameter-removed"], Compatible),
        (with(parameter(false)), on_path, vec![], None),
        (plain(), renamed, vec!["path-template-renamed"], None),
        (plain(), gone.clone(), vec!["path-removed"], Breaking),
        (deprecated("2026-01-01"), gone.clone(), vec!["deprecated-path-removed"], Compatible),
        (deprecated("2099-01-01"), gone, vec!["path-removed-before-sunset"], Breaking),
        (answers(&["200", "404"]), answers(&["200"]), vec!["status-removed"], Compatible),
        (answers(&["404", "200"]), answers(&["404"]), vec!["success-status-removed"], Breaking),
        (with(json!({"tags": ["a", "b"]})), with(json!({"tags": ["b", "a"]})), vec![], None),
        (plain(), with(json!({"servers": [{"url": "https://x.example"}]})), vec!["server-added"], Compatible),
        (
            with(json!({"servers": [{"url": "https://x.example"}, {"url": "https://y.example"}]})),
            with(json!({"servers": [{"url": "https://y.example"}, {"url": "https://x.example"}]})),
            vec!["first-server-changed"],
            Compatible,
        ),
        (
            plain(),
            with(json!({"requestBody": {"required": true, "content": {}}})),
            vec!["required-body-added"],
            Breaking,
        ),
    ] {
        let (found, names) = wire(&base, &revision);
        assert_eq!(
            (names.iter().map(String::as_str).collect::<Vec<_>>(), found),
            (ids, verdict),
            "{base} → {revision}"
        );
    }
}

#[test]
fn loose_documents_are_compared_and_never_fail() {
    let odd = [
        Value::Null,
        json!([]),
        json!("x"),
        json!({}),
        json!({"paths": []}),
        json!({"paths": {"/a": null}}),
        json!({"paths": {"/a": {"get": 3}}}),
        json!({"paths": {"/a": {"get": {"parameters": {}, "responses": []}}}}),
        json!({"paths": {"/a": {"get": {
            "parameters": [1, {"name": 1}],
            "security": {},
            "tags": "x",
            "responses": {"200": null},
        }}}}),
        json!({"components": {"schemas": {
            "A": {"$ref": "#/components/schemas/A"},
            "B": {"allOf": [{"$ref": "#/components/schemas/B"}]},
        }}}),
        json!({"components": {"schemas": {"A": true, "B": {"type": 3, "enum": 1, "required": "x", "properties": []}}}}),
        json!({
            "components": {
                "schemas": {"A": {"oneOf": 3, "items": [1], "minimum": "x"}},
                "securitySchemes": [],
            },
            "servers": {},
        }),
    ];
    for base in &odd {
        assert_eq!(wire(base, base).1, Vec::<String>::new(), "{base}");
        for revision in &odd {
            let (there, back) = (wire(base, revision).1, wire(revision, base).1);
            assert_eq!(there.is_empty(), back.is_empty(), "{base} → {revision}: {there:?} {back:?}");
            assert!(base == revision || !there.is_empty(), "{base} → {revision}");
        }
    }
}
