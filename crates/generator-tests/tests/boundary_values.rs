//! Every constraining keyword has boundary values that satisfy it and ones that violate it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use generator_tests::{
    boundary_values::{MOST, boundary_values},
    conform::Validator,
};
use serde_json::{Value, json};

/// Returns schemas for each keyword and each form of its value.
fn keywords() -> Vec<(&'static str, Value)> {
    let mut found = vec![
        ("type", json!({"type": "boolean"})),
        ("type", json!({"type": ["string", "null"]})),
        ("nullable", json!({"type": "string", "nullable": true, "enum": ["a", null]})),
        ("enum", json!({"type": "string", "enum": ["ab", "cd"]})),
        ("enum", json!({"type": "integer", "enum": [2, 3]})),
        ("const", json!({"const": "a"})),
        ("minLength", json!({"type": "string", "minLength": 3})),
        ("maxLength", json!({"type": "string", "maxLength": 2000})),
        ("pattern", json!({"type": "string", "pattern": "^[a-z]{2,4}-\\d+$"})),
        ("pattern", json!({"type": "string", "pattern": "^[A-Z]*$", "minLength": 12, "maxLength": 15})),
        ("minimum", json!({"type": "integer", "minimum": -4000})),
        ("maximum", json!({"type": "number", "maximum": 1.25})),
        ("exclusiveMinimum", json!({"type": "integer", "minimum": 5, "exclusiveMinimum": true})),
        ("exclusiveMinimum", json!({"type": "integer", "exclusiveMinimum": 5})),
        ("exclusiveMaximum", json!({"type": "number", "maximum": 5, "exclusiveMaximum": true})),
        ("exclusiveMaximum", json!({"type": "number", "exclusiveMaximum": 0.5})),
        ("multipleOf", json!({"type": "integer", "multipleOf": 25})),
        ("multipleOf", json!({"type": "number", "multipleOf": 0.25})),
        ("minItems", json!({"type": "array", "items": {"type": "string"}, "minItems": 4})),
        ("maxItems", json!({"type": "array", "items": {"type": "integer"}, "maxItems": 6})),
        ("uniqueItems", json!({"type": "array", "items": {"type": "string"}, "uniqueItems": true, "minItems": 2})),
        ("items", json!({"type": "array", "items": {"type": "integer", "minimum": 9}})),
        ("minProperties", json!({"type": "object", "minProperties": 3})),
        ("maxProperties", json!({"type": "object", "maxProperties": 2, "additionalProperties": {"type": "integer"}})),
        ("required", json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}})),
        ("properties", json!({"type": "object", "properties": {"a": {"type": "string", "maxLength": 1}}})),
        ("additionalProperties", json!({"type": "object", "additionalProperties": false})),
        ("additionalProperties", json!({"type": "object", "additionalProperties": {"type": "integer"}})),
        (
            "allOf",
            json!({"allOf": [{"type": "object", "required": ["a"]}, {"properties": {"a": {"type": "integer"}}}]}),
        ),
        ("oneOf", json!({"oneOf": [{"type": "integer"}, {"type": "object", "required": ["b"]}]})),
        ("oneOf", json!({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]})),
        ("anyOf", json!({"anyOf": [{"type": "integer"}, {"type": "string", "maxLength": 2}]})),
        ("not", json!({"type": "string", "not": {"enum": ["x", "y"]}})),
        ("$ref", json!({"$ref": "#/components/schemas/Node"})),
        ("$ref", json!({"type": "array", "items": {"$ref": "#/components/schemas/Node"}})),
    ];
    for format in ["int32", "int64"] {
        found.push(("format", json!({"type": "integer", "format": format})));
    }
    for format in ["float", "double"] {
        found.push(("type", json!({"type": "number", "format": format})));
    }
    for format in [
        "uri",
        "uri-reference",
        "email",
        "uuid",
        "date",
        "date-time",
        "time",
        "duration",
        "byte",
        "ipv4",
        "ipv6",
        "ip",
        "hostname",
    ] {
        found.push(("format", json!({"type": "string", "format": format})));
    }
    found.push(("type", json!({"type": "string", "format": "binary"})));
    found
}

