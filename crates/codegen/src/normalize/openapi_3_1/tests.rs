use super::*;

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
        (json!({"$schema": DIALECTS[3], "$defs": {"a": {}}, "$id": "x", "$anchor": "y"}), json!({})),
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
fn positions_of_an_array_are_a_union() {
    let text = json!({"type": "string"});
    let number = json!({"type": "integer"});
    let union = json!({"oneOf": [text, number]});
    let positions = json!([text, number]);
    for (schema, items, most) in [
        // any item may follow
        (json!({"prefixItems": positions}), json!({}), None),
        (json!({"prefixItems": positions, "items": true}), json!({}), None),
        (json!({"prefixItems": positions, "maxItems": 3}), json!({}), Some(3)),
        (json!({"prefixItems": [text, {}], "items": false}), json!({}), Some(2)),
        // none may follow
        (json!({"prefixItems": positions, "items": false}), union.clone(), Some(2)),
        (json!({"prefixItems": positions, "items": false, "maxItems": 5}), union.clone(), Some(2)),
        (json!({"prefixItems": positions, "maxItems": 2}), union.clone(), Some(2)),
        (json!({"prefixItems": positions, "maxItems": 1}), text.clone(), Some(1)),
        (json!({"prefixItems": positions, "unevaluatedItems": false}), union.clone(), Some(2)),
        (json!({"items": positions, "additionalItems": false}), union.clone(), Some(2)),
        // one schema follows
        (json!({"prefixItems": [text], "items": number}), union.clone(), None),
        (json!({"prefixItems": [text, false], "items": number}), union.clone(), None),
        (json!({"items": [text], "additionalItems": number}), union.clone(), None),
        // the union is equivalent
        (json!({"prefixItems": [text, text], "items": text}), text.clone(), None),
        (json!({"prefixItems": [], "items": text}), text.clone(), None),
        (json!({"items": false}), json!(null), Some(0)),
    ] {
        let converted = lowered(schema.clone());
        assert_eq!(converted["items"], items, "{schema}");
        assert_eq!(converted.get("maxItems").and_then(Value::as_u64), most, "{schema}");
        let is_exact = items == text && most != Some(1) || items.is_null();
        let has_positions = schema.get("prefixItems").or(schema.get("items")).is_some_and(Value::is_array);
        assert_eq!(converted.get("prefixItems").is_some(), has_positions && !is_exact && most != Some(1), "{schema}");
    }
}

#[test]
fn patterns_of_property_names_are_a_map() {
    let text = json!({"type": "string"});
    let number = json!({"type": "integer"});
    for (schema, values, is_listed) in [
        // other names are allowed
        (json!({"patternProperties": {"^a": text}}), json!(true), true),
        (json!({"patternProperties": {"^a": text}, "additionalProperties": true}), json!(true), true),
        (json!({"patternProperties": {"^a": text, "^b": true}, "additionalProperties": false}), json!(true), true),
        // no other names are
        (json!({"patternProperties": {"^a": text}, "additionalProperties": false}), text.clone(), true),
        (json!({"patternProperties": {"^a": text, "^b": false}, "unevaluatedProperties": false}), text.clone(), true),
        (
            json!({"patternProperties": {"^a": text, "^b": number}, "additionalProperties": false}),
            json!({"oneOf": [text, number]}),
            true,
        ),
        (
            json!({"patternProperties": {"^a": text}, "additionalProperties": number}),
            json!({"oneOf": [text, number]}),
            true,
        ),
        // every name matches
        (json!({"patternProperties": {".*": text}}), text.clone(), false),
        (json!({"patternProperties": {"": text}, "additionalProperties": false}), text.clone(), false),
        (json!({"patternProperties": {"^.*$": text}, "properties": {"a": number}}), text.clone(), true),
        (json!({"patternProperties": {}, "additionalProperties": text}), text.clone(), false),
    ] {
        let converted = lowered(schema.clone());
        assert_eq!(converted["additionalProperties"], values, "{schema}");
        assert_eq!(converted.get("patternProperties").is_some(), is_listed, "{schema}");
    }
}

