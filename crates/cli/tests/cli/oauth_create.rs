//! `blynk oauth create`: the output formats, and where the secret is printed.

use std::io;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::{Home, Run, Scripted, finish, run};

/// A call of this server with an invalid token.
fn create_at(server: &str) -> Command {
    let mut command = Home::new().blynk(["oauth", "create", "--name", "Greenhouse", "--server", server]);
    command.env("BLYNK_TOKEN", "a-token");
    command
}

fn call_with_response(status: &str, headers: &str, body: &str) -> Run {
    let server = Scripted::responding(status, headers, body);
    run(create_at(&server.address))
}

#[test]
fn json_output_is_one_object_with_all_fields() {
    let created = Home::new().run(["oauth", "create", "--local", "--name", "Greenhouse", "--output", "json"]).json();
    let keys: Vec<_> = created.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["format_version", "orgId", "name", "clientId", "secret", "redirectUrls"]);
    assert_eq!((&created["format_version"], &created["orgId"]), (&json!(1), &json!(1)));
    assert_eq!((&created["name"], &created["redirectUrls"]), (&json!("Greenhouse"), &json!([])));
}

#[test]
fn the_table_has_every_field_and_a_note_about_the_secret() {
    let home = Home::new();
    let urls = ["--redirect-url", "https://greenhouse.example/callback", "--redirect-url", "app:cb"];
    let created = home.run(["oauth", "create", "--local", "--name", "Greenhouse"].into_iter().chain(urls));
    assert_eq!(
        (created.code, created.stderr.as_str()),
        (Some(0), "The server shows the secret only once: store it now.\n")
    );

    let value = |label: &str| {
        let line = created.stdout.lines().find_map(|line| line.trim_start().strip_prefix(label));
        line.unwrap_or_else(|| panic!("{label}: {}", created.stdout)).trim().to_owned()
    };
    let expected = format!(
        " client ID      {}\n secret         {}\n name           Greenhouse\n organization   1\n \
         redirect URLs  https://greenhouse.example/callback\n                app:cb\n",
        value("client ID"),
        value("secret")
    );
    assert_eq!(created.stdout, expected);
}

#[test]
fn shell_assignments_are_valid_credentials() {
    let home = Home::new();
    let served = home.serve();
    let created = run(served.called_by(&home, &["oauth", "create", "--name", "Greenhouse", "--output", "env"]));
    let script = format!("{}export BLYNK_CLIENT_ID BLYNK_CLIENT_SECRET\nexec \"$0\" token", created.quiet());
    let mut shell = Command::new("sh");
    shell.args(["-c", &script, env!("CARGO_BIN_EXE_blynk")]).env_clear().env("BLYNK_SERVER", served.url());
    assert_eq!(run(shell).quiet().trim_end().len(), 40);
}

#[test]
fn a_token_from_the_environment_takes_precedence() {
    let home = Home::new();
    let served = home.serve();
    let token = run(served.called_by(&home, &["token"])).quiet().trim_end().to_owned();
    let mut command = served.called_by(&home, &["oauth", "create", "--name", "Greenhouse", "--output", "json"]);
    command.env("BLYNK_TOKEN", &token).env("BLYNK_CLIENT_SECRET", "wrong");
    assert_eq!(run(command).json()["name"], "Greenhouse");

    let mut command = served.called_by(&home, &["oauth", "create", "--name", "Greenhouse", "--output", "json"]);
    command.env("BLYNK_TOKEN", "wrong");
    assert_eq!(run(command).error().0, 1);
}

#[test]
fn the_server_flag_takes_precedence_over_the_environment() {
    let server = Scripted::responding("201 Created", "", &body("s3cret"));
    let mut command = create_at(&server.address);
    command.env("BLYNK_SERVER", "http://127.0.0.1:9");
    assert_eq!(run(command).code, Some(0));
    let request = server.request();
    assert!(request.to_ascii_lowercase().contains("\r\nauthorization: bearer a-token\r\n"), "{request}");
    assert!(request.ends_with("{\"name\":\"Greenhouse\"}"), "{request}");
}

#[test]
fn accepts_names_of_64_emoji_and_values_with_a_dash() {
    let home = Home::new();
    let emoji = "🌱".repeat(64);
    for name in [emoji.as_str(), "-dash", "--dashes", "-", "--", " ", "a'b\"c"] {
        let arguments = ["oauth", "create", "--local", "--output", "json", "--name", name, "--redirect-url", "x:-"];
        assert_eq!(home.run(arguments).json()["name"], name);
    }
    assert_eq!(home.run(["oauth", "create", "--local", "--output=json", "--name=--local"]).json()["name"], "--local");
}

fn body(secret: &str) -> String {
    json!({ "orgId": 1, "name": "Greenhouse", "clientId": "oa2-client-id_x", "secret": secret }).to_string()
}

#[test]
fn server_texts_cannot_control_the_terminal() {
    let hostile = "a\u{1b}[31mb\u{9b}2Jc\u{7f}\rd\ne";
    let body = json!({
        "orgId": 1, "name": hostile, "clientId": hostile, "secret": hostile, "redirectUrls": [hostile]
    });
    for form in ["table", "json", "env"] {
        let server = Scripted::responding("201 Created", "", &body.to_string());
        let mut command = create_at(&server.address);
        command.args(["--output", form]);
        let shown = run(command);
        assert_eq!(shown.code, Some(0), "{shown:?}");
        assert!(!shown.stdout.replace('\n', "").chars().any(char::is_control), "{form}: {:?}", shown.stdout);
        if form == "json" {
            let shown: Value = serde_json::from_str(&shown.stdout).unwrap();
            assert_eq!((shown["secret"].as_str(), shown["redirectUrls"][0].as_str()), (Some(hostile), Some(hostile)));
        }
    }
    let refused = call_with_response("403 Forbidden", "", &json!({ "error": { "message": hostile } }).to_string());
    assert_eq!(refused.error().0, 1);
}

#[test]
fn a_secret_that_cannot_be_printed_is_reported_as_lost() {
    for form in ["table", "json", "env"] {
        let server = Scripted::responding("201 Created", "", &body("s3cret"));
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let mut command = create_at(&server.address);
        let child = command.args(["--output", form]).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        let expected = "error: createOAuthClient: the client oa2-client-id_x was created, but its secret is lost: \
                        standard output cannot be written: Broken pipe (os error 32); fix: run the command \
                        again to create a second client with a new secret";
        assert_eq!(finish(child).error(), (1, expected));
    }
}

#[test]
fn the_secret_is_printed_once_to_standard_output_only() {
    for (form, code) in [("table", 0), ("json", 0), ("env", 0)] {
        let server = Scripted::responding("201 Created", "", &body("s3cret"));
        let mut command = create_at(&server.address);
        command.args(["--output", form]);
        let run = run(command);
        assert_eq!((run.code, run.stdout.matches("s3cret").count()), (Some(code), 1), "{run:?}");
        assert!(!run.stderr.contains("s3cret"), "{run:?}");
    }
}
