//! Starting and stopping the emulator.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{self, Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::{
    credentials::Credentials, document::Document, error::Error, generated::Routes, seed::Seeded, server,
    service::Service, store::Store,
};

/// Timeout of a shutdown: once for requests in flight, and again for closing the database.
const SHUTDOWN: Duration = Duration::from_secs(5);

/// A running emulator of the Blynk Platform API on a port of 127.0.0.1.
///
/// [`Emulator::builder`] configures and starts it, [`Emulator::shutdown`] stops it. Dropping it stops it too, but does
/// not wait for requests in flight.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), blynk_emulator::Error> {
/// use blynk_emulator::Emulator;
///
/// let emulator = Emulator::builder().start().await?;
/// let credentials = emulator.credentials();
/// println!("server {}, client ID {}", emulator.url(), credentials.client_id);
/// emulator.shutdown().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Emulator {
    address: SocketAddr,
    seeded: Seeded,
    credentials_path: PathBuf,
    store: Store,
    server: JoinHandle<io::Result<()>>,
    /// Dropping this sender stops the server.
    _stop: oneshot::Sender<()>,
    /// The temporary folder of the database if the caller named no file; deleted on drop.
    _folder: Option<TempDir>,
}

/// The configuration of an [`Emulator`]: by default a free port and a temporary database.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use blynk_emulator::Emulator;
///
/// let folder = tempfile::tempdir()?;
/// let emulator = Emulator::builder().port(0).database(folder.path().join("emulator.db")).start().await?;
/// assert!(emulator.first_start());
/// emulator.shutdown().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Builder {
    port: u16,
    database: Option<PathBuf>,
    documents: Vec<Value>,
}

impl Builder {
    /// Sets the port of 127.0.0.1 to listen on (default 0, which selects a free port).
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets the SQLite file of all data (default: a temporary file, deleted when the emulator stops).
    ///
    /// [`start`](Self::start) creates the file and its parent folders if they do not exist. It writes the credentials
    /// of the seeded client to `<file name>.credentials.json` in the same folder, readable by the owner only. Several
    /// emulators may use one file at the same time.
    #[must_use]
    pub fn database(mut self, path: impl Into<PathBuf>) -> Self {
        self.database = Some(path.into());
        self
    }

    /// Adds an OpenAPI document whose operations respond with values generated from their schemas.
    #[must_use]
    pub fn document(mut self, document: Value) -> Self {
        self.documents.push(document);
        self
    }

    /// Starts the emulator on the current tokio runtime. It accepts requests once this returns.
    ///
    /// # Errors
    ///
    /// Returns an error if the port is in use, or if the database or its credentials file cannot be created, read or
    /// written. The message ends with `fix:`.
    pub async fn start(self) -> Result<Emulator, Error> {
        let document = Arc::new(Document::embedded()?);
        let routes = Arc::new(Routes::new(Document::all()?.into_iter().chain(self.documents)));
        // The port is bound first, so that an emulator that cannot listen creates no database.
        let listener = listen(self.port).await?;
        let address = listener.local_addr().map_err(|source| Error::Listen { port: self.port, source })?;

        let (path, folder) = database_path(self.database)?;
        let (store, seeded) = Store::open(&path).await?;
        let (stop, stopped) = oneshot::channel();
        let router = server::router(Service { store: store.clone(), document, routes });
        let server = axum::serve(listener, router).with_graceful_shutdown(async {
            // Nothing is ever sent: the wait ends when the sender is dropped.
            let _: Result<(), _> = stopped.await;
        });
        let server = tokio::spawn(server.into_future());
        tracing::info!(%address, database = %path.display(), first_start = seeded.first, "emulator listening");
        let credentials_path = Credentials::path(&path);
        Ok(Emulator { address, seeded, credentials_path, store, server, _stop: stop, _folder: folder })
    }
}

impl Emulator {
    /// Returns the default configuration.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Returns the base URL of the API, `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the base URL of the control interface, `http://127.0.0.1:PORT/_emulator`.
    #[must_use]
    pub fn control_url(&self) -> String {
        format!("{}/_emulator", self.url())
    }

    /// Returns the credentials of the seeded client, which belongs to the root organization and may create clients.
    #[must_use]
    pub fn credentials(&self) -> &Credentials {
        &self.seeded.credentials
    }

    /// Returns the path of the file that stores these credentials, beside the database.
    #[must_use]
    pub fn credentials_path(&self) -> &Path {
        &self.credentials_path
    }

    /// Returns whether this start created and seeded the database.
    #[must_use]
    pub fn first_start(&self) -> bool {
        self.seeded.first
    }

    /// Returns the ID of the root organization, to which the seeded client belongs.
    #[must_use]
    pub fn root_organization(&self) -> i32 {
        self.seeded.organization
    }

    /// Stops accepting requests, finishes the requests in flight and closes the database, within 10 s.
    ///
    /// # Errors
    ///
    /// Returns an error if requests are still in flight after 5 s, or if the server failed earlier.
    pub async fn shutdown(self) -> Result<(), Error> {
        let Self { store, mut server, _stop: stop, _folder: folder, .. } = self;
        drop(stop);
        let finished = timeout(SHUTDOWN, &mut server).await;
        server.abort();
        // A request may still hold a connection, so the wait is bounded.
        let _: Result<(), _> = timeout(SHUTDOWN, store.close()).await;
        drop(folder);
        match finished {
            Ok(Ok(Ok(()))) => Ok(()),
            Ok(Ok(Err(error))) => Err(Error::Server { source: error.into() }),
            Ok(Err(error)) => Err(Error::Server { source: error.into() }),
            Err(_) => Err(Error::Abandoned { seconds: SHUTDOWN.as_secs() }),
        }
    }
}

async fn listen(port: u16) -> Result<TcpListener, Error> {
    // Loopback only, since the control interface has no authentication.
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => Error::PortTaken { port },
        _ => Error::Listen { port, source },
    })
}

/// Returns the path of the database and creates its folder.
fn database_path(database: Option<PathBuf>) -> Result<(PathBuf, Option<TempDir>), Error> {
    let Some(database) = database else {
        let folder = tempfile::Builder::new().prefix("blynk-emulator-").tempdir();
        let folder = folder.map_err(|source| Error::CreateFolder { path: std::env::temp_dir(), source })?;
        return Ok((folder.path().join("emulator.db"), Some(folder)));
    };
    // An absolute path does not depend on the working directory, and SQLite does not interpret it as a URI or
    // `:memory:`.
    let database = path::absolute(&database).unwrap_or(database);
    let folder = database.parent().unwrap_or(Path::new("/"));
    std::fs::create_dir_all(folder).map_err(|source| Error::CreateFolder { path: folder.to_owned(), source })?;
    Ok((database, None))
}
