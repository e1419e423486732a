use super::{refused::DIALECTS, *};

fn of(document: Value) -> Normalizing {
    let mut normalizing = Normalizing::of(document);
    run(&mut normalizing);
    normalizing
}

fn lowered(schema: Value) -> Value {
    let normalizing = of(json!({"openapi": "3.1.0", "components": {"schemas": {"A": schema}}}));
    assert_eq!(normalizing.problems, []);
    assert_eq!(normalizing.document["openapi"], "3.0.3");
    normalizing.document["components"]["schemas"]["A"].clone()
}

#[test]
fn null_becomes_nullable() {
    for (schema, expected) in [
        (
            json!({"type": ["string", "null"], "maxLength": 3}),
            json!({"type": "string", "nullable": true, "maxLength": 3}),
        ),
        (json!({"type": ["string"]}), json!({"type": "string"})),
        (json!({"type": "null"}), json!({"nullable": true, "enum": [null]})),
        (
            json!({"type": ["string", "null"], "enum": ["a", null]}),
            json!({"type": "string", "nullable": true, "enum": ["a"]}),
        ),
        (json!({"type": ["string", "null"], "enum": ["a"]}), json!({"type": "string", "enum": ["a"]})),
        (json!({"type": "string", "nullable": true}), json!({"type": "string"})),
        (json!({"enum": ["a", null]}), json!({"enum": ["a"], "nullable": true})),
        (
            json!({"description": "d", "anyOf": [{"type": "integer"}, {"type": "null"}]}),
            json!({"description": "d", "type": "integer", "nullable": true}),
        ),
        (
            json!({"oneOf": [{"$ref": "#/components/schemas/B"}, {"type": "null"}]}),
            json!({"allOf": [{"$ref": "#/components/schemas/B"}], "nullable": true}),
        ),
        (
            json!({"oneOf": [{"type": "null"}, {"type": "string"}, {"type": "integer"}]}),
            json!({"oneOf": [{"type": "string"}, {"type": "integer"}], "nullable": true}),
        ),
        (
            json!({"type": "object", "oneOf": [{"const": null}, {"title": "x"}, {"title": "y"}]}),
            json!({"type": "object", "oneOf": [{"title": "x"}, {"title": "y"}]}),
        ),
        (json!({"oneOf": [{"type": "null"}]}), json!({"nullable": true, "enum": [null]})),
    ] {
        assert_eq!(lowered(schema.clone()), expected, "{schema}");
    }
}

#[test]
fn several_types_become_variants_with_their_keywords() {
    assert_eq!(
        lowered(json!({"type": ["string", "integer", "null"], "description": "d", "maxLength": 3, "minimum": 1,
            "format": "int32", "properties": {"a": {}}})),
        json!({"description": "d", "nullable": true, "oneOf": [
            {"type": "integer", "minimum": 1, "format": "int32"}, {"type": "string", "maxLength": 3}]})
    );
    assert_eq!(
        lowered(json!({"type": ["string", "boolean"], "enum": ["a", true, "b"]})),
        json!({"oneOf": [{"type": "boolean", "enum": [true]}, {"type": "string", "enum": ["a", "b"]}]})
    );
    assert_eq!(lowered(json!({"type": ["integer", "number"]})), json!({"type": "number"}));
    assert_eq!(
        lowered(json!({"type": ["array", "boolean", "number", "object", "string", "null"]})),
        json!({"nullable": true})
    );
    assert_eq!(
        lowered(json!({"type": ["array", "string"], "items": {"type": ["string", "null"]}}))["oneOf"][0]["items"],
        json!({"type": "string", "nullable": true})
    );
}

