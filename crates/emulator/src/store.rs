//! Queries of clients, tokens, organizations and the clock.

use std::path::Path;

use sqlx::{SqliteConnection, SqlitePool};

use crate::{
    database::{BEGIN_WRITE, Database},
    error::Error,
    seed::Seeded,
};

/// Maximum depth of the organization tree, root included [D].
pub(crate) const MAX_LEVELS: i64 = 4;

/// Maximum offset of the clock from real time, in seconds (100 years), so that sums of seconds do not overflow.
const MAX_CLOCK_OFFSET: i64 = 100 * 365 * 86_400;

/// The database. Clones share its connections.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    /// A pool of one connection: writers of this process queue in order instead of polling for the lock.
    writer: SqlitePool,
    reader: SqlitePool,
}

/// What authorization needs to know about an access token.
#[derive(Debug)]
pub(crate) struct Bearer {
    pub(crate) organization: i32,
    pub(crate) expired: bool,
    pub(crate) owner: Owner,
}

/// The owner of an access token.
#[derive(Debug)]
pub(crate) enum Owner {
    Client { platform_api: bool },
    User { permissions: Vec<String>, developer_mode: bool },
}

/// A client that has authenticated with its secret.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AuthenticatedClient {
    number: i64,
    organization: i32,
}

/// A client to create.
#[derive(Debug)]
pub(crate) struct NewClient<'a> {
    pub(crate) client_id: &'a str,
    pub(crate) secret_hash: Vec<u8>,
    pub(crate) name: &'a str,
    pub(crate) organization: i32,
    /// A JSON array, if the request had one.
    pub(crate) redirect_urls: Option<String>,
}

/// An access token and a refresh token to issue, with the same lifetime in seconds.
#[derive(Debug)]
pub(crate) struct NewTokens {
    pub(crate) access_hash: Vec<u8>,
    pub(crate) refresh_hash: Vec<u8>,
    pub(crate) lifetime: i64,
}

/// A client without its secret.
#[derive(Debug)]
pub(crate) struct ListedClient {
    pub(crate) client_id: String,
    pub(crate) name: String,
    pub(crate) organization: i32,
    pub(crate) redirect_urls: Option<String>,
}

/// Why an organization cannot be created.
#[derive(Debug)]
pub(crate) enum CreateOrganizationError {
    UnknownParent,
    TooDeep,
}

impl Store {
    /// Opens the file, creates and seeds it if it does not exist, and migrates its tables.
    pub(crate) async fn open(path: &Path) -> Result<(Self, Seeded), Error> {
        let Database { writer, reader, seeded } = Database::open(path).await?;
        Ok((Self { writer, reader }, seeded))
    }

