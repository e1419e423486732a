use openapi::{Code, pointer};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;
use crate::client;

fn carving() -> Settings {
    Settings { carve: true, ..Settings::package() }
}

fn generate(document: &Value) -> Result<Generated, Vec<Problem>> {
    client::generate(document, &carving())
}

/// Returns a document with operations `op0`, `op1` …, whose schemas have no problems, and some more components.
fn document(operations: usize, components: Value) -> Value {
    let operation = |at: usize| {
        let schema = json!({"type": "object", "required": ["name"], "properties": {
            "name": {"type": "string", "maxLength": 5}, "next": {"$ref": "#/components/schemas/Good"}}});
        let response = json!({"description": "ok", "content": {"application/json": {"schema": schema}}});
        (format!("/op{at}"), json!({"post": {"operationId": format!("op{at}"), "responses": {"200": response}}}))
    };
    let paths: Map<String, Value> = (0..operations).map(operation).collect();
    let mut schemas = components.as_object().cloned().unwrap_or_default();
    schemas.insert("Good".to_owned(), json!({"type": "object", "properties": {"id": {"type": "integer"}}}));
    json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": paths,
        "components": {"schemas": schemas}})
}

/// Schemas that cannot be generated, which stand at the component `Bad`.
fn bad_schemas() -> Vec<Value> {
    vec![
        json!({"$ref": "#/components/schemas/Gone"}),
        json!({"$ref": "#/components/schemas/Bad"}),
        json!({"allOf": [{"$ref": "#/components/schemas/Bad"}, {"type": "object"}]}),
        json!({"allOf": [{"type": "object"}, {"allOf": [{"$ref": "#/components/schemas/Bad"}]}]}),
        json!({"$ref": "https://elsewhere.example/schema.json"}),
        json!({"$ref": "#/info"}),
    ]
}

#[test]
fn a_schema_that_cannot_be_generated_accepts_any_value() {
    for bad in bad_schemas() {
        let document = document(
            3,
            json!({"Bad": bad, "User": {"type": "object", "properties": {
            "bad": {"$ref": "#/components/schemas/Bad"}, "good": {"type": "string"}}}}),
        );
        assert!(!client::generate(&document, &Settings::package()).unwrap_err().is_empty(), "{bad}");
        let generated = generate(&document).unwrap_or_else(|problems| panic!("{bad}: {problems:?}"));
        assert_eq!(generated.operations, 3, "{bad}");
        let [carved] = &generated.carved[..] else { panic!("{bad}: {:?}", generated.carved) };
        assert!(carved.pointer.starts_with("/components/schemas/Bad"), "{carved:?}");
        assert_eq!(carved.effect, Effect::AnyValue);
        assert!(!carved.problem.what.is_empty() && carved.problem.code != Code::Invalid, "{carved:?}");
        assert!(generated.unrepresented.iter().any(|one| carved.lists(one)), "{:?}", generated.unrepresented);
        assert!(generated.code.contains("pub good:"), "the rest of the document is generated");
    }
}

#[test]
fn the_smallest_part_is_carved() {
    let reference = json!({"$ref": "#/components/schemas/Gone"});
    let cyclic = json!({"type": "object", "allOf": [{"$ref": "#/components/schemas/Base"}],
        "properties": {"kept": {"type": "string", "maxLength": 7}}});
    let base = json!({"allOf": [{"type": "object", "properties": {"also": {"type": "string"}}},
        {"$ref": "#/components/schemas/Cyclic"}]});
    let holder = json!({"type": "object", "properties": {"list": {"type": "array", "items": reference},
        "map": {"type": "object", "additionalProperties": {"type": "object", "properties": {"x": reference}}}}});
    let generated = generate(&document(1, json!({"Base": base, "Cyclic": cyclic, "Holder": holder}))).unwrap();
    let pointers: Vec<_> = generated.carved.iter().map(|carved| carved.pointer.as_str()).collect();
    assert_eq!(
        pointers,
        [
            "/components/schemas/Base/allOf/1",
            "/components/schemas/Holder/properties/list/items",
            "/components/schemas/Holder/properties/map/additionalProperties/properties/x"
        ]
    );
    assert!(generated.code.contains("kept") && generated.code.contains("also"));
}

#[test]
fn annotations_of_a_carved_schema_are_kept() {
    let bad = json!({"$ref": "#/components/schemas/Gone", "description": "Why it is here", "deprecated": true});
    let generated = generate(&document(1, json!({"A": {"type": "object", "properties": {"bad": bad}}}))).unwrap();
    assert!(generated.code.contains("Why it is here"));
    let listed: Vec<_> = generated.unrepresented.iter().filter(|one| generated.carved[0].lists(one)).collect();
    assert!(matches!(listed[..], [one] if one.keyword == "$ref"), "{listed:?}");
}

