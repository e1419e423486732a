use super::*;
use openapi::queries::schema_reference as to;
use serde_json::json;

/// Lowers components up to this pass, and returns them with what the pass listed: pointer and keyword.
fn merged(schemas: Value) -> (Map<String, Value>, Vec<String>) {
    let mut lowering = Lowering::of(json!({"openapi": "3.0.3", "components": {"schemas": schemas}}));
    run(&mut lowering);
    let listed = lowering.unrepresented.iter().map(|one| format!("{} {}", one.pointer, one.keyword)).collect();
    (lowering.schemas().clone(), listed)
}

/// Returns what an `allOf` of a reference to `target`, with keywords beside it, is merged to.
fn beside(target: Value, keywords: Value) -> (Value, Vec<String>) {
    let mut schema = keywords;
    schema["allOf"] = json!([to("Target")]);
    let (schemas, listed) = merged(json!({"Target": target, "Whole": schema}));
    (schemas["Whole"].clone(), listed)
}

#[test]
fn keywords_beside_a_reference_are_merged_into_its_target() {
    let string = json!({"type": "string", "minLength": 1});
    let list = json!({"type": "array", "items": {"type": "string"}, "maxItems": 9});
    let map = json!({"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}});
    let number = json!({"type": "integer", "minimum": 0, "multipleOf": 4});
    let kind = json!({"type": "string", "enum": ["a", "b"]});
    for (target, keywords, expected) in [
        (&string, json!({"maxLength": 4}), json!({"type": "string", "minLength": 1, "maxLength": 4})),
        (&string, json!({"minLength": 2}), json!({"type": "string", "minLength": 2})),
        (&string, json!({"format": "uri"}), json!({"type": "string", "minLength": 1, "format": "uri"})),
        (&string, json!({"pattern": "^a"}), json!({"type": "string", "minLength": 1, "pattern": "^a"})),
        (&string, json!({"enum": ["", "x"]}), json!({"type": "string", "minLength": 1, "enum": ["x"]})),
        (
            &string,
            json!({"nullable": true, "maxLength": 3, "description": "d", "default": "x"}),
            json!({"type": "string", "minLength": 1, "maxLength": 3, "nullable": true, "description": "d",
                "default": "x"}),
        ),
        (&kind, json!({"type": "string", "enum": ["b", "c"]}), json!({"type": "string", "enum": ["b"]})),
        (
            &list,
            json!({"minItems": 1, "uniqueItems": true}),
            json!({"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 9, "uniqueItems": true}),
        ),
        (
            &list,
            json!({"items": {"maxLength": 2}}),
            json!({"type": "array", "items": {"type": "string", "maxLength": 2}, "maxItems": 9}),
        ),
        (
            &map,
            json!({"maxProperties": 4, "additionalProperties": {"minLength": 1}}),
            json!({"type": "object", "minProperties": 1, "maxProperties": 4,
                "additionalProperties": {"type": "string", "minLength": 1}}),
        ),
        (
            &map,
            json!({"properties": {"a": {"maxLength": 3}}}),
            json!({"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"},
                "properties": {"a": {"type": "string", "maxLength": 3}}}),
        ),
        (
            &number,
            json!({"maximum": 10, "exclusiveMaximum": true, "multipleOf": 6}),
            json!({"type": "integer", "minimum": 0, "maximum": 10, "exclusiveMaximum": true, "multipleOf": 12}),
        ),
        (
            &number,
            json!({"minimum": 0, "exclusiveMinimum": true}),
            json!({"type": "integer", "minimum": 0,
            "exclusiveMinimum": true, "multipleOf": 4}),
        ),
        (
            &number,
            json!({"minimum": -3, "format": "int32"}),
            json!({"type": "integer", "minimum": 0, "multipleOf": 4,
            "format": "int32"}),
        ),
    ] {
        assert_eq!(beside(target.clone(), keywords.clone()), (expected, vec![]), "{target} {keywords}");
    }
}

#[test]
fn a_reference_with_annotations_or_implied_keywords_stays() {
    let string = json!({"type": "string", "minLength": 2});
    let object = json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}});
    let union = json!({"oneOf": [{"type": "object", "properties": {"a": {}}}, {"type": "object"}]});
    for (target, keywords, left) in [
        (&string, json!({}), json!({})),
        (
            &string,
            json!({"description": "d", "title": "t", "default": "x", "deprecated": true, "readOnly": true}),
            json!({"description": "d", "title": "t", "default": "x", "deprecated": true, "readOnly": true}),
        ),
        (&string, json!({"nullable": true}), json!({"nullable": true})),
        (&string, json!({"type": "string", "minLength": 1}), json!({})),
        (&object, json!({"type": "object", "required": ["a"], "description": "d"}), json!({"description": "d"})),
        (&union, json!({"type": "object"}), json!({})),
        (&json!({}), json!({"description": "d"}), json!({"description": "d"})),
    ] {
        let mut expected = left;
        expected["allOf"] = json!([to("Target")]);
        assert_eq!(beside(target.clone(), keywords.clone()), (expected, vec![]), "{target} {keywords}");
    }
    let (schemas, _) = merged(json!({"Target": string, "Whole": {"allOf": [to("Target"), {"description": "d"}, {}]}}));
    assert_eq!(schemas["Whole"], json!({"allOf": [to("Target")], "description": "d"}));
}

