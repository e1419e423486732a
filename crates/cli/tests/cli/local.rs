//! `--local`: no setup, HTTP to a local emulator, and persistent data.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::{Home, finish, run};

const CREATE: [&str; 6] = ["oauth", "create", "--local", "--output", "json", "--name"];

fn create(home: &Home, name: &str) -> Value {
    home.run(CREATE.into_iter().chain([name])).json()
}

#[test]
fn every_run_creates_another_client_without_storing_its_secret() {
    let home = Home::new();
    let first = create(&home, "First");
    let second = home.run(CREATE.into_iter().chain(["Second", "--redirect-url", "app:cb", "--org-id", "4"])).json();
    assert_ne!((&first["clientId"], &first["secret"]), (&second["clientId"], &second["secret"]));

    let served = home.serve();
    let listed = served.clients_text();
    assert_eq!(
        serde_json::from_str::<Value>(&listed).unwrap(),
        json!([
            { "clientId": first["clientId"], "name": "First", "orgId": 1, "redirectUrls": [] },
            { "clientId": second["clientId"], "name": "Second", "orgId": 4, "redirectUrls": ["app:cb"] },
        ])
    );
    for created in [&first, &second] {
        assert!(!listed.contains(created["secret"].as_str().unwrap()));
    }
}

#[test]
fn concurrent_first_runs_succeed() {
    let home = Home::new();
    let children: Vec<_> = (0..3)
        .map(|number| {
            let mut command = home.blynk(CREATE.into_iter().chain([format!("Client {number}").as_str()]));
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    let created: BTreeSet<_> =
        children.into_iter().map(|child| finish(child).json()["clientId"].as_str().unwrap().to_owned()).collect();
    assert_eq!(created.len(), 3);

    // One more while an emulator serves the same file.
    let served = home.serve();
    let fourth = create(&home, "Client 3");
    let listed: BTreeSet<_> = served.client_ids().into_iter().collect();
    assert!(listed.is_superset(&created) && listed.contains(fourth["clientId"].as_str().unwrap()), "{listed:?}");
    assert_eq!(listed.len(), 4);
}

#[test]
fn stores_its_data_in_xdg_data_home() {
    let home = Home::new();
    let data = tempfile::tempdir().unwrap();
    for home_variable in ["", "/nonexistent"] {
        let mut command = home.blynk(CREATE.into_iter().chain(["Greenhouse"]));
        command.env("HOME", home_variable).env("XDG_DATA_HOME", data.path());
        run(command).json();
    }
    let mode = |name: &str| fs::metadata(data.path().join("blynk").join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("emulator.db.credentials.json"), 0o600);
    assert!(data.path().join("blynk/emulator.db").exists() && !home.database().exists());
}

#[test]
fn a_missing_home_folder_is_an_error() {
    let home = Home::new();
    let expected = "error: the emulator has no data folder: neither HOME nor XDG_DATA_HOME is an absolute path; \
                    fix: set one of them to an absolute path";
    for arguments in [&["oauth", "create", "--name", "a", "--local"][..], &["token", "--local"], &["emulator"]] {
        for (variable, value) in [("XDG_DATA_HOME", ""), ("HOME", ""), ("HOME", "here")] {
            let mut command = home.blynk(arguments);
            command.env_remove("HOME").env(variable, value);
            assert_eq!(run(command).error(), (2, expected), "{variable}={value}");
        }
    }
}

#[test]
fn ignores_the_environment() {
    let home = Home::new();
    for arguments in [&CREATE[..5], &["token", "--local", "--output", "json"]] {
        let mut command = home.blynk(arguments);
        if arguments.first() == Some(&"oauth") {
            command.args(["--name", "Greenhouse"]);
        }
        for name in ["BLYNK_SERVER", "BLYNK_TOKEN", "BLYNK_CLIENT_ID", "BLYNK_CLIENT_SECRET"] {
            command.env(name, "no\nuse");
        }
        for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY"] {
            command.env(name, "http://127.0.0.1:9");
        }
        run(command).json();
    }
}

#[test]
fn an_unknown_organization_is_an_error_of_the_server() {
    let home = Home::new();
    let refused = home.run(["oauth", "create", "--local", "--name", "a", "--org-id", "-1"]);
    let expected = "error: createOAuthClient: the server responded with 404 Not Found: Organization is not found or \
        you don't have access to it; no client was created; fix: check the IDs in the request, and that the \
        credentials have access to them";
    assert_eq!(refused.error(), (1, expected));
}

#[test]
fn invalid_flags_create_no_data() {
    let home = Home::new();
    assert_eq!(home.run(CREATE.into_iter().chain([""])).error().0, 2);
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}
