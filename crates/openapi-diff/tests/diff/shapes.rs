//! Single changes of every part of a document, with the kind and the verdict of each.

use openapi_diff::{
    ChangeKind,
    Verdict::{self, Breaking, Compatible, Docs, None},
};
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

/// The kinds of change of a schema, the verdict in requests, and the verdict in responses.
fn schemas(base: Value, revision: Value) -> (Vec<ChangeKind>, Verdict, Verdict) {
    let (request, kinds) = wire(&in_request(base.clone()), &in_request(revision.clone()));
    let (response, others) = wire(&in_response(base), &in_response(revision));
    assert_eq!(kinds, others);
    (kinds, request, response)
}

#[test]
fn schemas_follow_the_variance_rule() {
    let cat = json!({"$ref": "#/components/schemas/Cat"});
    let dog = json!({"$ref": "#/components/schemas/Dog"});
    for (base, revision, kinds, request, response) in [
        (json!({"type": "string"}), json!({"type": "integer"}), vec![ChangeKind::TypeChanged], Breaking, Breaking),
        (json!({"type": "integer"}), json!({"type": "number"}), vec![ChangeKind::TypeWidened], Compatible, Breaking),
        (
            json!({"type": "integer"}),
            json!({"type": ["integer", "null"]}),
            vec![ChangeKind::NullAllowed],
            Compatible,
            Breaking,
        ),
        (json!({"type": "integer", "nullable": true}), json!({"type": ["integer", "null"]}), vec![], None, None),
        (json!({"type": "string", "minLength": 0}), json!({"type": "string"}), vec![], None, None),
        (
            json!({"type": "string", "maxLength": 4}),
            json!({"type": "string", "maxLength": 5}),
            vec![ChangeKind::MaxLengthRaised],
            Compatible,
            Breaking,
        ),
        (json!({"minimum": 1, "exclusiveMinimum": true}), json!({"exclusiveMinimum": 1}), vec![], None, None),
        (
            json!({"minimum": 1}),
            json!({"minimum": 1, "exclusiveMinimum": true}),
            vec![ChangeKind::MinimumRaised],
            Breaking,
            Compatible,
        ),
        (
            json!({"type": "string"}),
            json!({"type": "string", "format": "byte"}),
            vec![ChangeKind::FormatSet],
            Breaking,
            Breaking,
        ),
        (
            json!({"prefixItems": [{}]}),
            json!({"prefixItems": [{}, {}]}),
            vec![ChangeKind::PrefixItemAdded],
            Compatible,
            Compatible,
        ),
        // what stood there was an item like others
        (
            json!({"prefixItems": [{}], "items": {"type": "string"}}),
            json!({"prefixItems": [{}, {"type": "integer"}], "items": {"type": "string"}}),
            vec![ChangeKind::TypeChanged],
            Breaking,
            Breaking,
        ),
        (
            json!({"multipleOf": 5}),
            json!({"multipleOf": 10}),
            vec![ChangeKind::MultipleOfCoarser],
            Breaking,
            Compatible,
        ),
        (json!({"enum": [1, 2]}), json!({"enum": [2, 1]}), vec![], None, None),
        (json!({"enum": [1, 2]}), json!({"enum": [2]}), vec![ChangeKind::EnumValueRemoved], Breaking, Compatible),
        (json!({"enum": [1]}), json!({"const": 1}), vec![], None, None),
        (
            json!({"properties": {"a": {}}}),
            json!({"properties": {"a": {}}, "required": ["a"]}),
            vec![ChangeKind::PropertyRequired],
            Breaking,
            Compatible,
        ),
        (
            json!({"properties": {}}),
            json!({"properties": {"a": {}}}),
            vec![ChangeKind::PropertyAdded],
            Compatible,
            Compatible,
        ),
        (
            json!({"properties": {}}),
            json!({"properties": {"a": {}}, "required": ["a"]}),
            vec![ChangeKind::RequiredPropertyAdded],
            Breaking,
            Compatible,
        ),
        (
            json!({"properties": {"a": {}}}),
            json!({"properties": {}}),
            vec![ChangeKind::PropertyRemoved],
            Compatible,
            Compatible,
        ),
        (
            json!({"properties": {"a": {}}, "required": ["a"]}),
            json!({"properties": {}}),
            vec![ChangeKind::RequiredPropertyRemoved],
            Compatible,
            Breaking,
        ),
        (json!({"additionalProperties": true}), json!({}), vec![], None, None),
        (
            json!({}),
            json!({"additionalProperties": false}),
            vec![ChangeKind::AdditionalPropertiesClosed],
            Breaking,
            Compatible,
        ),
        (cat.clone(), json!({"oneOf": [cat, dog]}), vec![ChangeKind::UnionIntroduced], Compatible, Breaking),
        (json!({"allOf": [cat]}), cat.clone(), vec![ChangeKind::SchemaRestated], None, None),
        (
            json!({"allOf": [cat, dog, {"minProperties": 1}]}),
            json!({"allOf": [cat, {"minProperties": 1}]}),
            vec![ChangeKind::AllOfPropertiesRemoved],
            Compatible,
            Compatible,
        ),
        (
            json!({"allOf": [cat, dog, {"minProperties": 1}]}),
            json!({"allOf": [cat, dog]}),
            vec![ChangeKind::AllOfBranchRemoved],
            Compatible,
            Breaking,
        ),
        (
            json!({"oneOf": [cat, {"type": "null"}]}),
            json!({"nullable": true, "allOf": [cat]}),
            vec![ChangeKind::SchemaRestated],
            None,
            None,
        ),
        (json!({"oneOf": [cat, dog]}), json!({"oneOf": [dog, cat]}), vec![], None, None),
        (
            json!({"oneOf": [cat]}),
            json!({"oneOf": [cat, dog]}),
            vec![ChangeKind::UnionIntroduced],
            Compatible,
            Breaking,
        ),
        (json!({"description": "a"}), json!({"description": "b"}), vec![ChangeKind::WordsChanged], Docs, Docs),
        (json!({"x-a": 1}), json!({"x-a": 2}), vec![ChangeKind::ExtensionChanged], Docs, Docs),
        (
            json!({"unknownKeyword": 1}),
            json!({"unknownKeyword": 2}),
            vec![ChangeKind::Unclassified],
            Breaking,
            Breaking,
        ),
    ] {
        assert_eq!(schemas(base.clone(), revision.clone()), (kinds, request, response), "{base} → {revision}");
    }
}