#[test]
fn null_is_accepted_where_every_subschema_accepts_it() {
    let maybe = json!({"type": "string", "nullable": true});
    for (target, keywords, is_nullable) in [
        (&maybe, json!({"maxLength": 3}), true),
        (&maybe, json!({"description": "d"}), true),
        (&maybe, json!({"type": "string", "maxLength": 3}), false),
        (&maybe, json!({"type": "string", "nullable": true, "maxLength": 3}), true),
        (&json!({"type": "string"}), json!({"maxLength": 3}), false),
        (&json!({"type": "string"}), json!({"maxLength": 3, "nullable": true}), true),
        (&json!({"oneOf": [maybe, {"type": "integer"}]}), json!({"description": "d"}), true),
    ] {
        let (whole, listed) = beside(target.clone(), keywords.clone());
        assert_eq!((whole["nullable"] == true, listed), (is_nullable, vec![]), "{target} {keywords}");
    }
    let (schemas, listed) = merged(json!({"Maybe": maybe, "A": {"oneOf": [to("Maybe"), {"type": "integer"}]},
        "B": {"anyOf": [{"type": "object", "nullable": true}, {"type": "array", "nullable": true}]},
        "C": {"type": "object", "oneOf": [{"type": "object", "nullable": true}]}, "D": {"oneOf": [{}, maybe]}}));
    assert_eq!((schemas["A"].get("nullable"), schemas["C"].get("nullable")), (Some(&json!(true)), None));
    assert_eq!(schemas["B"], json!({"anyOf": [{"type": "object"}, {"type": "array"}], "nullable": true}));
    assert_eq!((&schemas["D"]["nullable"], listed), (&json!(true), vec![]));
    let (_, listed) = merged(json!({"A": {"allOf": [{"type": "string"}, {"nullable": true}]}}));
    assert_eq!(listed, ["/components/schemas/A/allOf/1 nullable"]);
}

#[test]
fn contradictions_are_listed_and_the_first_subschema_stays() {
    for (target, keywords, listed) in [
        (json!({"type": "string"}), json!({"type": "integer", "minimum": 1}), &["minimum", "type"][..]),
        (json!({"type": "string"}), json!({"minimum": 1}), &["minimum"]),
        (json!({"type": "string", "maxLength": 2}), json!({"minLength": 3}), &["minLength"]),
        (json!({"type": "integer", "maximum": 2}), json!({"minimum": 2, "exclusiveMinimum": true}), &["minimum"]),
        (json!({"type": "string", "enum": ["a"]}), json!({"enum": ["b"]}), &["enum"]),
        (json!({"type": "string", "format": "uri"}), json!({"format": "email"}), &["format"]),
        (json!({"type": "number", "multipleOf": 0.3}), json!({"multipleOf": 0.7}), &["multipleOf"]),
        (json!({"oneOf": [{"type": "string"}, {"type": "integer"}]}), json!({"enum": [true]}), &["enum"]),
    ] {
        let (whole, mut found) = beside(target.clone(), keywords.clone());
        found.sort();
        let expected: Vec<_> = listed.iter().map(|keyword| format!("/components/schemas/Whole {keyword}")).collect();
        assert_eq!((whole, found), (json!({"allOf": [to("Target")]}), expected), "{target} {keywords}");
    }
}

