use std::fs;

use serde_json::{Value, json};

use super::{
    Messages, leave_staging_folder,
    scratch::{Scratch, all_pages, document, operation, page, refs},
};

#[test]
fn import() {
    let mut messages = Messages::of("import");
    let scratch = Scratch::new();
    messages.add("no arguments and nothing to do", &scratch, &scratch.import(&[]));
    messages.add("--format json and nothing to do", &scratch, &scratch.import(&["--format", "json"]));
    messages.add(
        "several pages, --dry-run",
        &scratch,
        &scratch.import(&[&refs(&all_pages())[..], &["--dry-run"]].concat()),
    );
    resolved_differences(&mut messages);
    vanished_operations(&mut messages);
    let scratch = Scratch::new();
    let seed = fs::read_to_string(scratch.path("openapi/pages/oauth.md")).unwrap();
    let renamed = scratch.page("oauth.md", seed.replace("\"secret\"", "\"clientSecret\""));
    messages.add("an overlay action that matches nothing", &scratch, &scratch.import(&[&renamed]));
    let scratch = Scratch::new();
    let contradictions = scratch.page("contradictions.md", include_str!("../pages/contradictions.md"));
    messages.add("contradictions in a page", &scratch, &scratch.import(&[&contradictions]));
    invalid_pages(&mut messages);
    invalid_files(&mut messages);
    messages.assert();
}

fn resolved_differences(messages: &mut Messages) {
    let scratch = Scratch::new();
    let described = |text: &str| {
        document(
            json!({}),
            json!({"Shared": {"type": "object", "description": text, "properties": {"id": {"type": "string"}}}}),
        )
    };
    let mut newer = described("The longer description");
    newer["info"]["version"] = json!("1.1.0");
    newer["openapi"] = json!("3.0.1");
    newer["servers"] = json!([{"url": "https://other.example"}]);
    newer["paths"]["/x"]["get"] = operation("getX");
    let pages = [scratch.page("a.md", page("A", &described("Short"))), scratch.page("z.md", page("Z", &newer))];
    messages.add("differences of pages that are resolved", &scratch, scratch.import(&refs(&pages)).done());
}

/// An operation with a component in its response.
fn responding_with(id: &str, schema: &str) -> Value {
    let schema_of = json!({"schema": {"$ref": format!("#/components/schemas/{schema}")}});
    let ok = json!({"description": schema, "content": {"application/json": schema_of}});
    json!({"operationId": id, "responses": {"200": ok}})
}

fn vanished_operations(messages: &mut Messages) {
    let scratch = Scratch::new();
    let two = document(
        json!({"/a": {"get": operation("getA")}, "/b": {"get": responding_with("getB", "B")}}),
        json!({"B": {"type": "object"}}),
    );
    let one = document(json!({"/a": {"get": operation("getA")}}), json!({}));
    scratch.import(&[&scratch.page("letters.md", page("Letters", &two))]).done();
    let vanished = scratch.page("letters.md", page("Letters", &one));
    messages.add("an operation that is no longer in a page", &scratch, scratch.import(&[&vanished]).done());
    messages.add("the same, --prune", &scratch, scratch.import(&["--prune"]).done());
    let moved = document(json!({"/v2/a": {"get": operation("getA")}}), json!({}));
    let moved = scratch.page("letters.md", page("Letters", &moved));
    messages.add("a moved operation", &scratch, &scratch.import(&[&moved]));
    messages.add("a moved operation, --prune", &scratch, scratch.import(&[&moved, "--prune"]).done());
}