    /// Closes the connections once they are idle; the last one merges the write-ahead log into the file.
    pub(crate) async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }

    /// Returns the time of the clock; fails if the database is not readable.
    pub(crate) async fn now(&self) -> sqlx::Result<i64> {
        sqlx::query_scalar("SELECT seconds FROM now").fetch_one(&self.reader).await
    }

    /// Checks that the database is writable: no other process holds the lock, and the disk is not read-only.
    pub(crate) async fn can_write(&self) -> sqlx::Result<()> {
        self.writer.begin_with(BEGIN_WRITE).await?.rollback().await
    }

    /// Advances the clock and returns the new time; `None` if it would exceed the maximum offset.
    pub(crate) async fn advance_clock(&self, seconds: i64) -> sqlx::Result<Option<i64>> {
        sqlx::query_scalar(
            "UPDATE clock SET offset_seconds = offset_seconds + ?1 WHERE offset_seconds <= ?2 - ?1
             RETURNING unixepoch() + offset_seconds",
        )
        .bind(seconds)
        .bind(MAX_CLOCK_OFFSET)
        .fetch_optional(&self.writer)
        .await
    }

    pub(crate) async fn authenticate_client(
        &self,
        client_id: &str,
        secret_hash: Vec<u8>,
    ) -> sqlx::Result<Option<AuthenticatedClient>> {
        let client = sqlx::query_as("SELECT number, org_id FROM clients WHERE client_id = ? AND secret_hash = ?")
            .bind(client_id)
            .bind(secret_hash)
            .fetch_optional(&self.reader)
            .await?;
        Ok(client.map(|(number, organization)| AuthenticatedClient { number, organization }))
    }

    pub(crate) async fn issue_tokens(&self, client: AuthenticatedClient, tokens: NewTokens) -> sqlx::Result<()> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        insert_tokens(&mut transaction, client, tokens).await?;
        transaction.commit().await
    }

    /// Exchanges a refresh token of this client for new tokens. Returns false if the token belongs to a different
    /// client, is used or has expired.
    pub(crate) async fn redeem_refresh_token(
        &self,
        client: AuthenticatedClient,
        refresh_hash: Vec<u8>,
        tokens: NewTokens,
    ) -> sqlx::Result<bool> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let redeemed = sqlx::query(
            "UPDATE refresh_tokens SET used = 1
             WHERE hash = ? AND client = ? AND NOT used AND expires_at > (SELECT seconds FROM now)",
        )
        .bind(refresh_hash)
        .bind(client.number)
        .execute(&mut *transaction)
        .await?;
        if redeemed.rows_affected() == 0 {
            return Ok(false);
        }
        insert_tokens(&mut transaction, client, tokens).await?;
        transaction.commit().await?;
        Ok(true)
    }

    pub(crate) async fn bearer(&self, access_hash: Vec<u8>) -> sqlx::Result<Option<Bearer>> {
        let row: Option<(i32, bool, Option<bool>, String, bool)> = sqlx::query_as(
            "SELECT access_tokens.org_id, expires_at <= (SELECT seconds FROM now), platform_api, permissions,
                 developer_mode
             FROM access_tokens LEFT JOIN clients ON clients.number = access_tokens.client WHERE hash = ?",
        )
        .bind(access_hash)
        .fetch_optional(&self.reader)
        .await?;
        let Some((organization, expired, platform_api, permissions, developer_mode)) = row else { return Ok(None) };
        let owner = match platform_api {
            Some(platform_api) => Owner::Client { platform_api },
            None => Owner::User { permissions: from_json(&permissions)?, developer_mode },
        };
        Ok(Some(Bearer { organization, expired, owner }))
    }

    /// Returns whether `target` is `organization` or below it.
    pub(crate) async fn has_access(&self, organization: i32, target: i32) -> sqlx::Result<bool> {
        sqlx::query_scalar(
            "WITH RECURSIVE ancestors (id, parent_id) AS (
                 SELECT id, parent_id FROM organizations WHERE id = ?1
                 UNION SELECT o.id, o.parent_id FROM organizations o JOIN ancestors ON o.id = ancestors.parent_id
             )
             SELECT EXISTS (SELECT 1 FROM ancestors WHERE id = ?2)",
        )
        .bind(target)
        .bind(organization)
        .fetch_one(&self.reader)
        .await
    }

    /// Creates the client with the Platform API scope. It is on disk when this returns.
    pub(crate) async fn create_client(&self, client: NewClient<'_>) -> sqlx::Result<()> {
        sqlx::query(
            "INSERT INTO clients (client_id, secret_hash, name, org_id, redirect_urls, platform_api, seeded)
             VALUES (?, ?, ?, ?, ?, 1, 0)",
        )
        .bind(client.client_id)
        .bind(client.secret_hash)
        .bind(client.name)
        .bind(client.organization)
        .bind(client.redirect_urls)
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// Returns the clients that were created through the API, oldest first.
    pub(crate) async fn clients(&self) -> sqlx::Result<Vec<ListedClient>> {
        let rows = sqlx::query_as(
            "SELECT client_id, name, org_id, redirect_urls FROM clients WHERE NOT seeded ORDER BY number",
        )
        .fetch_all(&self.reader)
        .await?;
        let listed = |(client_id, name, organization, redirect_urls)| ListedClient {
            client_id,
            name,
            organization,
            redirect_urls,
        };
        Ok(rows.into_iter().map(listed).collect())
    }

    /// Grants or revokes the Platform API scope; false if the client does not exist.
    pub(crate) async fn set_platform_api(&self, client_id: &str, enabled: bool) -> sqlx::Result<bool> {
        let changed = sqlx::query("UPDATE clients SET platform_api = ? WHERE client_id = ?")
            .bind(enabled)
            .bind(client_id)
            .execute(&self.writer)
            .await?;
        Ok(changed.rows_affected() > 0)
    }

    /// Returns ID, name and parent of each organization, in the order of creation.
    pub(crate) async fn organizations(&self) -> sqlx::Result<Vec<(i32, String, Option<i32>)>> {
        sqlx::query_as("SELECT id, name, parent_id FROM organizations ORDER BY id").fetch_all(&self.reader).await
    }

    /// Creates an organization and returns its ID.
    pub(crate) async fn create_organization(
        &self,
        name: &str,
        parent: i32,
    ) -> sqlx::Result<Result<i32, CreateOrganizationError>> {
        let mut transaction = self.writer.begin_with(BEGIN_WRITE).await?;
        let parent_level: i64 = sqlx::query_scalar(
            "WITH RECURSIVE ancestors (parent_id) AS (
                 SELECT parent_id FROM organizations WHERE id = ?
                 UNION ALL SELECT o.parent_id FROM organizations o JOIN ancestors ON o.id = ancestors.parent_id
             )
             SELECT count(*) FROM ancestors",
        )
        .bind(parent)
        .fetch_one(&mut *transaction)
        .await?;
        if parent_level == 0 {
            return Ok(Err(CreateOrganizationError::UnknownParent));
        }
        if parent_level >= MAX_LEVELS {
            return Ok(Err(CreateOrganizationError::TooDeep));
        }
        let id = sqlx::query_scalar("INSERT INTO organizations (name, parent_id) VALUES (?, ?) RETURNING id")
            .bind(name)
            .bind(parent)
            .fetch_one(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(Ok(id))
    }

    /// Stores the access token of a user; false if the organization does not exist.
    pub(crate) async fn issue_user_token(
        &self,
        access_hash: Vec<u8>,
        organization: i32,
        permissions: &[String],
        developer_mode: bool,
        lifetime: i64,
    ) -> sqlx::Result<bool> {
        let inserted = sqlx::query(
            "INSERT INTO access_tokens (hash, org_id, client, permissions, developer_mode, expires_at)
             SELECT ?, id, NULL, ?, ?, ? + (SELECT seconds FROM now) FROM organizations WHERE id = ?",
        )
        .bind(access_hash)
        .bind(serde_json::json!(permissions).to_string())
        .bind(developer_mode)
        .bind(lifetime)
        .bind(organization)
        .execute(&self.writer)
        .await?;
        Ok(inserted.rows_affected() > 0)
    }
}

