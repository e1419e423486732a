use super::*;

/// Validates `value` against `schema`, a Schema Object in a document with these `components`.
fn accepts_with(components: Value, schema: Value, value: Value) -> bool {
    let document = json!({ "schema": schema, "components": { "schemas": components } });
    let view = json_schema(&document, "/schema").unwrap();
    let options = jsonschema::options().with_pattern_options(jsonschema::PatternOptions::regex());
    let validator = options.should_validate_formats(true).build(&view).unwrap();
    validator.is_valid(&value)
}

fn accepts(schema: Value, value: Value) -> bool {
    accepts_with(json!({}), schema, value)
}

fn view(schema: Value) -> Value {
    let mut view = json_schema(&schema, "").unwrap();
    view.as_object_mut().unwrap().remove("$schema");
    view
}

fn error(document: Value, pointer: &str) -> String {
    json_schema(&document, pointer).unwrap_err().to_string()
}

#[test]
fn lengths_count_characters_not_bytes() {
    let schema = json!({ "type": "string", "minLength": 1, "maxLength": 64 });
    for character in ["a", "é", "🌱"] {
        assert!(accepts(schema.clone(), json!(character.repeat(64))), "64 {character}");
        assert!(!accepts(schema.clone(), json!(character.repeat(65))), "65 {character}");
    }
    assert!(!accepts(schema, json!("")));
}

#[test]
fn max_items_accepts_ten_and_rejects_eleven() {
    let schema = json!({ "type": "array", "items": { "type": "string", "format": "uri" }, "maxItems": 10 });
    assert!(accepts(schema.clone(), json!(vec!["https://a.example"; 10])));
    assert!(!accepts(schema.clone(), json!(vec!["https://a.example"; 11])));
    assert!(!accepts(schema, json!(["not a uri"])));
}

#[test]
fn integer_formats_become_bounds() {
    let int32 = json!({ "type": "integer", "format": "int32" });
    for (value, good) in [
        (json!(i32::MAX), true),
        (json!(i32::MIN), true),
        (json!(i64::from(i32::MAX) + 1), false),
        (json!(i64::from(i32::MIN) - 1), false),
        (json!(1.0), true),
        (json!(1.5), false),
    ] {
        assert_eq!(accepts(int32.clone(), value.clone()), good, "{value}");
    }
    for (format, lowest, highest) in [
        ("int8", -128_i128, 127),
        ("uint8", 0, 255),
        ("int16", -32_768, 32_767),
        ("uint16", 0, 65_535),
        ("uint32", 0, 4_294_967_295),
        ("uint64", 0, 18_446_744_073_709_551_615),
    ] {
        let schema = json!({ "type": ["integer", "null"], "format": format });
        let number = |number: i128| serde_json::from_str::<Value>(&number.to_string()).unwrap();
        for (value, good) in [(lowest, true), (highest, true), (lowest - 1, false), (highest + 1, false)] {
            assert_eq!(accepts(schema.clone(), number(value)), good, "{format} {value}");
        }
        assert!(accepts(json!({ "type": "string", "format": format }), json!("text")), "{format}");
    }
    let int64 = json!({ "type": "integer", "format": "int64" });
    assert!(accepts(int64.clone(), json!(i64::MAX)));
    assert!(accepts(int64.clone(), json!(i64::MIN)));
    assert!(!accepts(int64.clone(), json!(i64::MAX as u64 + 1)));
    assert!(!accepts(int64, json!(-1e19)));
}

#[test]
fn the_tighter_bound_wins() {
    let bounds = |schema| {
        let view = view(schema);
        (view["minimum"].clone(), view["maximum"].clone())
    };
    let limits = (json!(i32::MIN), json!(i32::MAX));
    assert_eq!(bounds(json!({ "format": "int32", "minimum": 1, "maximum": 9.5 })), (json!(1), json!(9.5)));
    assert_eq!(bounds(json!({ "format": "int32", "minimum": -1e10, "maximum": 10_000_000_000_u64 })), limits);
    assert_eq!(
        bounds(json!({ "format": "int64", "maximum": i64::MAX as u64 + 1 })),
        (json!(i64::MIN), json!(i64::MAX))
    );
    assert_eq!(
        view(json!({ "format": "int32", "minimum": 5, "exclusiveMinimum": true })),
        json!({ "exclusiveMinimum": 5, "minimum": i32::MIN, "maximum": i32::MAX })
    );
}

#[test]
fn a_boolean_exclusive_bound_becomes_a_number() {
    let schema = json!({ "minimum": 1, "exclusiveMinimum": true, "maximum": 3, "exclusiveMaximum": false });
    assert!(!accepts(schema.clone(), json!(1)));
    assert!(accepts(schema.clone(), json!(1.1)));
    assert!(accepts(schema.clone(), json!(3)));
    assert!(!accepts(schema, json!(3.1)));
    assert_eq!(view(json!({ "exclusiveMinimum": true })), json!({}), "no bound to exclude");
    assert_eq!(view(json!({ "exclusiveMaximum": 7 })), json!({ "exclusiveMaximum": 7 }));
}