#[test]
fn unevaluated_values_are_further_ones_without_other_subschemas() {
    for (schema, expected) in [
        (
            json!({"properties": {}, "unevaluatedProperties": false}),
            json!({"properties": {}, "additionalProperties": false}),
        ),
        (json!({"additionalProperties": true, "unevaluatedProperties": false}), json!({"additionalProperties": true})),
        (
            json!({"allOf": [{}], "additionalProperties": true, "unevaluatedProperties": false}),
            json!({"allOf": [{}], "additionalProperties": true}),
        ),
        (json!({"unevaluatedItems": {"type": "string"}}), json!({"items": {"type": "string"}})),
        (json!({"items": {}, "unevaluatedItems": false}), json!({"items": {}})),
    ] {
        assert_eq!(lowered(schema.clone()), expected, "{schema}");
    }
    for kept in [
        json!({"allOf": [{}], "unevaluatedProperties": false}),
        json!({"anyOf": [{}], "unevaluatedProperties": {"type": "string"}}),
        json!({"contains": {"type": "string"}, "unevaluatedItems": false}),
        json!({"if": {}, "then": {}, "unevaluatedProperties": false}),
    ] {
        assert_eq!(lowered(kept.clone()), kept);
    }
}

#[test]
fn keeps_original_pointers() {
    let text = json!({"type": "string", "maxLength": 3});
    let at = "/components/schemas/A";
    for (schema, new, original) in [
        (json!({"anyOf": [{"type": "null"}, text]}), "/maxLength", "/anyOf/1/maxLength"),
        (json!({"oneOf": [{"type": "null"}, {"$ref": "#/x"}]}), "/allOf/0/$ref", "/oneOf/1/$ref"),
        (json!({"oneOf": [{"title": "a"}, {"type": "null"}, {"title": "b"}]}), "/oneOf/1/title", "/oneOf/2/title"),
        (json!({"type": ["string", "array"], "maxLength": 3}), "/oneOf/1/maxLength", "/maxLength"),
        (json!({"type": ["string", "array"], "maxLength": 3}), "/oneOf/1", ""),
        (
            json!({"anyOf": [{"type": ["string", "array"], "maxLength": 3}, {"type": "null"}]}),
            "/oneOf/1/maxLength",
            "/anyOf/0/maxLength",
        ),
        (json!({"$ref": "#/x", "allOf": [text]}), "/allOf/1/maxLength", "/allOf/0/maxLength"),
        (json!({"$ref": "#/x", "title": "a"}), "/allOf/0/$ref", "/$ref"),
        (json!({"const": 1}), "/enum", "/const"),
        (json!({"exclusiveMinimum": 1}), "/minimum", "/exclusiveMinimum"),
        (
            json!({"prefixItems": [{"type": "array"}, text], "items": false}),
            "/items/oneOf/1/maxLength",
            "/prefixItems/1/maxLength",
        ),
        (json!({"prefixItems": [text], "items": false}), "/maxItems", "/items"),
        (json!({"items": [text], "additionalItems": false}), "/items/maxLength", "/items/0/maxLength"),
        (
            json!({"patternProperties": {"a/b": text, "c": {"type": "integer"}}, "additionalProperties": false}),
            "/additionalProperties/oneOf/0/maxLength",
            "/patternProperties/a~1b/maxLength",
        ),
        (json!({"unevaluatedProperties": text}), "/additionalProperties/maxLength", "/unevaluatedProperties/maxLength"),
    ] {
        let normalizing = of(json!({"openapi": "3.1.0", "components": {"schemas": {"A": schema}}}));
        let converted = normalizing.document.pointer(&format!("{at}{new}"));
        assert!(converted.is_some(), "{schema} {new}: {}", normalizing.document);
        assert_eq!(normalizing.moved.original(&format!("{at}{new}")), format!("{at}{original}"), "{schema} {new}");
    }
}

