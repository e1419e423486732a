//! What a new database starts with: a tree of organizations, and one client that may create clients.

use std::path::Path;

use sqlx::SqliteConnection;

use crate::{credentials::Credentials, error::Error, opaque};

/// Number, name and parent: a root, two organizations under it and one under the first of these [A].
const ORGANIZATIONS: [(i32, &str, Option<i32>); 4] = [
    (ROOT, "Emulated company", None),
    (2, "Emulated customer", Some(ROOT)),
    (3, "Emulated reseller", Some(ROOT)),
    (4, "Emulated customer's branch", Some(2)),
];

const ROOT: i32 = 1;

/// The seeded client.
#[derive(Debug)]
pub(crate) struct Seeded {
    pub(crate) credentials: Credentials,
    pub(crate) organization: i32,
    /// Whether it was made just now.
    pub(crate) first: bool,
}

/// Seeds the database if it is new; reads the credentials of its seeded client if not.
///
/// Runs within the transaction that made the tables, which lets one process in at a time. The credentials are in their
/// file before the transaction commits. A process killed in between leaves a file and no client: the next start seeds
/// with what the file holds, so there is never a client whose secret nobody knows.
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
        Some(left_by_a_killed_start) => left_by_a_killed_start,
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
