//! `blynk call`.

use serde_json::{Value, json};

use crate::support::{Home, Scripted, run};

#[test]
fn calls_an_operation_by_each_of_its_names_with_fields_or_json() {
    let home = Home::new();
    let fields = ["--name", "Greenhouse", "--redirectUrls", "https://a.example", "--redirect-urls", "b:c"];
    for name in ["createOAuthClient", "create_oauth_client", "create-oauth-client"] {
        let created = home.run([&["call", name, "--local"], &fields[..]].concat()).json();
        assert_eq!(
            (&created["name"], &created["redirectUrls"]),
            (&json!("Greenhouse"), &json!(["https://a.example", "b:c"]))
        );
    }
    let body = json!({"name": "json", "orgId": 1}).to_string();
    let created = home.run(["call", "createOAuthClient", "--local", "--json", &body]).json();
    assert_eq!((&created["name"], &created["orgId"]), (&json!("json"), &json!(1)));
}

#[test]
fn sends_the_request_and_prints_the_response() {
    let server = Scripted::responding("201 Created", "", "{\"b\": 1,\n \"a\": \"\u{9b}\"}");
    let mut command =
        Home::new().blynk(["call", "createOAuthClient", "--name", "1", "--orgId", "7", "--server", &server.address]);
    command.env("BLYNK_TOKEN", "hush");
    assert_eq!(run(command).quiet(), "{\"b\":1,\"a\":\"\\u009b\"}\n");
    let request = server.request();
    assert!(request.starts_with("POST /api/v1/organization/oauth/clients/create HTTP/1.1\r\n"), "{request}");
    assert!(request.contains(": Bearer hush\r\n") && request.contains("application/json\r\n"), "{request}");
    let body: Value = serde_json::from_str(request.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    assert_eq!(body, json!({"name": "1", "orgId": 7}), "values have the types of the schema");
}

#[test]
fn a_server_error_reports_that_the_call_may_have_been_applied() {
    let server = Scripted::responding("500 Internal Server Error", "", "{\"error\":{\"message\":\"oops\"}}");
    let mut command = Home::new().blynk(["call", "createOAuthClient", "--name", "1", "--server", &server.address]);
    command.env("BLYNK_TOKEN", "hush");
    let expected = "error: createOAuthClient: the server responded with 500 Internal Server Error: oops; \
        the server may have applied the call; \
        fix: check the effect of the call before you run the command again, which may apply the call twice";
    assert_eq!(run(command).error(), (1, expected));
}

#[test]
fn invalid_flags_and_bodies_are_errors_before_the_call() {
    let home = Home::new();
    for (words, named) in [
        (&["createOAuthClient", "--nmae", "x"][..], "--nmae"),
        (&["createOAuthClient"], "createOAuthClient: requires a body"),
        (&["createOAuthClient", "--orgId", "1"], "createOAuthClient: name: is required"),
        (&["createOAuthClient", "--name", ""], "--name: violates minLength 1"),
        (&["createOAuthClient", "--name", "x", "--orgId", "one"], "--orgId: violates type integer"),
        (&["createOAuthClient", "--name", "x", "--redirectUrls", "no uri"], "--redirectUrls[0]: violates format uri"),
        (&["createOAuthClient", "--name", "--local"], "--name"),
        (&["createOAuthClient", "--name", "x", "--json", "{}"], "--name: cannot be used with --json"),
        (&["createOAuthClient", "--json", "{oops"], "--json"),
        (&["createOAuthClient", "--json", "{\"name\": 1}"], "createOAuthClient: name: violates type string"),
        (&["createOauthClient", "--name", "x"], "createOauthClient"),
        (&["createOAuthClient", "--name", "x"], "credentials: not set"),
    ] {
        let run = home.run([&["call"], words].concat());
        let (code, line) = run.error();
        assert!(code == 2 && line.starts_with(&format!("error: {named}")) && line.contains("; fix: "), "{line}");
    }
}

#[test]
fn help_and_completion_list_every_operation() {
    let home = Home::new();
    let list = home.run(["call", "--help"]);
    assert!(list.quiet().contains("  createOAuthClient"), "{list:?}");
    let help = home.run(["call", "createOAuthClient", "--help"]);
    for part in [
        "Create OAuth client",
        "POST /api/v1/organization/oauth/clients/create",
        "--redirectUrls <VALUE>",
        "--json <BODY>",
    ] {
        assert!(help.quiet().contains(part), "{part}: {help:?}");
    }
    for shell in ["bash", "zsh", "fish"] {
        let script = home.run(["completions", shell]);
        assert!(script.quiet().contains("createOAuthClient") && script.stdout.contains("redirectUrls"), "{shell}");
    }
}
