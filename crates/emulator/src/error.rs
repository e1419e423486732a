//! Errors of starting and stopping the emulator.

use std::io;
use std::path::PathBuf;

/// An error of starting or stopping the emulator.
///
/// `Display` names the port or file, says what is wrong, and ends with `fix:` where the caller can do something. The
/// error of the system or of SQLite is the [`source`](std::error::Error::source).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Another program listens on the port.
    #[error("port {port} of 127.0.0.1 is in use; fix: choose another port, or 0 for a free one")]
    PortTaken {
        /// The requested port.
        port: u16,
    },
    /// The port cannot be listened on.
    #[error("port {port} of 127.0.0.1 cannot be used; fix: choose another port, or 0 for a free one")]
    Listen {
        /// The requested port.
        port: u16,
        /// The error of the system.
        source: io::Error,
    },
    /// The folder of the database does not exist and cannot be created.
    #[error("folder {} cannot be created; fix: choose a database path in a writable folder", path.display())]
    CreateFolder {
        /// The folder.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// SQLite cannot open, read or write the database.
    #[error(
        "database {} cannot be used; fix: check that you can read and write the file, and that its disk has free space",
        path.display()
    )]
    Database {
        /// The database file.
        path: PathBuf,
        /// The error of SQLite.
        source: sqlx::Error,
    },
    /// The file is not a SQLite database.
    #[error("{} is not a SQLite database; fix: choose another path, or move the file away", path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// The file is the database of another program.
    #[error("{} is the database of another program; fix: choose another path", path.display())]
    ForeignDatabase {
        /// The file.
        path: PathBuf,
    },
    /// A newer version of the emulator has migrated the database.
    #[error(
        "the database {} was written by a newer version; fix: update this program, or choose another path",
        path.display()
    )]
    NewerDatabase {
        /// The database file.
        path: PathBuf,
    },
    /// The tables of the database cannot be migrated.
    #[error(
        "database {} cannot be migrated; fix: choose another path, or move the file away to start with an empty one",
        path.display()
    )]
    Migrate {
        /// The database file.
        path: PathBuf,
        /// The error of the migration.
        source: sqlx::migrate::MigrateError,
    },
    /// The database exists, but the file with the credentials of its seeded client does not.
    #[error(
        "the credentials file {} is missing, and the database {} holds only a hash of the secret; \
         fix: restore the file, or delete the database to start with an empty one",
        path.display(), database.display()
    )]
    CredentialsMissing {
        /// The expected path of the credentials file.
        path: PathBuf,
        /// The database file.
        database: PathBuf,
    },
    /// The credentials file belongs to another database.
    #[error(
        "the credentials file {} does not belong to the database {}; \
         fix: restore the right file, or delete the database to start with an empty one",
        path.display(), database.display()
    )]
    CredentialsForeign {
        /// The credentials file.
        path: PathBuf,
        /// The database file.
        database: PathBuf,
    },
    /// The credentials file cannot be read.
    #[error("credentials file {} cannot be read; fix: check the permissions of the file", path.display())]
    ReadCredentials {
        /// The credentials file.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// The contents of the credentials file are invalid.
    #[error(
        "{} is not a credentials file of the emulator; fix: restore the right file, or move this one away",
        path.display()
    )]
    CredentialsMalformed {
        /// The credentials file.
        path: PathBuf,
    },
    /// The credentials file cannot be written.
    #[error(
        "credentials file {} cannot be written; fix: choose a database path in a writable folder",
        path.display()
    )]
    WriteCredentials {
        /// The credentials file.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// The embedded OpenAPI document lacks an operation or parameter that the emulator implements.
    #[error("the embedded OpenAPI document cannot be served: {problem}; fix: correct the document and rebuild")]
    Document {
        /// What is missing or invalid.
        problem: String,
    },
    /// The operating system returned no random bytes.
    #[error("credentials cannot be generated: the operating system returned no random bytes")]
    Random {
        /// The error of the system.
        source: rand::rngs::SysError,
    },
    /// The HTTP server failed.
    #[error("the HTTP server of the emulator failed; fix: start it again with tracing enabled to see the cause")]
    Server {
        /// The error of the server.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Requests were still in flight at the end of the shutdown timeout.
    #[error("requests were still in flight {seconds} s after the shutdown began and were dropped")]
    Abandoned {
        /// The shutdown timeout, in seconds.
        seconds: u64,
    },
}