fn document(schema: &Value) -> Value {
    let node = json!({
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string", "minLength": 2},
            "next": {"$ref": "#/components/schemas/Node"},
            "all": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}},
        },
    });
    json!({"openapi": "3.1.0", "components": {"schemas": {"T": schema, "Node": node}}})
}

#[test]
fn every_keyword_has_satisfying_and_violating_values() {
    for (keyword, schema) in keywords() {
        let document = document(&schema);
        let validator = Validator::new(&document, "/components/schemas/T").unwrap();
        let values = boundary_values(&document, "/components/schemas/T");
        let violations: Vec<_> = values.iter().map(|one| validator.violations(&one.value)).collect();
        assert_eq!(values[0].label, "valid value");
        assert!(violations[0].is_empty(), "{schema}: {} is not valid: {:?}", values[0].value, violations[0]);
        let violates = |keyword: &str| violations.iter().any(|found| found.iter().any(|one| one.keyword == keyword));
        assert!(
            violates(match keyword {
                "nullable" => "type",
                // below a reference there are few values: its target has its own
                "$ref" if schema["type"] == "array" => "required",
                "$ref" => "minLength",
                "items" => "minimum",
                "properties" => "maxLength",
                "allOf" => "required",
                // the schema in `additionalProperties` is violated, not the keyword
                "additionalProperties" if schema[keyword].is_object() => "type",
                other => other,
            }),
            "no value violates `{keyword}` of {schema}"
        );
    }
}

#[test]
fn violations_have_the_pointer_of_the_keyword_in_the_document() {
    let document = json!({"components": {"schemas": {
        "T": {
            "type": "object",
            "properties": {
                "n": {"$ref": "#/components/schemas/a~1b"},
                "i": {"type": "integer", "format": "int32"},
                "u": {"oneOf": [{"type": "string", "maxLength": 2}, {"type": "boolean"}]},
            },
        },
        "a/b": {"type": "string", "maxLength": 3},
    }}});
    let validator = Validator::new(&document, "/components/schemas/T").unwrap();
    let violations = validator.violations(&json!({"n": "long", "i": 4_000_000_000_u64, "u": "long"}));
    let violated: Vec<_> = violations.iter().map(|one| (one.keyword_pointer(), one.at.as_str())).collect();
    assert_eq!(
        violated,
        [
            ("/components/schemas/a~1b/maxLength".to_owned(), "/n"),
            ("/components/schemas/T/properties/i/format".to_owned(), "/i"),
            ("/components/schemas/T/properties/u/oneOf".to_owned(), "/u"),
        ]
    );
    let of_variants: Vec<_> = violations[2].variants.iter().map(|variant| variant[0].keyword_pointer()).collect();
    assert_eq!(
        of_variants,
        ["/components/schemas/T/properties/u/oneOf/0/maxLength", "/components/schemas/T/properties/u/oneOf/1/type"]
    );
}

#[test]
fn boundary_values_are_limited_and_deterministic() {
    let node = json!({"$ref": "#/components/schemas/Wide"});
    let text = json!({"type": "string", "minLength": 2, "maxLength": 9, "format": "date-time"});
    let mut properties: serde_json::Map<_, _> = (0..90).map(|number| (format!("p{number}"), text.clone())).collect();
    properties.insert("next".to_owned(), node.clone());
    let document = json!({"components": {"schemas": {
        "Wide": {
            "type": "object",
            "required": ["p0", "next"],
            "properties": properties,
            "oneOf": [node, {"required": ["p1"]}],
        },
    }}});
    let found = boundary_values(&document, "/components/schemas/Wide");
    assert_eq!(found.len(), MOST);
    assert_eq!(found, boundary_values(&document, "/components/schemas/Wide"));
    assert_eq!(found[0].label, "valid value");
    assert!(found.iter().any(|one| one.trail.len() > 2));
    let many =
        json!({"type": "array", "minItems": 50_000_000, "items": {"type": "object", "minProperties": 50_000_000}});
    let longest = boundary_values(&json!({"T": many}), "/T").iter().map(|one| one.value.to_string().len()).max();
    assert!(longest < Some(100_000), "{longest:?}");
}
