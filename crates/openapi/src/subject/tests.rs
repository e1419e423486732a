use serde_json::{Value, json};

use super::*;

fn document() -> Value {
    let media = json!({"schema": {}});
    json!({
        "tags": [{"name": "users"}, {}],
        "paths": {"/a": {"post": {
            "parameters": [
                {"name": "size", "in": "query"}, {"name": "size"}, {}, {"$ref": "#/components/parameters/P"},
            ],
            "requestBody": {"content": {"x/y": media, "x/z": media}},
            "responses": {"200": {"content": {"x/y": media}}},
            "security": [{"oauth": ["write"]}],
        }}},
        "components": {
            "parameters": {"P": {"name": "page", "in": "query"}},
            "schemas": {"A": {
                "required": ["id", 7],
                "enum": [1, {"a": [2]}],
                "example": {"a": [{"b": 1}]},
                "allOf": [{}],
                "oneOf": [{}, {"title": "Second"}],
            }},
        },
    })
}

/// The subject and the name of the value at a pointer.
#[test]
fn names_the_owner_the_part_and_the_keyword() {
    let document = document();
    let response = "/paths/~1a/post/responses/200/content/x~1y/schema";
    let request = "/paths/~1a/post/requestBody/content/x~1z/schema";
    for (at, subject, located) in [
        ("", "", "the document"),
        ("/openapi", "", "`openapi`"),
        ("/info/contact/name", "info", "info: `contact.name`"),
        ("/tags/0/description", "tag \"users\"", "tag \"users\": `description`"),
        ("/tags/1", "tags[1]", "tags[1]"),
        ("/paths", "", "`paths`"),
        ("/paths/~1a", "path /a", "path /a"),
        ("/paths/~1a/parameters/0", "path /a: parameters[0]", "path /a: parameters[0]"),
        ("/paths/~1a/post", "POST /a", "POST /a"),
        ("/paths/~1a/query", "QUERY /a", "QUERY /a"),
        ("/paths/~1a/post/operationId", "POST /a", "POST /a: `operationId`"),
        ("/paths/~1a/post/security/0", "POST /a", "POST /a: `security[0]`"),
        ("/paths/~1a/post/security/0/oauth", "POST /a", "POST /a: `security \"oauth\"`"),
        ("/paths/~1a/post/security/0/oauth/0", "POST /a", "POST /a: `oauth[0]`"),
        (
            "/paths/~1a/post/parameters/0/schema/maximum",
            "POST /a: query parameter \"size\"",
            "POST /a: query parameter \"size\": `maximum`",
        ),
        ("/paths/~1a/post/parameters/1/in", "POST /a: parameter \"size\"", "POST /a: parameter \"size\": `in`"),
        ("/paths/~1a/post/parameters/2", "POST /a: parameters[2]", "POST /a: parameters[2]"),
        ("/paths/~1a/post/parameters/3", "POST /a: query parameter \"page\"", "POST /a: query parameter \"page\""),
        ("/paths/~1a/post/requestBody", "POST /a: request body", "POST /a: `requestBody`"),
        (request, "POST /a: request body (x/z)", "POST /a: request body: `schema`"),
        (
            &format!("{request}/properties/b/items/properties/c/type"),
            "POST /a: request (x/z) property \"b[].c\"",
            "POST /a: request (x/z) property \"b[].c\": `type`",
        ),
        ("/paths/~1a/post/responses/200", "POST /a: response 200", "POST /a: response 200"),
        ("/paths/~1a/post/responses/default", "POST /a: default response", "POST /a: default response"),
        (response, "POST /a: response 200", "POST /a: response 200: `schema`"),
        (
            "/paths/~1a/post/responses/200/content/x~1y",
            "POST /a: response 200",
            "POST /a: response 200: `content \"x/y\"`",
        ),
        (
            "/paths/~1a/post/responses/200/headers/X/schema",
            "POST /a: response 200 header \"X\"",
            "POST /a: response 200 header \"X\": `schema`",
        ),
        (
            &format!("{response}/items/properties/b/type"),
            "POST /a: response 200 property \"[].b\"",
            "POST /a: response 200 property \"[].b\": `type`",
        ),
        ("/webhooks/new/post/summary", "webhook \"new\" POST", "webhook \"new\" POST: `summary`"),
        (
            "/components/schemas/A/properties/properties",
            "schema \"A\": property \"properties\"",
            "schema \"A\": property \"properties\"",
        ),
        ("/components/schemas/A/required/0", "schema \"A\": property \"id\"", "schema \"A\": `required[0]`"),
        ("/components/schemas/A/required/1", "schema \"A\"", "schema \"A\": `required[1]`"),
        ("/components/schemas/A/enum/0", "schema \"A\"", "schema \"A\": `enum[0]`"),
        ("/components/schemas/A/enum/1/a/0", "schema \"A\"", "schema \"A\": `enum[1].a[0]`"),
        ("/components/schemas/A/example/a/0/b", "schema \"A\"", "schema \"A\": `example.a[0].b`"),
        ("/components/schemas/A/allOf/0", "schema \"A\"", "schema \"A\": `allOf[0]`"),
        ("/components/schemas/A/oneOf/0", "schema \"A\": oneOf variant 1", "schema \"A\": oneOf variant 1"),
        (
            "/components/schemas/A/oneOf/1/type",
            "schema \"A\": oneOf variant \"Second\"",
            "schema \"A\": oneOf variant \"Second\": `type`",
        ),
        ("/components/securitySchemes/K/name", "security scheme \"K\"", "security scheme \"K\": `name`"),
        ("/components/parameters/P/in", "component parameter \"P\"", "component parameter \"P\": `in`"),
        ("/components/mediaTypes/M/schema/type", "component media type \"M\"", "component media type \"M\": `type`"),
    ] {
        assert_eq!(Subject::of(&document, at).to_string(), subject, "{at}");
        assert_eq!(Located::of(&document, at).to_string(), located, "{at}");
    }
}

#[test]
fn shortens_long_names() {
    let at = format!("/components/schemas/{}", "n".repeat(999));
    assert_eq!(Subject::of(&Value::Null, &at).to_string(), format!("schema \"{}…\"", "n".repeat(MAX_NAME - 1)));
}
