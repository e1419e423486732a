use serde_json::{Value, json};

use super::*;
use crate::{Settings, client::generate};

fn document() -> Value {
    let of = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let response = |schema: Value| {
        json!({"200": {"description": "ok",
        "content": {"application/json": {"schema": schema}}}})
    };
    json!({
        "openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "x-own": 1,
        "tags": [{"name": "unused"}, {"name": "users"}, {"name": "billing"}],
        "servers": [{"url": "https://api.example"}],
        "security": [{"token": []}],
        "paths": {
            "/users": {
                "parameters": [{"$ref": "#/components/parameters/Page"}],
                "get": {"operationId": "listUsers", "tags": ["users"], "responses": response(of("User"))},
                "post": {"operationId": "createUser", "tags": ["users", "admin"], "security": [{"key": []}],
                    "requestBody": {"$ref": "#/components/requestBodies/User"}, "responses": {}},
            },
            "/bills": {"get": {"operationId": "listBills", "tags": ["billing"], "security": [],
                "servers": [{"url": "https://bills.example"}], "responses": response(json!({"type": "object",
                    "properties": {"id": {"type": "integer"}}}))}},
            "/totals": {"get": {"operationId": "total", "security": [], "responses": response(
                json!({"$ref": "#/paths/~1bills/get/responses/200/content/application~1json/schema"}))}},
            "/animals": {"get": {"operationId": "listAnimals", "security": [], "responses": response(of("Animal"))}},
            "/cats": {"get": {"operationId": "listCats", "security": [], "responses": response(of("Cat"))}},
        },
        "components": {
            "parameters": {"Page": {"name": "page", "in": "query", "schema": of("Page")}, "Other": {"name": "o",
                "in": "query", "schema": {"type": "string"}}},
            "requestBodies": {"User": {"content": {"application/json": {"schema": of("NewUser")}}}},
            "schemas": {
                "Page": {"type": "integer"}, "User": {"type": "object", "properties": {"friends": {"type": "array",
                    "items": of("User")}, "address": of("Address")}},
                "Address": {"type": "object"}, "NewUser": {"type": "object"}, "Unused": {"type": "object"},
                "Animal": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}},
                    "discriminator": {"propertyName": "kind",
                        "mapping": {"dog": "Dog", "named": "#/components/schemas/Named"}}},
                "Cat": {"allOf": [of("Animal"), {"type": "object", "properties": {"lives": of("Lives")}}]},
                "Lion": {"allOf": [of("Cat"), {"type": "object"}]},
                "Dog": {"type": "object"}, "Named": {"type": "object"}, "Lives": {"type": "integer"},
            },
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"},
                "key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
        },
    })
}

fn select(tags: &[&str], paths: &[&str], operations: &[&str]) -> Result<Value, Vec<Problem>> {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let selection = Selection { tags: owned(tags), paths: owned(paths), operations: owned(operations) };
    selection.of(&document()).map(|part| part.document)
}

/// Returns the paths with their methods, and the components of a section.
fn names(document: &Value, section: &str) -> Vec<String> {
    let found = document.pointer(&format!("/components/{section}")).and_then(Value::as_object);
    let mut names: Vec<_> = found.into_iter().flat_map(serde_json::Map::keys).cloned().collect();
    names.sort();
    names
}

fn ids(document: &Value) -> Vec<String> {
    let mut ids: Vec<_> = named(document).iter().map(|one| one.id.to_owned()).collect();
    ids.sort();
    ids
}

#[test]
fn operations_are_selected_by_tag_path_and_id() {
    for (tags, paths, operations, expected) in [
        (&["users"][..], &[][..], &[][..], &["createUser", "listUsers"][..]),
        (&["admin"], &[], &[], &["createUser"]),
        (&["*"], &[], &[], &["createUser", "listBills", "listUsers"]),
        (&[], &["/users"], &[], &["createUser", "listUsers"]),
        (&[], &["/*als"], &[], &["listAnimals", "total"]),
        (&[], &[], &["list*"], &["listAnimals", "listBills", "listCats", "listUsers"]),
        (&["billing"], &["/cats"], &["total"], &["listBills", "listCats", "total"]),
    ] {
        assert_eq!(ids(&select(tags, paths, operations).unwrap()), expected, "{tags:?} {paths:?} {operations:?}");
    }
}

#[test]
fn a_part_has_what_its_operations_use_and_nothing_else() {
    let users = select(&["users"], &[], &[]).unwrap();
    assert_eq!(names(&users, "schemas"), ["Address", "NewUser", "Page", "User"]);
    assert_eq!(names(&users, "parameters"), ["Page"]);
    assert_eq!(names(&users, "securitySchemes"), ["key", "token"]);
    assert_eq!(users["tags"], json!([{"name": "users"}]));
    assert_eq!((&users["servers"][0]["url"], &users["x-own"]), (&json!("https://api.example"), &json!(1)));
    let created = select(&[], &[], &["createUser"]).unwrap();
    assert_eq!(names(&created, "securitySchemes"), ["key"]);
    assert_eq!(created.get("security"), None);
    assert_eq!(created["paths"]["/users"].get("get"), None);
    assert!(created["paths"]["/users"].get("parameters").is_some());
    let bills = select(&["billing"], &[], &[]).unwrap();
    assert_eq!((bills.get("servers"), bills.get("security"), bills.get("components")), (None, None, None));
}

