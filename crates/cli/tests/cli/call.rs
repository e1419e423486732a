//! `blynk call`.

use serde_json::{Value, json};

use crate::support::{Home, Scripted, run};

#[test]
fn calls_an_operation_by_any_of_its_names_with_fields_or_a_whole_body() {
    let home = Home::new();
    let fields = ["--name", "Greenhouse", "--redirectUrls", "https://a.example", "--redirect-urls", "b:c"];
    for name in ["createOAuthClient", "create_oauth_client", "create-oauth-client"] {
        let created = home.run([&["call", name, "--local"], &fields[..]].concat()).json();
        assert_eq!(
            (&created["name"], &created["redirectUrls"]),
            (&json!("Greenhouse"), &json!(["https://a.example", "b:c"]))
        );
    }
    let body = json!({"name": "whole", "orgId": 1}).to_string();
    let created = home.run(["call", "createOAuthClient", "--local", "--json", &body]).json();
    assert_eq!((&created["name"], &created["orgId"]), (&json!("whole"), &json!(1)));
}

#[test]
fn what_goes_out_is_the_operations_request_and_what_comes_is_printed() {
    let server = Scripted::answering("201 Created", "", "{\"b\": 1,\n \"a\": \"\u{9b}\"}");
    let mut command =
        Home::new().blynk(["call", "createOAuthClient", "--name", "1", "--orgId", "7", "--server", &server.address]);
    command.env("BLYNK_TOKEN", "hush");
    assert_eq!(run(command).quiet(), "{\"b\":1,\"a\":\"\\u009b\"}\n");
    let request = server.request();
    assert!(request.starts_with("POST /api/v1/organization/oauth/clients/create HTTP/1.1\r\n"), "{request}");
    assert!(request.contains(": Bearer hush\r\n") && request.contains("application/json\r\n"), "{request}");
    let body: Value = serde_json::from_str(request.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    assert_eq!(body, json!({"name": "1", "orgId": 7}), "a text stays a text, a number is one");
}

#[test]
fn a_call_that_may_have_been_carried_out_says_so() {
    let server = Scripted::answering("500 Internal Server Error", "", "{\"error\":{\"message\":\"oops\"}}");
    let mut command = Home::new().blynk(["call", "createOAuthClient", "--name", "1", "--server", &server.address]);
    command.env("BLYNK_TOKEN", "hush");
    let expected = "error: the server responded with 500 Internal Server Error: oops; \
        it may have been carried out: to call again may do it twice";
    assert_eq!(run(command).error(), (1, expected));
}

#[test]
fn what_the_document_does_not_know_or_allow_is_refused_before_anything_is_sent() {
    let home = Home::new();
    let mut said = String::new();
    for words in [
        &["createOAuthClient", "--nmae", "x"][..],
        &["createOAuthClient"],
        &["createOAuthClient", "--orgId", "1"],
        &["createOAuthClient", "--name", ""],
        &["createOAuthClient", "--name", "x", "--orgId", "one"],
        &["createOAuthClient", "--name", "x", "--redirectUrls", "no uri"],
        &["createOAuthClient", "--name", "--local"],
        &["createOAuthClient", "--name", "x", "--json", "{}"],
        &["createOAuthClient", "--json", "{oops"],
        &["createOAuthClient", "--json", "{\"name\": 1}"],
        &["createOAuthClient", "--name", "x"],
    ] {
        let run = home.run([&["call"], words].concat());
        let (code, line) = run.error();
        assert_eq!(code, 2, "{line}");
        said += &format!("$ blynk call {}\n  {line}\n", words.join(" "));
    }
    insta::assert_snapshot!(said);
    let unknown = home.run(["call", "createOauthClient", "--name", "x"]);
    let (code, line) = unknown.error();
    assert!(code == 2 && line.contains("tip: ") && line.contains("'createOAuthClient'"), "{line}");
}

#[test]
fn help_and_completion_know_every_operation() {
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
