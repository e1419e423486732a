//! Opens the database, a SQLite file that several emulators may use at the same time.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqlSafeStr, SqliteConnection, SqlitePool};

use crate::{
    error::Error,
    seed::{self, Seeded},
};

/// Timeout of waiting for a write of another process.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Maximum number of concurrent reading connections.
const READERS: u32 = 4;

/// The `application_id` of our files, which the first migration sets.
const APPLICATION_ID: i64 = 0x426c_796e;

/// Starts a write transaction that takes the lock immediately. A transaction that reads first and writes later fails if
/// another process has written in between, and the busy timeout does not help.
pub(crate) const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";

/// An open database.
#[derive(Debug)]
pub(crate) struct Database {
    /// A pool of one connection: writers of this process queue in order instead of polling for the lock.
    pub(crate) writer: SqlitePool,
    pub(crate) reader: SqlitePool,
    pub(crate) seeded: Seeded,
}

impl Database {
    /// Opens the file, creates and seeds it if it does not exist, and migrates its tables.
    pub(crate) async fn open(path: &Path) -> Result<Self, Error> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .busy_timeout(BUSY_TIMEOUT)
            .foreign_keys(true)
            .synchronous(SqliteSynchronous::Full)
            .disable_statement_logging();
        let unusable = |source| database_error(path, source);

        // The journal mode is stored in the file, so it is set only after the file is known to be ours.
        let mut connection = options.connect().await.map_err(unusable)?;
        let seeded = prepare(&mut connection, path).await?;
        connection.close().await.map_err(unusable)?;

        let options = options.journal_mode(SqliteJournalMode::Wal);
        let writer = retry_while_busy(|| SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()));
        let writer = writer.await.map_err(unusable)?;
        let reader = SqlitePoolOptions::new().max_connections(READERS).connect_lazy_with(options);
        Ok(Self { writer, reader, seeded })
    }
}

/// Migrates and seeds in one transaction: if several processes start at once, one does it and the others wait.
async fn prepare(connection: &mut SqliteConnection, path: &Path) -> Result<Seeded, Error> {
    let unusable = |source| database_error(path, source);
    let mut transaction = connection.begin_with(BEGIN_WRITE).await.map_err(unusable)?;

    let (tables, application_id): (i64, i64) =
        sqlx::query_as("SELECT (SELECT count(*) FROM sqlite_schema), application_id FROM pragma_application_id")
            .fetch_one(&mut *transaction)
            .await
            .map_err(unusable)?;
    if tables > 0 && application_id != APPLICATION_ID {
        return Err(Error::ForeignDatabase { path: path.to_owned() });
    }
    // `run` would do the same, but its future cannot be sent to another thread (rust-lang/rust#100013).
    migrations().run_direct(None, &mut *transaction, false).await.map_err(|error| match error {
        MigrateError::VersionMissing(_) => Error::NewerDatabase { path: path.to_owned() },
        source => Error::Migrate { path: path.to_owned(), source },
    })?;
    let seeded = seed::seed(&mut transaction, path).await?;
    transaction.commit().await.map_err(unusable)?;
    Ok(seeded)
}

fn migrations() -> Migrator {
    let sql = include_str!("../migrations/0001_clients_and_tokens.sql").into_sql_str();
    Migrator::with_migrations(vec![Migration::new(1, "clients and tokens".into(), MigrationType::Simple, sql, false)])
}

/// Retries while another process has locked the file: SQLite ignores its busy timeout when the journal mode changes.
async fn retry_while_busy<T, F: Future<Output = sqlx::Result<T>>>(open: impl Fn() -> F) -> sqlx::Result<T> {
    let started = Instant::now();
    loop {
        match open().await {
            Err(error) if primary_code(&error) == Some(SQLITE_BUSY) && started.elapsed() < BUSY_TIMEOUT => {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            result => return result,
        }
    }
}

const SQLITE_BUSY: i32 = 5;
const SQLITE_NOTADB: i32 = 26;

/// Returns SQLite's primary result code: the low byte of the extended one.
fn primary_code(error: &sqlx::Error) -> Option<i32> {
    let code: i32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xff)
}

fn database_error(path: &Path, source: sqlx::Error) -> Error {
    let path = PathBuf::from(path);
    match primary_code(&source) {
        Some(SQLITE_NOTADB) => Error::NotADatabase { path },
        _ => Error::Database { path, source },
    }
}
