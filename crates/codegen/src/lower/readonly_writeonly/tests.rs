use super::*;
use openapi::queries::schema_reference as to;
use serde_json::json;

/// Runs the pass on a document with one operation, whose request body and response reference two components.
fn lowered(schemas: Value, request: &str, response: &str) -> Lowering {
    let content = |name: &str| json!({"content": {"application/json": {"schema": to(name)}}});
    let mut lowering = Lowering::of(json!({"openapi": "3.0.3", "paths": {"/a": {"post": {
        "requestBody": content(request), "responses": {"200": content(response)}}}},
        "components": {"schemas": schemas}}));
    for name in schemas.as_object().unwrap().keys() {
        lowering.model.origins.insert(name.clone(), format!("/components/schemas/{}", name.to_lowercase()));
    }
    run(&mut lowering);
    lowering
}

fn object(properties: Value, required: &[&str]) -> Value {
    let mut object = json!({"type": "object", "properties": properties});
    if !required.is_empty() {
        object["required"] = required.into();
    }
    object
}

fn text() -> Value {
    json!({"type": "string"})
}

fn read_only() -> Value {
    json!({"type": "string", "readOnly": true})
}

fn described(description: &str) -> Value {
    json!({"type": "string", "description": description})
}

#[test]
fn splits_components_that_differ_directly_or_through_references() {
    let mut lowering = lowered(
        json!({
            "Outer": object(json!({"list": {"type": "array", "items": to("Inner")}, "same": to("Same")}), &[]),
            "Inner": object(json!({"id": read_only(), "up": to("Outer"), "key": {"type": "string", "writeOnly": true}}),
                &["id", "key"]),
            "Same": object(json!({"a": text()}), &["a"]),
            "InnerRequest": object(json!({"id": read_only()}), &["id"]),
        }),
        "Outer",
        "Outer",
    );
    assert_eq!(
        lowering.document["paths"]["/a"]["post"],
        json!({"requestBody": {"content": {"application/json": {"schema": to("OuterRequest")}}},
            "responses": {"200": {"content": {"application/json": {"schema": to("Outer")}}}}})
    );
    let mut of_request =
        object(json!({"list": {"type": "array", "items": to("InnerRequest2")}, "same": to("Same")}), &[]);
    of_request["description"] = "`Outer` in requests.".into();
    let mut inner = object(json!({"up": to("OuterRequest"), "key": described("Write-only.")}), &["key"]);
    inner["description"] = "`Inner` in requests.".into();
    assert_eq!(
        Value::Object(lowering.schemas().clone()),
        json!({
            "Outer": object(json!({"list": {"type": "array", "items": to("Inner")}, "same": to("Same")}), &[]),
            "OuterRequest": of_request,
            "Inner": object(json!({"id": described("Read-only."), "up": to("Outer")}), &["id"]),
            "InnerRequest2": inner,
            "Same": object(json!({"a": text()}), &["a"]),
            // no operation uses it
            "InnerRequest": object(json!({"id": described("Read-only.")}), &["id"]),
        })
    );
    let model = &lowering.model;
    assert_eq!(model.origins["InnerRequest2"], "/components/schemas/inner");
    assert_eq!((&*model.request_views["InnerRequest2"], model.request_views.len()), ("Inner", 2));
}

#[test]
fn components_of_one_direction_keep_their_names() {
    let both = || json!({"id": read_only(), "key": {"type": "string", "writeOnly": true}});
    let mut lowering =
        lowered(json!({"Ask": object(both(), &["id"]), "Say": object(both(), &["id", "key"])}), "Ask", "Say");
    assert_eq!(
        Value::Object(lowering.schemas().clone()),
        json!({"Ask": object(json!({"key": described("Write-only.")}), &[]),
            "Say": object(json!({"id": described("Read-only.")}), &["id"])})
    );
    // a schema that only a read-only property references is used by responses alone
    let schemas = json!({"A": object(json!({"b": {"readOnly": true, "allOf": [to("B")]}, "c": text()}), &[]),
        "B": object(json!({"id": read_only()}), &[])});
    let mut lowering = lowered(schemas, "A", "A");
    let names: Vec<_> = lowering.schemas().keys().cloned().collect();
    assert_eq!(names, ["A", "B", "ARequest"]);
}

#[test]
fn properties_are_read_only_directly_or_through_references_and_parts() {
    for (property, stays) in [
        (read_only(), false),
        (to("Stamp"), false),
        (json!({"allOf": [to("Stamp")], "nullable": true}), false),
        (json!({"allOf": [to("Plain"), {"readOnly": true}]}), false),
        (json!({"type": "array", "items": read_only()}), true),
        (json!({"oneOf": [read_only(), {"type": "integer"}]}), true),
        (json!({"type": "string", "readOnly": false}), true),
        (json!({"type": "string", "readOnly": true, "writeOnly": true}), true),
    ] {
        let schemas = json!({"A": object(json!({"p": property}), &["p"]), "Plain": text(), "Stamp": read_only()});
        let mut lowering = lowered(schemas, "A", "Plain");
        let a = &lowering.schemas()["A"];
        let found = (a["properties"].get("p").is_some(), a.get("required").is_some());
        assert_eq!(found, (stays, stays), "{property}");
    }
}