#[test]
fn a_response_without_a_target_has_no_content() {
    let mut document = document(2, json!({}));
    document["paths"]["/op0"]["post"]["responses"]["404"] = json!({"$ref": "#/components/responses/Gone"});
    let generated = generate(&document).unwrap();
    assert_eq!(generated.operations, 2);
    assert_eq!(generated.carved[0].effect, Effect::NoContent);
    assert_eq!(generated.carved[0].pointer, "/paths/~1op0/post/responses/404");
}

/// Adds an operation that cannot be generated, since its parameter has no target.
fn with_bad_operation(mut document: Value, path: &str) -> Value {
    let parameters = json!([{"$ref": "#/components/parameters/Gone"}]);
    document["paths"][path]["get"] = json!({"parameters": parameters, "responses": {}});
    document
}

#[test]
fn an_operation_that_cannot_be_generated_is_left_out() {
    let generated = generate(&with_bad_operation(document(9, json!({})), "/bad")).unwrap();
    assert_eq!(generated.operations, 9);
    let [carved] = &generated.carved[..] else { panic!("{:?}", generated.carved) };
    assert_eq!((carved.pointer.as_str(), carved.effect), ("/paths/~1bad/get", Effect::LeftOut));
    let listed = generated.unrepresented.iter().find(|one| carved.lists(one)).unwrap();
    assert_eq!((listed.pointer.as_str(), listed.keyword.as_str()), ("/paths/~1bad", "get"));
    assert_eq!(listed.value["parameters"][0]["$ref"], "#/components/parameters/Gone");
}

#[test]
fn too_many_operations_that_cannot_be_generated_are_an_error() {
    for (good, bad) in [(8, 1), (17, 2), (1, 1), (0, 1)] {
        let mut document = document(good, json!({}));
        for at in 0..bad {
            document = with_bad_operation(document, &format!("/bad{at}"));
        }
        let problems = generate(&document).unwrap_err();
        let expected = format!("{bad} of {} operations cannot be generated", good + bad);
        assert!(problems[0].what.starts_with(&expected), "{problems:?}");
        assert_eq!(problems.len(), 1 + bad, "each with its location: {problems:?}");
    }
    assert_eq!(generate(&with_bad_operation(document(9, json!({})), "/bad")).unwrap().operations, 9);
}

#[test]
fn invalid_documents_are_errors() {
    let good = document(20, json!({}));
    let edit = |at: &str, value: Value| {
        let mut document = with_bad_operation(good.clone(), "/bad");
        let (parent, key) = (pointer::parent(at).unwrap(), pointer::segments(at).last().unwrap());
        document.pointer_mut(parent).unwrap()[key.as_str()] = value;
        document
    };
    for (at, value) in [
        ("/openapi", json!("4.0.0")),
        ("/paths/~1op0/post/responses/nonsense", json!({"description": "no status"})),
        ("/components/schemas/Good/type", json!("strin")),
        ("/components/schemas/Good/properties", json!(["id"])),
        ("/paths/~1op0/post/parameters", json!([{"name": "n", "in": "nowhere", "schema": {}}])),
        ("/paths/~1op0~1..~1b", json!({})),
    ] {
        let problems = generate(&edit(at, value)).unwrap_err();
        assert!(problems.iter().any(|problem| problem.code == Code::Invalid), "{at}: {problems:?}");
    }
}

#[test]
fn problems_of_more_phases_than_attempts_are_errors() {
    let bad = json!({"A": {"$ref": "#/components/schemas/Gone"}, "B": {"allOf": [{"$ref": "#/components/schemas/B"}]}});
    let document = document(1, bad);
    for (most, expected) in [(1, None), (2, None), (3, Some(2))] {
        let generated = generate_within(&document, &carving(), most);
        assert_eq!(generated.map(|generated| generated.carved.len()).ok(), expected, "{most}");
    }
}

#[test]
fn large_documents_are_carved_within_the_limit_of_work() {
    let document = document(4, json!({"Bad": {"allOf": [{"$ref": "#/components/schemas/Bad"}, {"type": "object"}]}}));
    let whole = Part { pointer: "/components/schemas/Bad".to_owned(), effect: Effect::AnyValue };
    let smallest = |most: usize| {
        let found = Attempts::new(&carving(), most).smallest(&document, &whole);
        found.into_iter().map(|part| part.pointer).collect::<Vec<_>>()
    };
    assert_eq!(smallest(0), ["/components/schemas/Bad"]);
    assert_eq!(smallest(MOST_WORK), ["/components/schemas/Bad/allOf/0"]);
}

