//! The credentials of the seeded client and their file. The database holds only a hash of the secret.

use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::{error::Error, opaque};

const FORMAT_VERSION: u32 = 1;

/// The credentials of the seeded client, which may create clients. `Debug` does not show the secret.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Credentials {
    /// The user name for `POST /oauth2/token`.
    pub client_id: String,
    /// The password for `POST /oauth2/token`.
    pub client_secret: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Credentials")
            .field("client_id", &self.client_id)
            .field("client_secret", &"[redacted]")
            .finish()
    }
}

/// The contents of the credentials file beside the database.
#[derive(Serialize, Deserialize)]
struct Contents {
    format_version: u32,
    client_id: String,
    client_secret: String,
}

impl Credentials {
    /// Generates random credentials.
    pub(crate) fn generate() -> Result<Self, Error> {
        let random = |source| Error::Random { source };
        Ok(Self { client_id: opaque::client_id().map_err(random)?, client_secret: opaque::secret().map_err(random)? })
    }

    /// Returns the path of the credentials file of a database: the database path with `.credentials.json` appended.
    pub(crate) fn path(database: &Path) -> PathBuf {
        let mut name = database.file_name().map(OsString::from).unwrap_or_default();
        name.push(".credentials.json");
        database.with_file_name(name)
    }

    /// Reads the file; `None` if it does not exist.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>, Error> {
        let text = match fs::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(Error::ReadCredentials { path: path.to_owned(), source }),
        };
        match serde_json::from_slice(&text) {
            Ok(Contents { format_version: FORMAT_VERSION, client_id, client_secret })
                if client_id.starts_with(opaque::CLIENT_ID_PREFIX) && !client_secret.is_empty() =>
            {
                Ok(Some(Self { client_id, client_secret }))
            }
            _ => Err(Error::CredentialsMalformed { path: path.to_owned() }),
        }
    }

    /// Writes the file atomically, readable by its owner only, and synced to disk before this returns.
    pub(crate) fn write(&self, path: &Path) -> Result<(), Error> {
        self.try_write(path).map_err(|source| Error::WriteCredentials { path: path.to_owned(), source })
    }

    fn try_write(&self, path: &Path) -> io::Result<()> {
        let contents = Contents {
            format_version: FORMAT_VERSION,
            client_id: self.client_id.clone(),
            client_secret: self.client_secret.clone(),
        };
        let folder = path.parent().unwrap_or(Path::new("."));
        // Temporary files are created with mode 0600.
        let mut file = tempfile::Builder::new().prefix(".credentials-").tempfile_in(folder)?;
        serde_json::to_writer(&mut file, &contents)?;
        file.write_all(b"\n")?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        // The rename is durable only once the folder is synced. Windows cannot open a folder and does not need this.
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }
}
