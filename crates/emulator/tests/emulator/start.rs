//! Starting, stopping and restarting.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use blynk_emulator::{Emulator, Error};
use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection};
use tokio::net::TcpStream;

use crate::support::{Local, send};

async fn start(database: &Path) -> Result<Emulator, Error> {
    Emulator::builder().database(database).start().await
}

async fn error(database: &Path) -> String {
    start(database).await.map(|_| ()).unwrap_err().to_string()
}

fn credentials_file(database: &Path) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push(".credentials.json");
    path.into()
}

/// Runs SQL on the file, like another program.
async fn tamper(database: &Path, sql: &'static str) {
    let url = format!("sqlite:{}?mode=rwc", database.display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

fn delete_database(database: &Path) {
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{end}", database.display()));
    }
}

#[tokio::test]
async fn the_first_start_writes_credentials_readable_by_the_owner_only() {
    let local = Local::start().await;
    assert!(local.emulator.first_start());
    let file = credentials_file(&local.database());
    let contents: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let credentials = local.emulator.credentials();
    assert_eq!(
        contents,
        json!({ "format_version": 1, "client_id": credentials.client_id, "client_secret": credentials.client_secret })
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert!(!format!("{:?}", local.emulator).contains(&credentials.client_secret));
}

#[tokio::test]
async fn a_restart_keeps_clients_tokens_and_the_clock() {
    let local = Local::start().await;
    let token = local.token().await;
    let created = local.create(json!({ "name": "kept", "redirectUrls": ["https://a.example"] })).await.body;
    local.advance_clock(86_400 - 60).await;
    let credentials = local.emulator.credentials().clone();

    let local = local.restart().await;
    assert!(!local.emulator.first_start());
    assert_eq!(local.emulator.credentials(), &credentials);
    assert_eq!(local.emulator.root_organization(), 1);
    assert_eq!(
        local.listed_clients().await,
        [json!({ "clientId": created["clientId"], "name": "kept", "orgId": 1, "redirectUrls": ["https://a.example"] })]
    );
    assert_eq!(local.create_as(&token, json!({ "name": "by the old token" })).await.status, 201);
    local.advance_clock(60).await;
    assert_eq!(local.create_as(&token, json!({ "name": "late" })).await.status, 401);
    let (client_id, secret) = (created["clientId"].as_str().unwrap(), created["secret"].as_str().unwrap());
    assert_eq!(local.request_token_as(client_id, secret, "grant_type=client_credentials").await.status, 200);
}

#[tokio::test]
async fn the_database_contains_no_secrets_and_no_tokens() {
    let local = Local::start().await;
    let tokens = local.request_token("grant_type=client_credentials").await.body;
    let created = local.create(json!({ "name": "needle in the hay" })).await.body;
    let user_token = local.user_token(json!({ "orgId": 1 })).await;

    let database = local.database();
    let mut bytes = fs::read(&database).unwrap();
    bytes.extend(fs::read(format!("{}-wal", database.display())).unwrap());
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds("needle in the hay"), "a name that was stored is found");
    let secret = local.emulator.credentials().client_secret.as_str();
    for text in
        [&tokens["access_token"], &tokens["refresh_token"], &created["secret"], &json!(user_token), &json!(secret)]
    {
        assert!(!holds(text.as_str().unwrap()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_first_starts_on_one_file_share_the_credentials() {
    for _ in 0..3 {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("new/folder/emulator.db");
        let starts: Vec<_> = (0..4)
            .map(|_| {
                let database = database.clone();
                tokio::spawn(async move { start(&database).await.unwrap() })
            })
            .collect();
        let mut emulators = Vec::new();
        for start in starts {
            emulators.push(start.await.unwrap());
        }
        assert_eq!(emulators.iter().filter(|emulator| emulator.first_start()).count(), 1);
        assert!(emulators.iter().all(|emulator| emulator.credentials() == emulators[0].credentials()));
        for emulator in emulators {
            let credentials = emulator.credentials();
            let url = format!("{}/oauth2/token?grant_type=client_credentials", emulator.url());
            let request = reqwest::Client::new().post(url);
            let response = send(request.basic_auth(&credentials.client_id, Some(&credentials.client_secret))).await;
            assert_eq!(response.status, 200, "{response:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_emulators_share_one_file() {
    let local = std::sync::Arc::new(Local::start().await);
    let token = local.token().await;
    let second = std::sync::Arc::new(start(&local.database()).await.unwrap());
    let http = reqwest::Client::new();
    let tasks: Vec<_> = (0..20)
        .map(|number| {
            let (local, second, http, token) = (local.clone(), second.clone(), http.clone(), token.clone());
            tokio::spawn(async move {
                let url = format!("{}{}", second.url(), crate::support::CREATE);
                let body = json!({ "name": format!("{number}") });
                let (here, there) = tokio::join!(
                    local.create_as(&token, body.clone()),
                    send(http.post(url).bearer_auth(&token).json(&body)),
                );
                assert_eq!((here.status, there.status), (201, 201));
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(local.listed_clients().await.len(), 40);
    local.advance_clock(86_400).await;
    let url = format!("{}{}", second.url(), crate::support::CREATE);
    let late = send(http.post(url).bearer_auth(&token).json(&json!({ "name": "late" }))).await;
    assert_eq!(late.status, 401, "both use the same clock");
}

#[tokio::test]
async fn completes_a_start_that_was_killed_before_seeding() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("emulator.db");
    let emulator = start(&database).await.unwrap();
    let credentials = emulator.credentials().clone();
    emulator.shutdown().await.unwrap();
    // A kill leaves the credentials file, and no database or an empty one.
    for leave_empty_file in [false, true] {
        delete_database(&database);
        if leave_empty_file {
            fs::write(&database, "").unwrap();
        }
        let emulator = start(&database).await.unwrap();
        assert!(emulator.first_start());
        assert_eq!(emulator.credentials(), &credentials);
        emulator.shutdown().await.unwrap();
    }
}

#[tokio::test]
async fn missing_and_foreign_credentials_are_errors_with_a_fix() {
    let folder = tempfile::tempdir().unwrap();
    let (database, other) = (folder.path().join("emulator.db"), folder.path().join("other.db"));
    start(&database).await.unwrap().shutdown().await.unwrap();
    start(&other).await.unwrap().shutdown().await.unwrap();
    let file = credentials_file(&database);
    let (database_shown, file_shown) = (database.display(), file.display());

    let mut another_secret: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    another_secret["client_secret"] = json!("another");
    for foreign in [fs::read(credentials_file(&other)).unwrap(), another_secret.to_string().into_bytes()] {
        fs::write(&file, foreign).unwrap();
        assert_eq!(
            error(&database).await,
            format!(
                "the credentials file {file_shown} does not belong to the database {database_shown}; \
                 fix: restore the right file, or delete the database to start with an empty one"
            )
        );
    }
    for contents in ["", "{}", r#"{"format_version":2,"client_id":"oa2-client-id_a","client_secret":"a"}"#] {
        fs::write(&file, contents).unwrap();
        assert_eq!(
            error(&database).await,
            format!(
                "{file_shown} is not a credentials file of the emulator; fix: restore the right file, or move this one \
                 away"
            )
        );
    }
    fs::remove_file(&file).unwrap();
    assert_eq!(
        error(&database).await,
        format!(
            "the credentials file {file_shown} is missing, and the database {database_shown} holds only a hash of the \
             secret; fix: restore the file, or delete the database to start with an empty one"
        )
    );
    fs::create_dir(&file).unwrap();
    assert_eq!(
        error(&database).await,
        format!("credentials file {file_shown} cannot be read; fix: check the permissions of the file")
    );
}

#[tokio::test]
async fn does_not_change_files_of_other_programs() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    let notes = "These are my notes, and not a database. ".repeat(50);
    fs::write(&text, &notes).unwrap();
    let message =
        format!("{} is not a SQLite database; fix: choose another path, or move the file away", text.display());
    assert_eq!(error(&text).await, message);
    assert_eq!(fs::read_to_string(&text).unwrap(), notes);

    let foreign = folder.path().join("foreign.db");
    tamper(&foreign, "CREATE TABLE clients (name TEXT)").await;
    let before = fs::read(&foreign).unwrap();
    let message = format!("{} is the database of another program; fix: choose another path", foreign.display());
    assert_eq!(error(&foreign).await, message);
    assert_eq!(fs::read(&foreign).unwrap(), before);

    let message = error(folder.path()).await;
    assert!(message.starts_with(&format!("database {} cannot be used; ", folder.path().display())), "{message}");
    let below_a_file = text.join("emulator.db");
    assert!(matches!(start(&below_a_file).await, Err(Error::CreateFolder { path, .. }) if path == text));
    assert!(!credentials_file(&foreign).exists() && !credentials_file(&text).exists());
}

#[tokio::test]
async fn refuses_a_newer_or_altered_database() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("emulator.db");
    start(&database).await.unwrap().shutdown().await.unwrap();
    tamper(&database, "INSERT INTO _sqlx_migrations VALUES (99, 'later', '2030-01-01', 1, x'00', 0)").await;
    assert_eq!(
        error(&database).await,
        format!(
            "the database {} was written by a newer version; fix: update this program, or choose another path",
            database.display()
        )
    );
    tamper(&database, "DELETE FROM _sqlx_migrations WHERE version = 99; UPDATE _sqlx_migrations SET checksum = x'00'")
        .await;
    assert!(matches!(start(&database).await, Err(Error::Migrate { .. })));
}

#[tokio::test]
async fn a_port_in_use_is_an_error_and_creates_no_database() {
    let local = Local::start().await;
    let port = local.emulator.url().rsplit_once(':').unwrap().1.parse().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("emulator.db");
    let error = Emulator::builder().port(port).database(&database).start().await.map(|_| ()).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("port {port} of 127.0.0.1 is in use; fix: choose another port, or 0 for a free one")
    );
    assert!(!database.exists());
}

#[tokio::test]
async fn starts_without_a_database_path() {
    let emulator = Emulator::builder().start().await.unwrap();
    let url = format!("{}/health", emulator.control_url());
    assert_eq!(send(reqwest::Client::new().get(url)).await.status, 200);
    emulator.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_shutdown_ignores_idle_connections_and_merges_the_log() {
    let local = Local::start().await;
    local.create(json!({ "name": "a" })).await;
    let address = local.emulator.url().replace("http://", "");
    let _idle = TcpStream::connect(&address).await.unwrap();
    let wal = PathBuf::from(format!("{}-wal", local.database().display()));
    assert!(wal.exists());
    let started = Instant::now();
    let local = local.restart().await;
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
    assert!(TcpStream::connect(&address).await.is_err());
    assert_eq!(local.listed_clients().await.len(), 1);
}

#[tokio::test]
async fn dropping_the_emulator_stops_it() {
    let Local { emulator, .. } = Local::start().await;
    let address = emulator.url().replace("http://", "");
    assert!(TcpStream::connect(&address).await.is_ok());
    drop(emulator);
    let stopped = async {
        while TcpStream::connect(&address).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), stopped).await.unwrap();
}