#[test]
fn documents_of_3_2_are_read_like_those_of_3_1() {
    let form = json!({"schema": {"type": "object", "maxProperties": 1}});
    let parameter = |content: Value| json!({"name": "q", "in": "querystring", "content": content});
    let document = json!({"openapi": "3.2.0", "servers": [{"url": "/", "name": "main"}],
        "components": {"parameters": {
            "Form": parameter(json!({"application/x-www-form-urlencoded": form})),
            "Json": parameter(json!({"application/json": form}))},
            "schemas": {"A": {"type": ["string", "null"]},
                "U": {"discriminator": {"propertyName": "k", "defaultMapping": "A"}}}}});
    let normalizing = of(document.clone());
    let converted = &normalizing.document["components"];
    assert_eq!(converted["schemas"]["A"], json!({"type": "string", "nullable": true}));
    let query = json!({"name": "q", "in": "query", "style": "form", "explode": true, "schema": form["schema"]});
    assert_eq!(converted["parameters"]["Form"], query);
    assert_eq!(converted["parameters"]["Json"]["in"], "querystring");
    assert_eq!(
        normalizing.moved.original("/components/parameters/Form/schema/maxProperties"),
        "/components/parameters/Form/content/application~1x-www-form-urlencoded/schema/maxProperties"
    );
    assert_eq!(ignored(document), ["/components/schemas/U/discriminator defaultMapping", "/servers/0 name"]);
}

/// Returns pointer and keyword of what the conversion ignores.
fn ignored(document: Value) -> Vec<String> {
    let mut ignored: Vec<_> =
        of(document).ignored.iter().map(|one| format!("{} {}", one.pointer, one.keyword)).collect();
    ignored.sort();
    ignored
}

#[test]
fn lists_keywords_that_the_conversion_removes() {
    let old = "http://json-schema.org/draft-07/schema#";
    let document = json!({"openapi": "3.1.1", "jsonSchemaDialect": "urn:mine", "components": {"schemas": {
        "A": {"$schema": old, "nullable": true, "anyOf": [{"type": "null"}, {"type": "string", "nullable": false}]},
        "B": {"items": [{"type": "string"}], "properties": {"nullable": {"$schema": DIALECTS[0]}}}}}});
    let at = "/components/schemas";
    assert_eq!(
        ignored(document),
        [
            " jsonSchemaDialect".to_owned(),
            format!("{at}/A $schema"),
            format!("{at}/A nullable"),
            format!("{at}/A/anyOf/1 nullable"),
            format!("{at}/B items"),
        ]
    );
}

#[test]
fn values_of_3_1_in_documents_of_3_0_are_converted_and_listed() {
    let document = |schema: &Value| json!({"openapi": "3.0.3", "components": {"schemas": {"A": schema}}});
    let text = json!({"type": "string"});
    for (schema, expected, listed) in [
        (json!({"exclusiveMinimum": 1}), json!({"minimum": 1, "exclusiveMinimum": true}), vec![" exclusiveMinimum"]),
        (
            json!({"maximum": 1, "exclusiveMaximum": 2.5}),
            json!({"maximum": 1}),
            vec![" exclusiveMaximum", " exclusiveMaximum"],
        ),
        (json!({"type": ["string", "null"]}), json!({"type": "string", "nullable": true}), vec![" type"]),
        (json!({"type": "null"}), json!({"nullable": true, "enum": [null]}), vec![" type"]),
        (
            json!({"oneOf": [text, {"type": "null"}]}),
            json!({"nullable": true, "type": "string"}),
            vec!["/oneOf/1 type"],
        ),
        (json!({"items": [text]}), json!({"items": {}, "prefixItems": [text]}), vec![" items"]),
    ] {
        let normalizing = of(document(&schema));
        assert_eq!(normalizing.document["components"]["schemas"]["A"], expected, "{schema}");
        let listed: Vec<_> = listed.iter().map(|one| format!("/components/schemas/A{one}")).collect();
        assert_eq!(ignored(document(&schema)), listed, "{schema}");
    }
    for valid in [
        json!({"minimum": 1, "exclusiveMinimum": true, "nullable": true, "type": "string"}),
        json!({"oneOf": [{"enum": [null]}, text], "const": 1, "if": {}, "patternProperties": {"a": {}}}),
    ] {
        let normalizing = of(document(&valid));
        assert_eq!(normalizing.document, document(&valid));
        assert_eq!(normalizing.ignored, []);
    }
}

#[test]
fn leaves_documents_of_3_0_alone() {
    let document = json!({"openapi": "3.0.3", "components": {"schemas": {"A": {"const": 1, "nullable": true}}}});
    assert_eq!(of(document.clone()).document, document);
}