/// A bug of the generator may have no location. References without a target stand in for one.
#[test]
fn problems_without_a_location_are_searched() {
    let gone = json!({"$ref": "#/components/schemas/Gone"});
    let object = json!({"type": "object", "properties": {"good": {"type": "string"}, "bad": gone}});
    let mut inline = document(12, json!({}));
    inline["paths"]["/op3"]["post"]["requestBody"] = json!({"content": {"application/json": {"schema": object}}});
    for (document, expected) in [
        (
            document(3, json!({"A": {"type": "object"}, "B": object, "C": {"type": "string"}})),
            &["/components/schemas/B/properties/bad"][..],
        ),
        (
            document(2, json!({"A": object, "B": gone})),
            &["/components/schemas/A/properties/bad", "/components/schemas/B"],
        ),
        (inline, &["/paths/~1op3/post/requestBody/content/application~1json/schema/properties/bad"]),
        (with_bad_operation(document(12, json!({})), "/bad"), &["/paths/~1bad/get"]),
        (
            with_bad_operation(with_bad_operation(document(2, json!({})), "/worse"), "/bad"),
            &["/paths/~1bad/get", "/paths/~1worse/get"],
        ),
        (document(2, json!({})), &[]),
    ] {
        let settings = carving();
        let mut found = Carving::new(document, &settings).search();
        found.sort();
        assert_eq!(found.into_iter().map(|part| part.pointer).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn the_output_is_independent_of_key_order() {
    let forward = with_bad_operation(document(12, json!({"Bad": bad_schemas()[2], "Worse": bad_schemas()[0]})), "/bad");
    fn reversed(value: &Value) -> Value {
        match value {
            Value::Object(map) => Value::Object(map.iter().rev().map(|(k, v)| (k.clone(), reversed(v))).collect()),
            Value::Array(items) => Value::Array(items.iter().map(reversed).collect()),
            other => other.clone(),
        }
    }
    let (one, other) = (generate(&forward).unwrap(), generate(&reversed(&forward)).unwrap());
    assert_eq!((one.code, one.carved, one.unrepresented), (other.code, other.carved, other.unrepresented));
}

#[test]
fn a_document_without_problems_is_generated_as_without_carving() {
    let document = document(3, json!({}));
    let strict = client::generate(&document, &Settings::package()).unwrap();
    let carving = generate(&document).unwrap();
    assert_eq!((strict.code, carving.carved), (carving.code, Vec::new()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// One part that cannot be generated, at any position of a document, changes nothing but the code of its holder.
    #[test]
    fn all_other_operations_are_kept(
        good in 1..8_usize, bad in prop::sample::select(bad_schemas()), position in 0..6_usize, at in 0..8_usize,
    ) {
        let mut document = document(good, json!({"Bad": bad}));
        let operation = &mut document["paths"][format!("/op{}", at % good)]["post"];
        let bad = json!({"$ref": "#/components/schemas/Bad"});
        let content = |schema: Value| json!({"application/json": {"schema": schema}});
        match position {
            0 => operation["requestBody"] = json!({"content": content(bad)}),
            1 => operation["responses"]["400"] = json!({"description": "no", "content": content(bad)}),
            2 => operation["parameters"] = json!([{"name": "q", "in": "query", "schema": bad}]),
            3 => operation["requestBody"] = json!({"content": content(json!({"type": "object", "required": ["bad"],
                "properties": {"bad": bad, "good": {"type": "string"}}}))}),
            4 => operation["responses"]["201"] = json!({"description": "yes", "content": content(json!({"oneOf": [
                bad, {"$ref": "#/components/schemas/Good"}]}))}),
            _ => operation["responses"]["201"] = json!({"description": "yes",
                "content": content(json!({"type": "array", "items": bad}))}),
        }
        let generated = generate(&document).map_err(|problems| TestCaseError::fail(format!("{problems:?}")))?;
        prop_assert_eq!(generated.operations, good);
        prop_assert!(!generated.carved.is_empty());
        prop_assert!(generated.carved.iter().all(|carved| carved.effect == Effect::AnyValue), "{:?}", generated.carved);
        prop_assert!(syn::parse_file(&generated.code).is_ok());
    }
}
