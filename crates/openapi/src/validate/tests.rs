use super::*;
use serde_json::json;

#[test]
fn reports_every_error_with_its_pointer() {
    let document = json!({"openapi": "3.0.3",
        "paths": {"/a": {"get": {"responses": {"200": {"$ref": "#/components/responses/R"}}}}},
        "components": {"schemas": {
            "A": {"type": "objekt", "properties": {"type": {"type": "string"},
                "b": {"$ref": "#/components/schemas/B"}}},
            "C": {"type": "array", "items": {"$ref": "other.json#/X"}},
            "D": {"example": {"$ref": "#/nowhere"}, "enum": [{"$ref": "#/nowhere"}]}}}});
    let found: Vec<_> = validate(&document).into_iter().filter_map(|problem| problem.pointer).collect();
    assert_eq!(
        found,
        [
            "/paths/~1a/get/responses/200/$ref",
            "/components/schemas/A/type",
            "/components/schemas/A/properties/b/$ref",
            "/components/schemas/C/items/$ref",
        ]
    );
}

#[test]
fn reports_invalid_and_duplicate_statuses() {
    let document = json!({"openapi": "3.0.3", "paths": {"/a": {"get": {"responses": {
        "200": {}, "4XX": {}, "4xx": {}, "default": {}, "x-note": {}, "2000": {}, "200; {panic!()}": {}}}}},
        "components": {"responses": {"Any name": {"description": "d"}}}});
    let found: Vec<_> = validate(&document).into_iter().filter_map(|problem| problem.pointer).collect();
    let at = "/paths/~1a/get/responses";
    assert_eq!(found, ["4xx", "2000", "200; {panic!()}"].map(|key| format!("{at}/{key}")));
}