#[test]
fn a_renamed_schema_is_one_change_however_often_it_is_referenced() {
    let document = |name: &str| {
        let reference = json!({"$ref": format!("#/components/schemas/{name}")});
        let ok = json!({"description": "ok", "content": {"application/json": {"schema": reference}}});
        let paths: serde_json::Map<_, _> =
            (0..20).map(|n| (format!("/{n}"), json!({"get": {"responses": {"200": ok}}}))).collect();
        let schema = json!({"type": "object", "properties": {"next": reference}});
        json!({"openapi": "3.0.3", "paths": paths, "components": {"schemas": {name: schema}}})
    };
    assert_eq!(wire(&document("A"), &document("B")), (None, vec![ChangeKind::SchemaRenamed]));
}

#[test]
fn compares_security_requirements_as_sets_of_alternatives() {
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
    for (base, revision, kinds, verdict) in [
        ((json!([a]), Value::Null), (json!([a]), json!([])), vec![ChangeKind::SecurityRemoved], Compatible),
        ((json!([a]), json!([])), (json!([a]), Value::Null), vec![ChangeKind::SecurityAdded], Breaking),
        ((Value::Null, Value::Null), (Value::Null, json!([])), vec![ChangeKind::SecurityRestated], None),
        (
            (Value::Null, json!([a])),
            (Value::Null, json!([a, b])),
            vec![ChangeKind::SecurityAlternativeAdded],
            Compatible,
        ),
        (
            (Value::Null, json!([a, b])),
            (Value::Null, json!([b])),
            vec![ChangeKind::SecurityAlternativeRemoved],
            Breaking,
        ),
        (
            (Value::Null, json!([a])),
            (Value::Null, json!([{"a": ["s"]}])),
            vec![ChangeKind::SecurityScopeNeeded],
            Breaking,
        ),
        (
            (Value::Null, json!([a])),
            (Value::Null, json!([a, {}])),
            vec![ChangeKind::SecurityAlternativeAdded],
            Compatible,
        ),
        ((Value::Null, json!([a])), (Value::Null, json!([b])), vec![ChangeKind::SecurityChanged], Breaking),
        ((json!([a]), Value::Null), (json!([a]), json!([a])), vec![ChangeKind::SecurityRestated], None),
        ((Value::Null, json!([a, b])), (Value::Null, json!([b, a])), vec![], None),
        ((json!([a]), Value::Null), (json!([b]), Value::Null), vec![ChangeKind::SecurityChanged], Breaking),
    ] {
        let found = wire(&secured(base.0.clone(), base.1.clone()), &secured(revision.0.clone(), revision.1.clone()));
        assert_eq!(found, (verdict, kinds), "{base:?} → {revision:?}");
    }
    // moved from the document to its only operation, which requires the same as before
    let found = wire(&secured(json!([a]), Value::Null), &secured(Value::Null, json!([a])));
    assert_eq!(found, (Compatible, vec![ChangeKind::SecurityRestated, ChangeKind::UnusedSecurityChanged]));
}