#[test]
fn nullable_accepts_null_only() {
    let schema = json!({ "type": "string", "nullable": true, "enum": ["a", "b"] });
    assert!(accepts(schema.clone(), json!(null)));
    assert!(accepts(schema.clone(), json!("a")));
    assert!(!accepts(schema.clone(), json!("c")));
    assert!(!accepts(schema, json!(1)));
    assert!(!accepts(json!({ "type": "string", "nullable": false }), json!(null)));
    assert!(!accepts(json!({ "type": "string" }), json!(null)));
    assert_eq!(view(json!({ "enum": [null], "nullable": true })), json!({ "enum": [null] }));
}

#[test]
fn collects_nested_and_recursive_references() {
    let components = json!({
        "Tree": { "type": "object", "properties": {
            "name": { "$ref": "#/components/schemas/Name" },
            "children": { "type": "array", "items": { "$ref": "#/components/schemas/Tree" } }
        } },
        "Name": { "type": "string", "maxLength": 3 },
        "Unused": { "$ref": "#/components/schemas/Missing" }
    });
    let tree = json!({ "$ref": "#/components/schemas/Tree" });
    assert!(accepts_with(components.clone(), tree.clone(), json!({ "children": [{ "name": "abc" }] })));
    assert!(!accepts_with(components, tree, json!({ "children": [{ "children": [{ "name": "abcd" }] }] })));
}

#[test]
fn references_may_target_any_schema_and_any_component_name() {
    let components =
        json!({ "a/b ~%é": { "type": "integer" }, "Pair": { "properties": { "left": { "type": "null" } } } });
    let odd = json!({ "$ref": "#/components/schemas/a~1b%20~0%25%C3%A9" });
    assert!(accepts_with(components.clone(), odd.clone(), json!(1)));
    assert!(!accepts_with(components.clone(), odd, json!("1")));
    let inner = json!({ "$ref": "#/components/schemas/Pair/properties/left" });
    assert!(accepts_with(components.clone(), inner.clone(), json!(null)));
    assert!(!accepts_with(components, inner, json!(0)));
}

#[test]
fn siblings_of_a_reference_are_ignored() {
    let components = json!({ "Name": { "type": "string" } });
    let schema = json!({ "$ref": "#/components/schemas/Name", "maxLength": 1, "nullable": true });
    assert!(accepts_with(components.clone(), schema.clone(), json!("long")));
    assert!(!accepts_with(components, schema, json!(null)));
}

#[test]
fn openapi_3_1_has_the_keywords_of_json_schema() {
    let document = json!({ "openapi": "3.1.0", "components": { "schemas": { "Name": { "type": "string" } } },
        "schema": {
        "properties": {
            "name": { "$ref": "#/components/schemas/Name", "maxLength": 1 },
            "kind": { "const": "a" }, "data": { "type": "string", "contentEncoding": "base64" },
            "count": { "type": ["integer", "null"], "exclusiveMinimum": 3 },
            "pair": { "prefixItems": [{ "type": "string" }], "contains": { "type": "integer" }, "minContains": 2 }
        },
        "dependentRequired": { "kind": ["name"] }, "patternProperties": { "^x": false }
    } });
    let view = json_schema(&document, "/schema").unwrap();
    assert_eq!(view["properties"]["data"], json!({ "type": "string", "format": "byte" }));
    let validator = jsonschema::options().should_validate_formats(true).build(&view).unwrap();
    for (value, good) in [
        (json!({ "name": "n", "kind": "a", "count": null, "pair": ["a", 1, 2] }), true),
        (json!({ "name": "nn" }), false),
        (json!({ "name": 1 }), false),
        (json!({ "name": "n", "kind": "b" }), false),
        (json!({ "kind": "a" }), false),
        (json!({ "count": 3 }), false),
        (json!({ "pair": ["a", 1] }), false),
        (json!({ "pair": [1, 1] }), false),
        (json!({ "x": 1 }), false),
    ] {
        assert_eq!(validator.is_valid(&value), good, "{value}");
    }
}

