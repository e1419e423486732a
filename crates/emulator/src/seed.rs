//! The initial contents of a database: a tree of organizations, and one client that may create clients.

use std::path::Path;

use sqlx::SqliteConnection;

use crate::{credentials::Credentials, error::Error, opaque};

/// ID, name and parent: a root, two organizations below it, and one below the first of these [A].
const ORGANIZATIONS: [(i32, &str, Option<i32>); 4] = [
    (ROOT, "Emulated company", None),
    (2, "Emulated customer", Some(ROOT)),
    (3, "Emulated reseller", Some(ROOT)),
    (4, "Emulated customer's site", Some(2)),
];

const ROOT: i32 = 1;

/// The seeded client.
#[derive(Debug)]
pub(crate) struct Seeded {
    pub(crate) credentials: Credentials,
    pub(crate) organization: i32,
    /// Whether this start created it.
    pub(crate) first: bool,
}

/// Seeds a new database; reads the credentials of the seeded client of an existing one.
///
/// Runs in the transaction that created the tables, which only one process at a time can hold. The credentials file is
/// written before the transaction commits. If the process is killed in between, the file exists without a client, and
/// the next start seeds the client with the credentials in the file. The secret of a seeded client is therefore never
/// lost.
pub(crate) async fn seed(connection: &mut SqliteConnection, database: &Path) -> Result<Seeded, Error> {
    let unusable = |source| Error::Database { path: database.to_owned(), source };
    let path = Credentials::path(database);

    let client: Option<(String, Vec<u8>, i32)> =
        sqlx::query_as("SELECT client_id, secret_hash, org_id FROM clients WHERE seeded")
            .fetch_optional(&mut *connection)
            .await
            .map_err(unusable)?;
    if let Some((client_id, secret_hash, organization)) = client {
        let credentials = Credentials::read(&path)?
            .ok_or_else(|| Error::CredentialsMissing { path: path.clone(), database: database.to_owned() })?;
        if credentials.client_id != client_id || opaque::hash(&credentials.client_secret) != secret_hash {
            return Err(Error::CredentialsForeign { path, database: database.to_owned() });
        }
        return Ok(Seeded { credentials, organization, first: false });
    }

    let credentials = match Credentials::read(&path)? {
        Some(of_interrupted_start) => of_interrupted_start,
        None => {
            let credentials = Credentials::generate()?;
            credentials.write(&path)?;
            credentials
        }
    };
    for (id, name, parent) in ORGANIZATIONS {
        sqlx::query("INSERT INTO organizations (id, name, parent_id) VALUES (?, ?, ?)")
            .bind(id)
            .bind(name)
            .bind(parent)
            .execute(&mut *connection)
            .await
            .map_err(unusable)?;
    }
    sqlx::query(
        "INSERT INTO clients (client_id, secret_hash, name, org_id, platform_api, seeded)
         VALUES (?, ?, 'Seeded client', ?, 1, 1)",
    )
    .bind(&credentials.client_id)
    .bind(opaque::hash(&credentials.client_secret))
    .bind(ROOT)
    .execute(&mut *connection)
    .await
    .map_err(unusable)?;
    Ok(Seeded { credentials, organization: ROOT, first: true })
}