async fn insert_tokens(
    connection: &mut SqliteConnection,
    client: AuthenticatedClient,
    tokens: NewTokens,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO access_tokens (hash, org_id, client, permissions, developer_mode, expires_at)
         VALUES (?, ?, ?, '[]', 0, ? + (SELECT seconds FROM now))",
    )
    .bind(tokens.access_hash)
    .bind(client.organization)
    .bind(client.number)
    .bind(tokens.lifetime)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO refresh_tokens (hash, client, used, expires_at) VALUES (?, ?, 0, ? + (SELECT seconds FROM now))",
    )
    .bind(tokens.refresh_hash)
    .bind(client.number)
    .bind(tokens.lifetime)
    .execute(connection)
    .await?;
    Ok(())
}

/// Reads a JSON column, which this program wrote.
pub(crate) fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> sqlx::Result<T> {
    serde_json::from_str(text).map_err(|error| sqlx::Error::Decode(Box::new(error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_connection_syncs_commits_and_enforces_foreign_keys() {
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(&folder.path().join("emulator.db")).await.unwrap();
        for pool in [&store.writer, &store.reader] {
            let settings: (String, i64, i64, i64) = sqlx::query_as(
                "SELECT journal_mode, synchronous, foreign_keys, timeout
                 FROM pragma_journal_mode, pragma_synchronous, pragma_foreign_keys, pragma_busy_timeout",
            )
            .fetch_one(pool)
            .await
            .unwrap();
            // 2 is FULL: a commit in the write-ahead log is synced before it returns.
            assert_eq!(settings, ("wal".to_owned(), 2, 1, 10_000));
        }
        assert_eq!(store.writer.options().get_max_connections(), 1);
    }
}