#[test]
fn converts_keywords_of_3_1() {
    for (schema, expected) in [
        (json!({"const": "a"}), json!({"type": "string", "enum": ["a"]})),
        (json!({"const": 1.5}), json!({"type": "number", "enum": [1.5]})),
        (json!({"exclusiveMinimum": 0}), json!({"minimum": 0, "exclusiveMinimum": true})),
        (json!({"minimum": 1, "exclusiveMinimum": 1}), json!({"minimum": 1, "exclusiveMinimum": true})),
        (json!({"minimum": 2, "exclusiveMinimum": 1}), json!({"minimum": 2})),
        (json!({"maximum": 2, "exclusiveMaximum": 3}), json!({"maximum": 2})),
        (json!({"maximum": 4, "exclusiveMaximum": 3}), json!({"maximum": 3, "exclusiveMaximum": true})),
        (json!({"examples": [1, 2]}), json!({"examples": [1, 2]})),
        (
            json!({"$ref": "#/components/schemas/B", "description": "d"}),
            json!({"description": "d", "allOf": [{"$ref": "#/components/schemas/B"}]}),
        ),
        (json!({"$ref": "#/components/schemas/B", "$comment": "c"}), json!({"$ref": "#/components/schemas/B"})),
        (
            json!({"properties": {"a": true, "b": false}, "additionalProperties": false, "items": true}),
            json!({"properties": {"a": {}, "b": {"not": {}}}, "additionalProperties": false, "items": {}}),
        ),
        (json!({"type": "string", "contentEncoding": "base64"}), json!({"type": "string", "format": "byte"})),
        (json!({"contentMediaType": "application/octet-stream"}), json!({"type": "string", "format": "binary"})),
        (json!({"contentEncoding": "base32"}), json!({"contentEncoding": "base32"})),
        (json!({"$schema": DIALECTS[2], "$defs": {"a": {}}, "$id": "x", "$anchor": "y"}), json!({})),
        (json!({"if": {}, "minContains": 1}), json!({})),
        (json!({"unevaluatedProperties": false}), json!({"additionalProperties": false})),
        (json!({"allOf": [{}], "unevaluatedProperties": true}), json!({"allOf": [{}]})),
        (json!({"patternProperties": {}, "propertyNames": {"type": "string"}}), json!({})),
    ] {
        assert_eq!(lowered(schema.clone()), expected, "{schema}");
    }
}

#[test]
fn leaves_names_and_examples_alone() {
    let named = json!({"properties": {"const": {"type": "string"}, "if": {"type": "string"}}, "example": {"const": 1}});
    assert_eq!(lowered(named.clone()), named);
}

#[test]
fn refuses_every_keyword_that_3_0_cannot_express() {
    let schema = json!({"if": {}, "then": {}, "prefixItems": [], "contains": {"type": "string"},
        "patternProperties": {"^a": {}},
        "propertyNames": {"maxLength": 1}, "dependentRequired": {"a": ["b"]}, "$dynamicRef": "#a", "$id": "x",
        "$schema": "https://json-schema.org/draft-07/schema", "unevaluatedProperties": false, "unevaluatedItems": false,
        "items": {"$ref": "#/x"}, "properties": {"if": {"contains": true}, "b": {"dependentSchemas": {"a": {}}}}});
    let document =
        json!({"openapi": "3.1.1", "jsonSchemaDialect": "urn:mine", "components": {"schemas": {"A": schema}}});
    let mut found: Vec<_> = of(document).problems.into_iter().filter_map(|problem| problem.pointer).collect();
    found.sort();
    let below = |keyword: &str| format!("/components/schemas/A/{keyword}");
    let mut expected: Vec<_> = [
        "$dynamicRef",
        "$id",
        "$schema",
        "contains",
        "dependentRequired",
        "if",
        "patternProperties",
        "prefixItems",
        "propertyNames",
        "unevaluatedItems",
        "unevaluatedProperties",
        "properties/b/dependentSchemas",
    ]
    .map(below)
    .to_vec();
    expected.push("/jsonSchemaDialect".to_owned());
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn leaves_documents_of_3_0_alone() {
    let document = json!({"openapi": "3.0.3", "components": {"schemas": {"A": {"const": 1, "nullable": true}}}});
    assert_eq!(of(document.clone()).document, document);
}
