//! `--local`: no set-up, real HTTP, and data that stays.

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
fn every_run_creates_another_client_and_all_are_kept_without_their_secrets() {
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
fn runs_at_the_same_time_from_the_first_on() {
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

    // Another one while an emulator serves the same file.
    let served = home.serve();
    let fourth = create(&home, "Client 3");
    let listed: BTreeSet<_> = served.client_ids().into_iter().collect();
    assert!(listed.is_superset(&created) && listed.contains(fourth["clientId"].as_str().unwrap()), "{listed:?}");
    assert_eq!(listed.len(), 4);
}

#[test]
fn keeps_its_data_where_xdg_data_home_says() {
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
fn without_a_home_says_so_in_one_line() {
    let home = Home::new();
    let expected = "error: no folder for the emulator's data is known; set HOME or XDG_DATA_HOME to an absolute path";
    for arguments in [&["oauth", "create", "--name", "a", "--local"][..], &["token", "--local"], &["emulator"]] {
        for (variable, value) in [("XDG_DATA_HOME", ""), ("HOME", ""), ("HOME", "here")] {
            let mut command = home.blynk(arguments);
            command.env_remove("HOME").env(variable, value);
            assert_eq!(run(command).error(), (2, expected), "{variable}={value}");
        }
    }
}

#[test]
fn ignores_the_environment_of_other_servers() {
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
fn an_organization_out_of_reach_is_the_servers_refusal() {
    let home = Home::new();
    let refused = home.run(["oauth", "create", "--local", "--name", "a", "--org-id", "-1"]);
    let expected =
        "error: the server responded with 404 Not Found: Organization is not found or you don't have access to it.";
    assert_eq!(refused.error(), (1, expected));
}

#[test]
fn bad_input_leaves_no_data_behind() {
    let home = Home::new();
    assert_eq!(home.run(CREATE.into_iter().chain([""])).error().0, 2);
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}