#[test]
fn origin_maps_schema_paths_of_a_validator_to_the_document() {
    let inner = "#/components/schemas/a~1b%20c/properties/left";
    let document = json!({
        "components": { "schemas": { "a/b c": { "properties": { "left": { "type": "null" } } } } },
        "schema": { "items": [], "properties": { "x": { "$ref": inner },
            "y": { "$ref": "#/components/schemas/a~1b%20c" } } }
    });
    let view = json_schema(&document, "/schema").unwrap();
    let validator = jsonschema::options().build(&view).unwrap();
    for value in [json!({ "x": 1 }), json!({ "y": { "left": 1 } })] {
        let error = validator.validate(&value).unwrap_err();
        let at = origin("/schema", error.schema_path().as_str());
        assert_eq!(at, "/components/schemas/a~1b c/properties/left/type");
        assert_eq!(document.pointer(&at), Some(&json!("null")));
    }
}

#[test]
fn patterns_follow_ecma_262_in_linear_time() {
    for (pattern, good, bad) in [
        (r"^\bcat\b.$", json!("cat\u{85}"), json!("cat\n")),
        (r"^[a&&b\W]+$", json!("a&é"), json!("_")),
        (r"^\p{L}[^\s\d]$", json!("éa"), json!("é1")),
        (r"^(a+)+$", json!("aa"), json!("a".repeat(10_000) + "!")),
    ] {
        assert!(accepts(json!({ "pattern": pattern }), good.clone()), "{pattern} {good}");
        assert!(!accepts(json!({ "pattern": pattern }), bad.clone()), "{pattern} {bad}");
        let names = json!({ "openapi": "3.1.0", "schema": { "patternProperties": { pattern: false } } });
        let view = json_schema(&names, "/schema").unwrap();
        let options = jsonschema::options().with_pattern_options(jsonschema::PatternOptions::regex());
        let validator = options.build(&view).unwrap();
        let with = |name: &Value| json!({ name.as_str().unwrap(): 1 });
        assert!(!validator.is_valid(&with(&good)) && validator.is_valid(&with(&bad)), "{pattern}");
    }
    for pattern in [r"(a)\1", "(?!a)", "(", "(a{1000}){1000}"] {
        assert!(accepts(json!({ "pattern": pattern }), json!("aaaa")), "{pattern} constrains nothing");
    }
}

#[test]
fn reports_references_without_a_target() {
    for reference in ["#/components/schemas/Missing", "other.json#/Name", "#/components", "#/a%FF", ""] {
        let document = json!({ "components": [], "schema": { "items": { "$ref": reference } } });
        assert_eq!(error(document, "/schema"), format!("reference {reference:?} has no target in this document"));
    }
}

#[test]
fn reports_reference_cycles() {
    let document = json!({ "components": { "schemas": {
        "A": { "allOf": [{ "$ref": "#/components/schemas/B" }] },
        "B": { "anyOf": [{ "type": "string" }, { "not": { "$ref": "#/components/schemas/A" } }] }
    } }, "schema": { "properties": { "a": { "$ref": "#/components/schemas/A" } } } });
    let cycle = "reference \"#/components/schemas/A\" forms a cycle";
    assert_eq!(error(document.clone(), "/schema"), cycle);
    assert!(error(document, "/components/schemas/A").ends_with("forms a cycle"));
    assert!(error(json!({ "$ref": "#" }), "").ends_with("forms a cycle"));
}

#[test]
fn reports_pointers_without_a_schema() {
    assert_eq!(error(json!({}), "/schema"), "the document has no value at \"/schema\"");
    assert_eq!(
        error(json!({ "schema": 1 }), "/schema"),
        "the value at \"/schema\" is not a schema: expected an object or a boolean"
    );
}

#[test]
fn omits_keywords_of_openapi_alone() {
    let schema = json!({
        "type": "object", "discriminator": { "propertyName": "x" }, "xml": {}, "example": 1, "externalDocs": {},
        "deprecated": true, "readOnly": true, "x-anything": 1, "$id": "https://a.example", "title": "kept",
        "properties": { "xml": { "type": "string", "example": "x" }, "$ref": { "type": "integer" } }
    });
    assert_eq!(
        view(schema),
        json!({ "type": "object", "title": "kept",
            "properties": { "xml": { "type": "string" }, "$ref": { "type": "integer" } } })
    );
}

#[test]
fn malformed_keywords_constrain_nothing() {
    for schema in [
        json!({ "type": "any" }),
        json!({ "type": 5, "enum": "a", "required": true, "properties": [], "items": [], "allOf": [], "oneOf": {} }),
        json!({ "minLength": "5", "maxLength": -1, "minItems": 1.5, "multipleOf": 0, "minimum": "1", "pattern": 1 }),
        json!({ "$ref": 5, "format": null, "nullable": "true", "uniqueItems": 1, "exclusiveMinimum": {} }),
        json!({ "properties": { "a": null }, "allOf": [null, 1] }),
        json!(true),
    ] {
        assert!(accepts(schema.clone(), json!({ "a": [1] })), "{schema}");
    }
    assert!(!accepts(json!({ "required": ["a", "a", 1] }), json!({})));
    assert!(!accepts(json!(false), json!(null)));
}