#[test]
fn values_of_a_base_may_be_of_every_subtype() {
    let animals = select(&[], &["/animals"], &[]).unwrap();
    assert_eq!(names(&animals, "schemas"), ["Animal", "Cat", "Dog", "Lion", "Lives", "Named"]);
    // a subtype needs its base, but none of the other subtypes
    let cats = select(&[], &["/cats"], &[]).unwrap();
    assert_eq!(names(&cats, "schemas"), ["Animal", "Cat", "Dog", "Lives", "Named"]);
}

#[test]
fn targets_in_other_operations_become_components() {
    let selection = Selection { operations: vec!["total".to_owned()], ..Selection::default() };
    let part = selection.of(&document()).unwrap();
    assert_eq!(names(&part.document, "schemas"), ["bills"]);
    let at = "/paths/~1bills/get/responses/200/content/application~1json/schema";
    assert_eq!(part.moved.original("/components/schemas/bills/properties/id"), format!("{at}/properties/id"));
    assert!(generate(&part.document, &Settings::package()).is_ok());
    // both operations: the target stays where it is
    let both = select(&[], &["/bills", "/totals"], &[]).unwrap();
    assert_eq!(both["paths"]["/totals"], document()["paths"]["/totals"]);
}

#[test]
fn path_items_that_are_references_are_selected_by_operation() {
    let operation = |id: &str| json!({"operationId": id, "responses": {}});
    let item = json!({"get": operation("one"), "put": operation("two")});
    let document = json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"$ref": "#/components/pathItems/A"}}, "components": {"pathItems": {"A": item}}});
    let selection = Selection { operations: vec!["two".to_owned()], ..Selection::default() };
    let part = selection.of(&document).unwrap();
    assert_eq!(part.document["paths"], json!({"/a": {"put": operation("two")}}));
    assert_eq!(part.moved.original("/paths/~1a/put"), "/components/pathItems/A/put");
}

#[test]
fn dynamic_references_and_references_to_the_document_reach_their_targets_only() {
    let mut document = document();
    document["components"]["schemas"]["Page"] = json!({"items": {"$dynamicRef": "#node"},
        "properties": {"whole": {"$ref": "#"}}});
    document["components"]["schemas"]["Node"] = json!({"$dynamicAnchor": "node"});
    let selection = Selection { operations: vec!["createUser".to_owned()], ..Selection::default() };
    assert_eq!(names(&selection.of(&document).unwrap().document, "schemas"), ["NewUser", "Node", "Page"]);
}

#[test]
fn webhooks_are_selected_by_tag_and_id() {
    let hook = json!({"post": {"operationId": "done", "tags": ["users"], "responses": {}}});
    let mut document = document();
    document["webhooks"] = json!({"done": hook, "other": {"post": {"operationId": "other", "responses": {}}}});
    let selection = Selection { tags: vec!["users".to_owned()], ..Selection::default() };
    assert_eq!(selection.of(&document).unwrap().document["webhooks"], json!({"done": hook}));
    let selection = Selection { paths: vec!["*".to_owned()], ..Selection::default() };
    assert_eq!(selection.of(&document).unwrap().document.get("webhooks"), None);
}

#[test]
fn patterns_that_match_nothing_are_errors_with_a_suggestion() {
    let problems = select(&["user"], &["/user", "/bills"], &["listuser*"]).unwrap_err();
    let texts: Vec<_> = problems.iter().map(|problem| format!("{}; {}", problem.what, problem.fix)).collect();
    assert_eq!(
        texts,
        [
            "no operation has the tag `user`; use `--tag users`",
            "no operation has the path `/user`; use `--path /users`",
            "no operation has the `operationId` `listuser*`; use `--operation listUsers`",
        ]
    );
}

/// Every operation alone, and all of them, can be generated; selecting twice changes nothing more.
#[test]
fn every_part_generates() {
    let document = document();
    for one in named(&document) {
        let part = select(&[], &[], &[one.id]).unwrap();
        assert_eq!(generate(&part, &Settings::package()).unwrap().operations, 1, "{}", one.id);
        let selection = Selection { operations: vec![one.id.to_owned()], ..Selection::default() };
        assert_eq!(selection.of(&part).unwrap().document, part, "{}", one.id);
    }
    let all = select(&[], &["*"], &[]).unwrap();
    assert_eq!(all["paths"], document["paths"]);
    assert_eq!(generate(&all, &Settings::package()).unwrap().operations, 6);
}