#[test]
fn matches_operations_and_their_parts_by_identity() {
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
    let mut removed = plain();
    removed["paths"] = json!({});
    let deprecated = |sunset: &str| with(json!({"deprecated": true, "x-sunset": sunset}));
    let responses = |statuses: &[&str]| {
        let all: serde_json::Map<_, _> =
            statuses.iter().enumerate().map(|(n, status)| ((*status).to_owned(), json!({"description": n}))).collect();
        with(json!({"responses": all}))
    };
    for (base, revision, kinds, verdict) in [
        (plain(), with(parameter(false)), vec![ChangeKind::ParameterAdded], Compatible),
        (plain(), with(parameter(true)), vec![ChangeKind::RequiredParameterAdded], Breaking),
        (with(parameter(false)), with(parameter(true)), vec![ChangeKind::ParameterRequired], Breaking),
        (with(parameter(true)), plain(), vec![ChangeKind::ParameterRemoved], Compatible),
        (with(parameter(false)), on_path, vec![], None),
        (plain(), renamed, vec![ChangeKind::PathTemplateRenamed], None),
        (plain(), removed.clone(), vec![ChangeKind::PathRemoved], Breaking),
        (deprecated("2026-01-01"), removed.clone(), vec![ChangeKind::DeprecatedPathRemoved], Compatible),
        (deprecated("2099-01-01"), removed, vec![ChangeKind::PathRemovedBeforeSunset], Breaking),
        (responses(&["200", "404"]), responses(&["200"]), vec![ChangeKind::StatusRemoved], Compatible),
        (responses(&["404", "200"]), responses(&["404"]), vec![ChangeKind::SuccessStatusRemoved], Breaking),
        (with(json!({"tags": ["a", "b"]})), with(json!({"tags": ["b", "a"]})), vec![], None),
        (plain(), with(json!({"servers": [{"url": "https://x.example"}]})), vec![ChangeKind::ServerAdded], Compatible),
        (
            with(json!({"servers": [{"url": "https://x.example"}, {"url": "https://y.example"}]})),
            with(json!({"servers": [{"url": "https://y.example"}, {"url": "https://x.example"}]})),
            vec![ChangeKind::FirstServerChanged],
            Compatible,
        ),
        (
            plain(),
            with(json!({"requestBody": {"required": true, "content": {}}})),
            vec![ChangeKind::RequiredBodyAdded],
            Breaking,
        ),
    ] {
        assert_eq!(wire(&base, &revision), (verdict, kinds), "{base} → {revision}");
    }
}

#[test]
fn compares_lenient_documents_without_errors() {
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
        assert_eq!(wire(base, base).1, vec![], "{base}");
        for revision in &odd {
            let (there, back) = (wire(base, revision).1, wire(revision, base).1);
            assert_eq!(there.is_empty(), back.is_empty(), "{base} → {revision}: {there:?} {back:?}");
            assert!(base == revision || !there.is_empty(), "{base} → {revision}");
        }
    }
}