#[test]
fn keywords_beside_a_union_are_merged_into_its_variants() {
    let text = json!({"type": "string"});
    let union = json!({"oneOf": [text, {"type": "integer"}, {"type": "string", "enum": ["long", "s"]}]});
    let (whole, listed) = beside(union, json!({"maxLength": 3}));
    let variants = json!([{"type": "string", "maxLength": 3}, {"type": "integer"},
        {"type": "string", "enum": ["s"], "maxLength": 3}]);
    assert_eq!((whole, listed), (json!({"oneOf": variants}), vec![]));
    let constants = json!({"oneOf": [{"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["b"]}]});
    assert_eq!(beside(constants, json!({"enum": ["b", "c"]})), (json!({"type": "string", "enum": ["b"]}), vec![]));
}

#[test]
fn one_of_two_unions_stays() {
    let (a, b) = (to("A"), to("B"));
    let object = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
    for (one_of, any_of, kept, listed) in [
        (json!([a, b]), json!([b, a]), "oneOf", &[][..]),
        (json!([a]), json!([a, b]), "oneOf", &[]),
        (json!([a, b]), json!([a]), "oneOf", &["/components/schemas/U anyOf"]),
        (json!([a, b]), json!([{"required": ["a"]}]), "oneOf", &["/components/schemas/U anyOf"]),
        (json!([{"required": ["a"]}]), json!([a, b]), "anyOf", &["/components/schemas/U oneOf"]),
    ] {
        let (schemas, found) =
            merged(json!({"A": object("a"), "B": object("b"), "U": {"type": "object", "oneOf": one_of,
                "anyOf": any_of}}));
        let unions: Vec<_> = ["oneOf", "anyOf"].into_iter().filter(|key| schemas["U"].get(key).is_some()).collect();
        assert_eq!((unions, found), (vec![kept], listed.iter().map(|one| (*one).to_owned()).collect()));
    }
}

#[test]
fn several_subschemas_and_chains_of_references_become_one_schema() {
    let (schemas, listed) = merged(json!({
        "Scalar": {"allOf": [{"type": "string"}, {"minLength": 2}, {"allOf": [{"maxLength": 3}, {"pattern": "^a"}]}]},
        "First": to("Second"), "Second": {"allOf": [to("Third")], "maxLength": 9}, "Third": {"type": "string"},
        "Whole": {"allOf": [to("First")], "minLength": 1},
        "Both": {"allOf": [to("Third"), to("Second")], "description": "d"},
        "Patterns": {"allOf": [{"type": "string", "pattern": "^a"}, {"pattern": "z$"}]},
    }));
    assert_eq!(schemas["Scalar"], json!({"type": "string", "minLength": 2, "maxLength": 3, "pattern": "^a"}));
    assert_eq!(schemas["Whole"], json!({"type": "string", "minLength": 1, "maxLength": 9}));
    assert_eq!(schemas["Both"], json!({"allOf": [to("Second")], "description": "d"}));
    let second = json!([{"type": "string", "pattern": "z$"}]);
    assert_eq!(schemas["Patterns"], json!({"type": "string", "pattern": "^a", "allOf": second}));
    assert_eq!(listed, [""; 0]);
}

#[test]
fn objects_stay_compositions_unless_their_properties_collide() {
    let object = |properties: Value| json!({"type": "object", "properties": properties});
    let base = object(json!({"kind": {"type": "string", "enum": ["cat", "dog"]}, "at": object(json!({"x": {}}))}));
    let (schemas, listed) = merged(json!({
        "Base": base,
        "Plain": {"allOf": [to("Base"), object(json!({"lives": {"type": "integer"}}))]},
        "Cat": {"allOf": [to("Base"), object(json!({"kind": {"enum": ["cat"]}, "lives": {"type": "integer"}}))],
            "required": ["kind"], "description": "A cat."},
        "Same": {"allOf": [object(json!({"n": {"type": "integer", "minimum": 1}}))],
            "properties": {"n": {"type": "integer", "minimum": 1}}, "type": "object"},
    }));
    assert_eq!(schemas["Plain"]["allOf"][0], to("Base"));
    assert_eq!(
        schemas["Cat"],
        json!({"type": "object", "required": ["kind"], "description": "A cat.", "properties": {
            "kind": {"type": "string", "enum": ["cat"]}, "lives": {"type": "integer"}, "at": to("BaseAt")}})
    );
    // the type inside the base has one name in both
    assert_eq!((&schemas["Base"]["properties"]["at"], &schemas["BaseAt"]), (&to("BaseAt"), &object(json!({"x": {}}))));
    assert_eq!(schemas["Same"], object(json!({"n": {"type": "integer", "minimum": 1}})));
    assert_eq!(listed, [""; 0]);
}

#[test]
fn a_closed_subschema_does_not_exclude_the_properties_of_others() {
    let object = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
    let mut closed = object("b");
    closed["additionalProperties"] = false.into();
    let (schemas, listed) = merged(json!({"A": object("a"), "Whole": {"allOf": [to("A"), closed]}}));
    let whole = &schemas["Whole"];
    assert_eq!((whole["properties"].as_object().unwrap().len(), whole.get("additionalProperties")), (2, None));
    assert_eq!(listed, ["/components/schemas/Whole/allOf/1 additionalProperties"]);
}

#[test]
fn references_to_related_components_are_the_narrower_one() {
    let (schemas, listed) = merged(json!({
        "Base": {"type": "object", "properties": {"parent": to("Base"), "any": to("Either")}},
        "Derived": {"allOf": [to("Base"), {"type": "object", "properties": {"parent": to("Derived"),
            "any": {"allOf": [to("One")], "description": "d"}}}]},
        "Either": {"oneOf": [to("One"), to("Two")]}, "One": {"type": "object", "properties": {"a": {}}},
        "Two": {"type": "object", "properties": {"b": {}}},
    }));
    let properties = &schemas["Derived"]["properties"];
    assert_eq!(*properties, json!({"parent": to("Derived"), "any": {"allOf": [to("One")], "description": "d"}}));
    assert_eq!(listed, [""; 0]);
}

#[test]
fn merges_that_require_themselves_end() {
    let object = |target: &str| json!({"type": "object", "properties": {"x": to(target), target: {}}});
    let (schemas, listed) = merged(json!({"P": object("P"), "Q": object("Q"), "A": {"allOf": [to("P"), to("Q")]},
        "Loop": {"allOf": [to("Loop"), {"minLength": 1}]}}));
    assert_eq!(schemas["A"]["properties"]["x"]["properties"]["x"], to("Q"));
    assert_eq!(listed, ["/components/schemas/A/allOf/0 $ref"]);
    assert!(schemas["Loop"].get("allOf").is_some(), "rejected later");
}

#[test]
fn definitions_to_merge_are_limited() {
    let object = |length: u64| {
        let properties = (0..=MOST_DEFINITIONS).map(|at| {
            (
                format!("p{at}"),
                json!({"type": "string",
            "maxLength": length}),
            )
        });
        json!({"type": "object", "properties": properties.collect::<Map<_, _>>()})
    };
    let (schemas, listed) = merged(json!({"A": {"allOf": [object(1), object(2)]}}));
    let lengths: Vec<_> =
        schemas["A"]["properties"].as_object().unwrap().values().map(|one| &one["maxLength"]).collect();
    assert_eq!(
        (lengths.iter().filter(|one| ***one == 1).count(), lengths.len()),
        (MOST_DEFINITIONS, MOST_DEFINITIONS + 1)
    );
    assert_eq!(listed.len(), 1);
}

#[test]
fn lists_what_the_merged_schema_does_not_enforce_and_nothing_else() {
    let document = json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {
        "schemas": {
            "Text": {"type": "string", "minLength": 1}, "Kind": {"type": "string", "enum": ["a", "bb"]},
            "Job": {"type": "object", "properties": {
                "text": {"allOf": [to("Text"), {"maxLength": 4, "title": "t"}], "pattern": "^a", "description": "d"},
                "kind": {"allOf": [to("Kind")], "maxLength": 1, "enum": ["zz"]}}}}}});
    let generated = crate::generate(&document, &crate::Settings::package()).unwrap();
    let listed: Vec<_> = generated.unrepresented.iter().map(|one| format!("{} {}", one.pointer, one.keyword)).collect();
    assert_eq!(listed, ["/components/schemas/Job/properties/kind enum"]);
}

/// Every position, keyword beside a reference, kind of target, and version.
#[test]
fn every_combination_of_keywords_is_generated() {
    let targets = [
        json!({"type": "string"}),
        json!({"type": "string", "minLength": 2, "description": "d"}),
        json!({"type": "string", "pattern": "^b", "maxLength": 9}),
        json!({"type": "string", "format": "uuid"}),
        json!({"type": "string", "enum": ["a", "b"]}),
        json!({"type": "integer", "minimum": 1}),
        json!({"type": "number", "format": "double"}),
        json!({"type": "boolean"}),
        json!({"type": "array", "items": {"type": "string"}, "maxItems": 4}),
        json!({"type": "object", "additionalProperties": {"type": "string", "minLength": 1}, "minProperties": 1}),
        json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "string", "maxLength": 8}}}),
        json!({"oneOf": [{"type": "string"}, {"type": "integer"}]}),
        json!({"oneOf": [to("Object"), to("Other")]}),
        json!({"allOf": [to("Object"), {"type": "object", "properties": {"c": {"type": "string"}}}]}),
        to("Object"),
        json!({}),
    ];
    let siblings = [
        json!({"minLength": 1}),
        json!({"maxLength": 3, "nullable": true}),
        json!({"pattern": "^a"}),
        json!({"format": "uri"}),
        json!({"format": "date-time"}),
        json!({"type": "string", "enum": ["a"]}),
        json!({"enum": ["zz"]}),
        json!({"type": "integer", "maximum": 7}),
        json!({"exclusiveMinimum": true, "minimum": 3}),
        json!({"multipleOf": 2}),
        json!({"minItems": 2, "uniqueItems": true}),
        json!({"items": {"maxLength": 2}}),
        json!({"maxProperties": 3}),
        json!({"additionalProperties": false}),
        json!({"additionalProperties": {"type": "string", "maxLength": 7}}),
        json!({"type": "object", "required": ["a", "b"]}),
        json!({"properties": {"a": {"type": "string", "minLength": 1}, "b": {"type": "integer"}}}),
        json!({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}),
        json!({"not": {"enum": ["b"]}}),
        json!({"type": "array"}),
        json!({"description": "d", "title": "t", "default": 1, "deprecated": true}),
    ];
    let object = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
    for target in &targets {
        for is_3_1 in [false, true] {
            let mut schemas = Map::from_iter([
                ("Target".to_owned(), target.clone()),
                ("Object".to_owned(), object("o")),
                ("Other".to_owned(), object("p")),
            ]);
            let mut paths = Map::new();
            for (index, sibling) in siblings.iter().enumerate() {
                let mut schema = sibling.clone();
                if is_3_1 {
                    schema["$ref"] = to("Target")["$ref"].clone();
                    if sibling.get("exclusiveMinimum").is_some() {
                        schema["exclusiveMinimum"] = 3.into();
                    }
                } else {
                    schema["allOf"] = json!([to("Target")]);
                }
                schemas.insert(format!("Whole{index}"), schema.clone());
                schemas.insert(format!("Parts{index}"), json!({"allOf": [to("Target"), sibling]}));
                let holder = json!({"type": "object", "properties": {"property": schema,
                    "items": {"type": "array", "items": schema},
                    "map": {"type": "object", "additionalProperties": schema}}});
                schemas.insert(format!("Holder{index}"), holder.clone());
                let extends = json!({"allOf": [to(&format!("Holder{index}")), holder]});
                schemas.insert(format!("Extends{index}"), extends);
                let content = json!({"application/json": {"schema": schema}});
                paths.insert(
                    format!("/{index}"),
                    json!({"post": {"operationId": format!("op{index}"),
                    "parameters": [{"name": "q", "in": "query", "schema": schema}],
                    "requestBody": {"content": content}, "responses": {"200": {"description": "d",
                        "content": content}}}}),
                );
            }
            let version = if is_3_1 { "3.1.0" } else { "3.0.3" };
            let document = json!({"openapi": version, "info": {"title": "t", "version": "1"}, "paths": paths,
                "components": {"schemas": schemas}});
            let generated = crate::generate(&document, &crate::Settings::package());
            assert!(generated.is_ok(), "{version} {target}: {:#?}", generated.err());
        }
    }
}
