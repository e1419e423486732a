//! Why an emulator cannot start or stop.

use std::io;
use std::path::PathBuf;

/// Why an emulator cannot start or stop. Each message says what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Another program listens on the port.
    #[error("port {port} of 127.0.0.1 is taken; choose another port, or 0 for any free one")]
    PortTaken {
        /// The port that was asked for.
        port: u16,
    },
    /// The port cannot be listened on.
    #[error("cannot listen on port {port} of 127.0.0.1; choose another port, or 0 for any free one")]
    Listen {
        /// The port that was asked for.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The folder for the database does not exist and cannot be made.
    #[error("cannot create the folder {}; choose a database path in a folder you may write to", path.display())]
    CreateFolder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// SQLite cannot open, read or write the database.
    #[error(
        "cannot use the database {}; see that it is a file you may read and write, on a disk with space left",
        path.display()
    )]
    Database {
        /// The database file.
        path: PathBuf,
        /// What SQLite said.
        source: sqlx::Error,
    },
    /// The file is something else than a SQLite database.
    #[error("{} is not a database; choose another path, or move the file away", path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// The file is a database of another program.
    #[error("{} is the database of another program; choose another path", path.display())]
    ForeignDatabase {
        /// The file.
        path: PathBuf,
    },
    /// A newer emulator has changed the database.
    #[error("the database {} is newer than this program; update the program, or choose another path", path.display())]
    NewerDatabase {
        /// The database file.
        path: PathBuf,
    },
    /// The tables of the database cannot be brought up to date.
    #[error(
        "cannot bring the database {} up to date; choose another path, or move the file away to start anew",
        path.display()
    )]
    Migrate {
        /// The database file.
        path: PathBuf,
        /// What went wrong.
        source: sqlx::migrate::MigrateError,
    },
    /// The database is there, the file with the credentials of its seeded client is not.
    #[error(
        "the credentials file {} is missing, and the database {} holds only a hash of the secret; \
         put the file back, or delete the database to start anew",
        path.display(), database.display()
    )]
    CredentialsMissing {
        /// Where the file should be.
        path: PathBuf,
        /// The database file.
        database: PathBuf,
    },
    /// The credentials file is of another database.
    #[error(
        "the credentials file {} does not belong to the database {}; \
         put back the right file, or delete the database to start anew",
        path.display(), database.display()
    )]
    CredentialsForeign {
        /// The credentials file.
        path: PathBuf,
        /// The database file.
        database: PathBuf,
    },
    /// The credentials file cannot be read.
    #[error("cannot read the credentials file {}; see that you may read it", path.display())]
    ReadCredentials {
        /// The credentials file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The credentials file holds something else.
    #[error(
        "{} is not a credentials file of this program; put the right file back, or move this one away",
        path.display()
    )]
    CredentialsMalformed {
        /// The credentials file.
        path: PathBuf,
    },
    /// The credentials file cannot be written.
    #[error(
        "cannot write the credentials file {}; choose a database path in a folder you may write to",
        path.display()
    )]
    WriteCredentials {
        /// The credentials file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The embedded OpenAPI document lacks something the emulator serves.
    #[error("the embedded OpenAPI document cannot be served: {problem}; correct the document and build anew")]
    Document {
        /// What is wrong with it.
        problem: String,
    },
    /// The operating system gives no random bytes.
    #[error("the operating system gives no random bytes, which credentials are made of")]
    Random {
        /// What the system said.
        source: rand::rngs::SysError,
    },
    /// The server task has failed.
    #[error("the server has failed; run again with tracing on to see why")]
    Server {
        /// What went wrong.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Requests were still in flight when the time to shut down was over.
    #[error("requests were still in flight {seconds} s after the shutdown began, and were abandoned")]
    Abandoned {
        /// How long the shutdown has waited.
        seconds: u64,
    },
}