#[test]
fn excludes_properties_from_all_parts_of_a_composition() {
    let base = object(json!({"id": text(), "name": text()}), &["id", "name"]);
    let mut lowering = lowered(
        json!({
            "Whole": {"allOf": [to("Base"), object(json!({"id": read_only(), "more": object(json!({"x": text()}),
                &[])}), &[])],
                "required": ["id", "more"]},
            "Base": base, "Response": object(json!({"base": to("Base"), "whole": to("Whole")}), &[]),
        }),
        "Whole",
        "Response",
    );
    let schemas = lowering.schemas();
    assert_eq!(
        schemas["WholeRequest"],
        json!({"allOf": [object(json!({"name": text()}), &["name"]),
            object(json!({"more": object(json!({"x": text()}), &[])}), &[])],
            "required": ["more"], "description": "`Whole` in requests."})
    );
    assert_eq!((&schemas["Base"], &schemas["Whole"]["allOf"][0]), (&base, &to("Base")));
    let copied = "/components/schemas/whole/allOf/0/properties/name";
    assert_eq!(lowering.moved.original(copied), "/components/schemas/base/properties/name");
}

#[test]
fn splits_variants_and_removes_excluded_discriminators() {
    for (kind, is_included) in [(text(), true), (read_only(), false)] {
        let mut lowering = lowered(
            json!({
                "Union": {"oneOf": [to("One"), to("Two")], "discriminator": {"propertyName": "kind",
                    "mapping": {"1": "#/components/schemas/one"}}},
                "One": object(json!({"kind": kind, "id": read_only()}), &["kind"]),
                "Two": object(json!({"kind": kind}), &["kind"]),
            }),
            "Union",
            "Union",
        );
        let schemas = lowering.schemas();
        let two = if is_included { "Two" } else { "TwoRequest" };
        assert_eq!(schemas["UnionRequest"]["oneOf"], json!([to("OneRequest"), to(two)]));
        assert_eq!(schemas["UnionRequest"].get("discriminator").is_some(), is_included);
        assert!(schemas["Union"].get("discriminator").is_some());
    }
}

#[test]
fn lists_properties_that_no_direction_includes() {
    let key = json!({"type": "string", "writeOnly": true});
    let lost = |request: &str, response: &str| {
        let schemas = json!({"Ask": object(json!({"id": read_only(), "key": key}), &["id", "key"]), "Other": text(),
            "Deep": object(json!({"all": {"type": "object", "readOnly": true, "properties": {"key": key}}}), &[])});
        let listed = lowered(schemas, request, response).unrepresented.into_iter();
        listed.map(|one| format!("{} {} {}", one.pointer, one.keyword, one.value)).collect::<Vec<_>>()
    };
    let property = |name: &str, value: Value| format!("/components/schemas/ask/properties {name} {value}");
    let required = |name: &str| format!("/components/schemas/ask required \"{name}\"");
    assert_eq!(lost("Ask", "Other"), [property("id", read_only()), required("id")]);
    assert_eq!(lost("Other", "Ask"), [property("key", key.clone()), required("key")]);
    assert_eq!(lost("Ask", "Ask"), Vec::<String>::new());
    let deep = format!("/components/schemas/deep/properties/all/properties key {key}");
    assert_eq!(lost("Deep", "Deep"), [deep]);
}

#[test]
fn terminates_on_cycles() {
    let schemas = json!({"A": {"allOf": [to("B"), object(json!({"id": read_only()}), &[])]}, "B": {"allOf": [to("A")],
        "required": ["id"]},
        "C": to("D"), "D": to("C"), "E": object(json!({"c": to("C"), "a": to("A")}), &[])});
    assert!(lowered(schemas, "E", "A").schemas().contains_key("ARequest"));
}

#[test]
fn rejects_exponential_compositions() {
    let mut schemas = serde_json::Map::new();
    for step in 0..40 {
        let next = to(&format!("S{}", step + 1));
        schemas.insert(format!("S{step}"), json!({"allOf": [next, next], "required": ["id"]}));
    }
    schemas.insert("S40".to_owned(), text());
    schemas.insert("A".to_owned(), json!({"allOf": [to("S0"), object(json!({"id": read_only()}), &[])]}));
    let lowering = lowered(schemas.into(), "A", "A");
    assert!(lowering.problems[0].what.starts_with("1000 or more compositions"), "{:?}", lowering.problems);
}

#[test]
fn names_do_not_change_when_an_unrelated_component_is_added() {
    let thing = object(json!({"id": read_only()}), &[]);
    let names = |schemas: Value| lowered(schemas, "Thing", "Thing").model.request_views.into_keys().collect::<Vec<_>>();
    assert_eq!(names(json!({"Thing": thing})), ["ThingRequest"]);
    assert_eq!(names(json!({"A": thing, "Thing": thing, "Z": thing})), ["ThingRequest"]);
}
