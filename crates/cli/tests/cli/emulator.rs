//! `blynk emulator`: startup, shutdown, and data after a kill.

use std::fs;
use std::io;
use std::process::Stdio;

use crate::support::{Home, finish, first_line, run};

#[test]
fn prints_one_line_of_json_at_startup_and_stops_on_signals() {
    for signal in ["TERM", "INT"] {
        let home = Home::new();
        let served = home.serve();
        let keys: Vec<_> = served.ready.as_object().unwrap().keys().cloned().collect();
        assert_eq!(keys, ["format_version", "url", "control", "client_id", "client_secret"]);
        assert_eq!(served.ready["format_version"], 1);
        assert_eq!(served.ready["control"], format!("{}/_emulator", served.url()));
        assert_eq!(served.clients_text(), "[]");

        let stopped = served.stop(signal);
        assert_eq!((stopped.code, stopped.stdout.as_str(), stopped.stderr.as_str()), (Some(0), "", ""), "{signal}");
        // A graceful shutdown merges the write-ahead log into the file.
        assert!(home.database().exists() && !home.database().with_extension("db-wal").exists(), "{signal}");
    }
}

#[test]
fn a_created_client_survives_a_kill() {
    let home = Home::new();
    let served = home.serve();
    let created = run(served.called_by(&home, &["oauth", "create", "--name", "Greenhouse", "--output", "json"])).json();
    assert_eq!(served.stop("KILL").code, None);
    assert_eq!(home.serve().client_ids(), [created["clientId"].as_str().unwrap()]);
}

#[test]
fn a_port_in_use_is_an_error_and_leaves_no_data() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let home = Home::new();
    let expected = format!("error: port {port} of 127.0.0.1 is in use; fix: choose another port, or 0 for a free one");
    assert_eq!(home.run(["emulator", "--port", &port]).error(), (2, expected.as_str()));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn the_database_can_be_any_file() {
    let home = Home::new();
    fs::write(
        home.path().join("other.txt"),
        "not a database, but longer than the header of one, so that SQLite reads it completely",
    )
    .unwrap();
    let (code, line) =
        (2, "error: HOME/other.txt is not a SQLite database; fix: choose another path, or move the file away");
    let mut command = home.blynk(["emulator", "--port", "0", "--db", "other.txt"]);
    command.current_dir(home.path());
    let refused = run(command);
    let (actual, shown) = refused.error();
    assert_eq!((actual, shown.replace(home.path().to_str().unwrap(), "HOME").as_str()), (code, line));

    let mut command = home.blynk(["emulator", "--port", "0", "--db", "-new/my.db"]);
    let mut child = command.current_dir(home.path()).stdout(Stdio::piped()).spawn().unwrap();
    let stdout = child.stdout.take().unwrap();
    first_line(&mut child, stdout);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(home.path().join("-new/my.db.credentials.json").exists() && !home.database().exists());
}

#[test]
fn a_closed_standard_output_stops_it() {
    for form in ["text", "json"] {
        let home = Home::new();
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let mut command = home.blynk(["emulator", "--port", "0", "--output", form]);
        let child = command.stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        let expected = "error: standard output cannot be written: Broken pipe (os error 32)";
        assert_eq!(finish(child).error(), (1, expected));
    }
}