#[test]
fn rejects_connection_headers_and_invalid_header_names() {
    let found = |name: &str, location: &str| -> Vec<_> {
        let parameter = json!({"name": name, "in": location, "required": true, "schema": {"type": "string"}});
        let key = json!({"type": "apiKey", "name": name, "in": location});
        let document = json!({"openapi": "3.0.3",
            "paths": {"/a": {"parameters": [parameter.clone()], "get": {"parameters": [parameter.clone()],
                "responses": {}}}},
            "components": {"parameters": {"P": parameter}, "securitySchemes": {"K": key}}});
        let mut found: Vec<_> = validate(&document).into_iter().filter_map(|problem| problem.pointer).collect();
        found.sort();
        found
    };
    for name in ["Content-Length", "Host", "Transfer-Encoding", "Connection", "TE", "Upgrade"] {
        for name in [name.to_owned(), name.to_lowercase(), name.to_uppercase(), format!(" {name} ")] {
            let expected = [
                "/components/parameters/P/name",
                "/components/securitySchemes/K/name",
                "/paths/~1a/get/parameters/0/name",
                "/paths/~1a/parameters/0/name",
            ];
            assert_eq!(found(&name, "header"), expected, "{name}");
            assert_eq!(found(&name, "query"), Vec::<String>::new(), "{name}");
        }
    }
    for name in ["", "a b", "X-A\r\nHost", "é", "a:", "\u{202e}a"] {
        assert_eq!(found(name, "header").len(), 4, "{name}");
    }
    for name in
        ["Accept", "Content-Type", "Authorization", "Content-Encoding", "Expect", "Host-Id", "X-Upgrade", "Trailer"]
    {
        assert_eq!(found(name, "header"), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn reports_the_location_of_too_many_entries() {
    let of = |document: &Value| -> Vec<String> {
        validate(document).into_iter().filter_map(|problem| problem.pointer).collect()
    };
    let path = |names: usize| {
        let path = format!("/{}", "{a}".repeat(names));
        of(&json!({"openapi": "3.0.3", "paths": {path: {}}})).len()
    };
    assert_eq!((path(MOST_PATH_NAMES), path(MOST_PATH_NAMES + 1), path(50_000)), (0, 1, 1));
    let named = |length: usize| {
        let operation = json!({"operationId": "o".repeat(length), "responses": {}, "parameters": [
            {"name": "p".repeat(length), "in": "query", "schema": {}}]});
        of(&json!({"openapi": "3.0.3", "paths": {"/a": {"get": operation}}}))
    };
    assert_eq!(named(LONGEST_NAME), [""; 0]);
    assert_eq!(named(LONGEST_NAME + 1), ["/paths/~1a/get/operationId", "/paths/~1a/get/parameters/0/name"]);
    let listed = |keyword: &str, count: usize| {
        of(&json!({"openapi": "3.0.3", "components": {"schemas": {"A": {keyword: vec![json!({}); count]}}}}))
    };
    let many = |count: usize| -> serde_json::Map<String, Value> {
        (0..count).map(|at| (format!("n{at}"), json!({}))).collect()
    };
    for (values, expected) in [(MOST_ENUM_VALUES, 0), (MOST_ENUM_VALUES + 1, 1)] {
        let document = json!({"openapi": "3.0.3", "components": {"schemas": {"A": {"enum": vec![1; values]}}}});
        assert_eq!(of(&document).len(), expected);
    }
    for (count, expected) in [(MOST_NAMED, 0), (MOST_NAMED + 1, 1)] {
        assert_eq!(of(&json!({"openapi": "3.0.3", "components": {"schemas": many(count)}})).len(), expected);
        let required = json!({"required": vec!["a"; count]});
        assert_eq!(of(&json!({"openapi": "3.0.3", "components": {"schemas": {"A": required}}})).len(), expected);
        assert_eq!(
            of(&json!({"openapi": "3.0.3", "components": {"schemas": {"A": {"properties": many(count)}}}})).len(),
            expected
        );
    }
    let parameters = |count: usize| {
        let one = |at| json!({"name": format!("p{at}"), "in": "query", "schema": {}});
        of(&json!({"openapi": "3.0.3", "paths": {"/a": {"parameters": (0..count).map(one).collect::<Vec<_>>()}}})).len()
    };
    assert_eq!((parameters(MOST_PARAMETERS), parameters(MOST_PARAMETERS + 1)), (0, 1));
    for keyword in ["allOf", "oneOf", "anyOf"] {
        assert_eq!(listed(keyword, MOST_VARIANTS), [""; 0]);
        assert_eq!(listed(keyword, MOST_VARIANTS + 1), [format!("/components/schemas/A/{keyword}")]);
    }
}

#[test]
fn rejects_paths_with_dot_segments() {
    let refused = |path: &str| !validate(&json!({"openapi": "3.0.3", "paths": {path: {}}})).is_empty();
    for path in ["/a/../b", "/..", "/./a", "/a/%2E%2e/b", "/a/.%2e?b", "/a/..\\b"] {
        assert!(refused(path), "{path}");
    }
    for path in ["/a..b", "/...", "/.well-known/x", "/a?b=/../c", "/a/{b}..", "/%2f"] {
        assert!(!refused(path), "{path}");
    }
}

#[test]
fn reports_unsupported_versions() {
    let what = |document: &Value| validate(document).remove(0).what;
    assert_eq!(what(&json!({"openapi": "3.3.0"})), "OpenAPI 3.3.0 is not supported (supported: 3.0, 3.1, 3.2)");
    assert_eq!(what(&json!({"openapi": 3.0})), "`openapi` must be a string, found 3.0");
    assert!(what(&json!({"swagger": "2.0"})).contains("Swagger 2.0"));
    assert!(what(&json!([])).contains("not an OpenAPI document"));
    assert_eq!(validate(&json!({"openapi": "3.0.4"})), []);
}

#[test]
fn required_must_be_an_array() {
    let refused = |required: Value| {
        let document = json!({"openapi": "3.0.3", "paths": {}, "components": {"schemas": {
            "A": {"type": "object", "required": required, "properties": {"name": {"type": "string"}}}}}});
        validate(&document).into_iter().map(|problem| format!("{}: {}", problem.pointer.unwrap(), problem.what)).next()
    };
    let at = "/components/schemas/A/required: schema \"A\": `required` must be an array of names, found";
    assert_eq!(refused(json!("name")), Some(format!("{at} \"name\"")));
    assert_eq!(refused(json!({"name": true})), Some(format!("{at} an object")));
    assert_eq!(refused(json!(1)), Some(format!("{at} 1")));
    for fine in [json!(["name"]), json!([]), json!(true), json!(false)] {
        assert_eq!(refused(fine), None);
    }
}
