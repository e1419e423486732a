//! `blynk token`.

use serde_json::{Value, json};

use crate::support::{Home, Scripted, run};

#[test]
fn prints_the_token_as_text_json_or_shell_assignment() {
    let home = Home::new();
    for form in [&[][..], &["--output", "text"], &["--output", "table"]] {
        let bare = home.run(["token", "--local"].iter().chain(form));
        assert_eq!((bare.quiet().trim_end().len(), bare.stdout.lines().count()), (40, 1), "{bare:?}");
    }

    let object = home.run(["token", "--local", "--output", "json"]).json();
    let keys: Vec<_> = object.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["format_version", "access_token", "token_type", "expires_in"]);
    let token = object["access_token"].as_str().unwrap();
    assert_eq!(
        object,
        json!({"format_version": 1, "access_token": token, "token_type": "Bearer", "expires_in": 86400})
    );

    let variable = home.run(["token", "--local", "--output", "env"]);
    let value = variable.quiet().strip_prefix("BLYNK_TOKEN='").and_then(|rest| rest.strip_suffix("'\n"));
    assert_eq!(value.map(str::len), Some(40));
}

#[test]
fn sends_the_credentials_of_the_client_and_an_empty_body() {
    let body = json!({ "access_token": "to'ken", "token_type": "Bearer", "expires_in": 7, "refresh_token": null });
    let server = Scripted::responding("200 OK", "", &body.to_string());
    let mut command = Home::new().blynk(["token", "--output", "env", "--server", &server.address]);
    command.env("BLYNK_CLIENT_ID", "me").env("BLYNK_CLIENT_SECRET", "hush").env("BLYNK_TOKEN", "unused");
    assert_eq!(run(command).quiet(), "BLYNK_TOKEN='to'\\''ken'\n");
    let request = server.request();
    assert!(request.starts_with("POST /oauth2/token?grant_type=client_credentials HTTP/1.1\r\n"), "{request}");
    assert!(request.contains(": Basic bWU6aHVzaA==\r\n") && request.ends_with("\r\n\r\n"), "{request}");
}

#[test]
fn a_wrong_secret_is_an_error_that_does_not_show_it() {
    let home = Home::new();
    let served = home.serve();
    for (arguments, before, after) in [
        (&["token"][..], "requestToken: ", ""),
        (
            &["oauth", "create", "--name", "a"],
            "createOAuthClient: fetching an access token failed: ",
            "no client was created; ",
        ),
    ] {
        let mut command = served.called_by(&home, arguments);
        command.env("BLYNK_CLIENT_SECRET", "hush-hush");
        let reason = "the server responded with 400 Bad Request: Client ID is not found or password is wrong; ";
        let fix = "fix: check BLYNK_CLIENT_ID and BLYNK_CLIENT_SECRET";
        assert_eq!(run(command).error(), (1, format!("error: {before}{reason}{after}{fix}").as_str()));
    }
}

#[test]
fn a_token_with_control_characters_is_an_error() {
    for form in ["text", "json", "env"] {
        let body: Value = json!({ "access_token": "a\u{1b}b", "token_type": "Bearer", "expires_in": 7 });
        let server = Scripted::responding("200 OK", "", &body.to_string());
        let mut command = Home::new().blynk(["token", "--output", form, "--server", &server.address]);
        command.env("BLYNK_CLIENT_ID", "me").env("BLYNK_CLIENT_SECRET", "hush");
        let expected = "error: requestToken: the server issued a token with control characters, which are not allowed \
                        in a header; fix: check the address of the server";
        assert_eq!(run(command).error(), (1, expected));
    }
}