fn invalid_pages(messages: &mut Messages) {
    let scratch = Scratch::new();
    let shared = |kind: &str| json!({"Shared": {"type": "object", "properties": {"id": {"type": kind}}}});
    let base = document(json!({"/base": {"get": operation("getBase")}}), shared("string"));
    scratch.import(&[&scratch.page("base.md", page("Base", &base))]).done();
    let before = scratch.openapi();
    let text = |document: &Value| page("T", document);
    let complete = text(&document(json!({"/x": {"get": operation("getX")}}), json!({})));
    let get = |path: &str, operation: Value| text(&document(json!({path: {"get": operation}}), json!({})));
    let fence = |json: &str| format!("# T\n\n```json\n{json}\n```\n");
    let schemas = |schemas: Value| text(&document(json!({}), schemas));
    let without_schema = json!({"operationId": "getX", "parameters": [{"in": "query"}], "responses": {}});
    let other_response = json!({"operationId": "getBase", "responses": {"200": {"description": "Done"}}});
    let other_scheme = json!({
        "openapi": "3.0.3",
        "info": {"title": "Blynk Platform API", "version": "1.0.0"},
        "components": {"securitySchemes": {"bearerAuth": {"type": "apiKey", "in": "header", "name": "x"}}},
    });
    let other_security = json!({
        "openapi": "3.0.3",
        "security": [{"bearerAuth": []}],
        "paths": {"/base": {"get": operation("getBase")}},
    });
    let arrays = json!({"openapi": "3.0.3", "paths": [], "components": {"schemas": []}});
    let title_twice = r#"{"openapi":"3.0.3","info":{"title":"t","title":"u","version":"1"},"paths":{}}"#;
    let pages: Vec<(&str, Vec<u8>)> = vec![
        ("no OpenAPI document", b"# T\n\ntext\n\n```json\n{\"a\": 1}\n```\n".to_vec()),
        ("an empty page", Vec::new()),
        ("truncated in the document", complete.as_bytes()[..80].to_vec()),
        ("truncated before the key", complete.as_bytes()[..34].to_vec()),
        ("truncated after the document", complete.trim_end().trim_end_matches('`').into()),
        ("invalid JSON", fence("{\"openapi\":\"3.0.3\",\"info\":{},,\"paths\":{}}").into()),
        ("invalid JSON with the key at the end", fence("{\"info\": {},\n  \"openapi\": \"3.0.3\", oops}").into()),
        ("invalid JSON in a list", b"- x\n\n  ~~~\n  {\"openapi\":\"3.0.3\",\n    \"paths\":}\n  ~~~\n".to_vec()),
        ("a repeated key", fence(title_twice).into()),
        ("not UTF-8", [complete.as_bytes(), b"\xff\xfe"].concat()),
        ("another version of OpenAPI", complete.replace("3.0.3", "3.3.0").into()),
        ("Swagger 2.0", complete.replace("\"openapi\":\"3.0.3\"", "\"swagger\":\"2.0\"").into()),
        ("an unresolved reference", get("/x", responding_with("getX", "Nothing")).into()),
        ("an unknown type", schemas(json!({"A": {"type": "whole"}})).into()),
        ("a parameter without a schema", get("/x", without_schema).into()),
        ("a path that differs from another page", get("/base", other_response).into()),
        ("a schema that differs from another page", schemas(shared("integer")).into()),
        ("a security scheme that differs from another page", text(&other_scheme).into()),
        ("an array of paths", text(&arrays).into()),
        ("a string as a path item", text(&document(json!({"/x": "y"}), json!({}))).into()),
        ("an operation with other security", text(&other_security).into()),
        ("two invalid documents", (fence("{\"openapi\": 1,}") + &fence("{\"openapi\": 2,}")).into()),
    ];
    for (situation, bytes) in &pages {
        let run = scratch.import(&[&scratch.page("page.md", bytes)]);
        assert_eq!(run.0.status.code(), Some(2), "{situation}: {:?}", run.0);
        assert!(before == scratch.openapi(), "{situation}: something was written");
        messages.add(situation, &scratch, &run);
    }
    let empty = [scratch.page("one.md", "# nothing"), scratch.page("two.md", "# nothing")];
    let run = scratch.import(&[&refs(&all_pages())[..], &[&empty[0], &empty[1]]].concat());
    messages.add("two invalid pages among valid ones", &scratch, &run);
    fs::create_dir_all(scratch.path("other")).unwrap();
    fs::write(scratch.path("other/page.md"), &complete).unwrap();
    let other = scratch.path("other/page.md").display().to_string();
    let run = scratch.import(&[&scratch.page("page.md", complete + "more"), &other]);
    messages.add("two pages with the same name", &scratch, &run);
    for (situation, bytes) in [
        ("standard input without a document", &b"# T\n\ntext"[..]),
        ("standard input without a title", b"text"),
        ("standard input that is not UTF-8", b"# T\n\xff"),
    ] {
        messages.add(situation, &scratch, &scratch.import_from_stdin(bytes, &[]));
    }
    let json = scratch.import_from_stdin(b"text", &["--format", "json"]);
    messages.add("standard input without a title, --format json", &scratch, &json);
    assert!(before == scratch.openapi());
}

fn invalid_files(messages: &mut Messages) {
    let scratch = Scratch::new();
    for (situation, name) in
        [("a missing file", "in/none.md"), ("a folder", "in"), ("a file that is not a page", "Cargo.toml")]
    {
        let run = scratch.import(&[&scratch.path(name).display().to_string()]);
        assert_eq!(run.0.status.code(), Some(2), "{situation}");
        messages.add(situation, &scratch, &run);
    }
    let path = scratch.path("openapi/blynk-platform.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink("../elsewhere.json", &path).unwrap();
    messages.add("a symbolic link in place of the document", &scratch, &scratch.import(&[]));
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    messages.add("a folder in place of the document", &scratch, &scratch.import(&[]));
    fs::remove_dir(&path).unwrap();
    fs::write(&path, text).unwrap();
    fs::write(scratch.path("openapi/pages/broken.md"), b"\xff").unwrap();
    messages.add("a committed page that is not UTF-8", &scratch, &scratch.import(&[]));
    fs::remove_file(scratch.path("openapi/pages/broken.md")).unwrap();
    leave_staging_folder(&scratch);
    messages.add("a staging folder of a killed run", &scratch, &scratch.import(&[]));
    fs::remove_dir_all(scratch.path(".xtask-killed")).unwrap();
    fs::remove_file(scratch.path("openapi/pages/oauth.md")).unwrap();
    messages.add("no page", &scratch, &scratch.import(&[]));
    fs::remove_dir_all(scratch.path("openapi/pages")).unwrap();
    messages.add("no folder of pages", &scratch, &scratch.import(&[]));
    fs::remove_file(scratch.path(blynk_drift::WORKSPACE_LOCK)).unwrap();
    fs::create_dir(scratch.path(blynk_drift::WORKSPACE_LOCK)).unwrap();
    messages.add("a folder in place of the lock file", &scratch, &scratch.import(&[]));
}
