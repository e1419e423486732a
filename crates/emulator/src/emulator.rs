//! Starts and stops the emulator.

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

/// How long a shutdown waits for requests in flight, and then for the database.
const SHUTDOWN: Duration = Duration::from_secs(5);

/// A local Blynk that is running. Dropping it stops it as well, without waiting.
#[derive(Debug)]
pub struct Emulator {
    address: SocketAddr,
    seeded: Seeded,
    credentials_path: PathBuf,
    store: Store,
    server: JoinHandle<io::Result<()>>,
    /// The server stops when this is gone.
    _stop: oneshot::Sender<()>,
    /// The folder of the database, when the caller has named none; it goes with the emulator.
    _folder: Option<TempDir>,
}

/// What an emulator is started with.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    port: u16,
    database: Option<PathBuf>,
    documents: Vec<Value>,
}

impl Builder {
    /// The port of 127.0.0.1 to listen on; 0, the default, takes a free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The SQLite file to keep everything in. It is created if need be, with the folders above it; the credentials of
    /// the seeded client are kept beside it, in `<file name>.credentials.json`, readable by this user only. Several
    /// emulators may have one file open at once.
    ///
    /// Without a file the emulator starts empty, and leaves nothing behind.
    #[must_use]
    pub fn database(mut self, path: impl Into<PathBuf>) -> Self {
        self.database = Some(path.into());
        self
    }

    /// Answers the operations of this OpenAPI document too, with values made from its schemas.
    #[must_use]
    pub fn document(mut self, document: Value) -> Self {
        self.documents.push(document);
        self
    }

    /// Starts the emulator on the current tokio runtime. It takes requests when this returns.
    ///
    /// # Errors
    ///
    /// When the port is taken, and when the database or its credentials file cannot be used; each message says what to
    /// do.
    pub async fn start(self) -> Result<Emulator, Error> {
        let document = Arc::new(Document::embedded()?);
        let routes = Arc::new(Routes::of(Document::all()?.into_iter().chain(self.documents)));
        // The port comes first: an emulator that cannot listen must not leave a database behind.
        let listener = listen(self.port).await?;
        let address = listener.local_addr().map_err(|source| Error::Listen { port: self.port, source })?;

        let (path, folder) = locate(self.database)?;
        let (store, seeded) = Store::open(&path).await?;
        let (stop, stopped) = oneshot::channel();
        let router = server::router(Service { store: store.clone(), document, routes });
        let server = axum::serve(listener, router).with_graceful_shutdown(async {
            // Nothing is ever sent: the wait ends when the emulator lets go of the other end.
            let _: Result<(), _> = stopped.await;
        });
        let server = tokio::spawn(server.into_future());
        tracing::info!(%address, database = %path.display(), first_start = seeded.first, "the emulator is listening");
        let credentials_path = Credentials::path(&path);
        Ok(Emulator { address, seeded, credentials_path, store, server, _stop: stop, _folder: folder })
    }
}

impl Emulator {
    /// How to start one.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where the API is, as `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where the control interface is, as `http://127.0.0.1:PORT/_emulator`.
    #[must_use]
    pub fn control_url(&self) -> String {
        format!("{}/_emulator", self.url())
    }

    /// The credentials of the seeded client, which belongs to the root organization and may create clients.
    #[must_use]
    pub fn credentials(&self) -> &Credentials {
        &self.seeded.credentials
    }

    /// The file that keeps these credentials, beside the database.
    #[must_use]
    pub fn credentials_path(&self) -> &Path {
        &self.credentials_path
    }

    /// Whether the database was created and seeded by this start.
    #[must_use]
    pub fn first_start(&self) -> bool {
        self.seeded.first
    }

    /// The organization of the seeded client.
    #[must_use]
    pub fn root_organization(&self) -> i32 {
        self.seeded.organization
    }

    /// Stops taking requests, finishes those in flight and closes the database. Takes ten seconds at most.
    ///
    /// # Errors
    ///
    /// When requests were still in flight after five seconds, and when the server had failed before.
    pub async fn shutdown(self) -> Result<(), Error> {
        let Self { store, mut server, _stop: stop, _folder: folder, .. } = self;
        drop(stop);
        let finished = timeout(SHUTDOWN, &mut server).await;
        server.abort();
        // A connection that a request still holds is not waited for without end.
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
    // Loopback only, whatever else the machine has: the control interface asks for no password.
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => Error::PortTaken { port },
        _ => Error::Listen { port, source },
    })
}

/// The path of the database, in a folder that is there.
fn locate(database: Option<PathBuf>) -> Result<(PathBuf, Option<TempDir>), Error> {
    let Some(database) = database else {
        let folder = tempfile::Builder::new().prefix("blynk-emulator-").tempdir();
        let folder = folder.map_err(|source| Error::CreateFolder { path: std::env::temp_dir(), source })?;
        return Ok((folder.path().join("emulator.db"), Some(folder)));
    };
    // An absolute path names one file whatever becomes of the working directory, and SQLite sees no more in it than a
    // path.
    let database = path::absolute(&database).unwrap_or(database);
    let folder = database.parent().unwrap_or(Path::new("/"));
    std::fs::create_dir_all(folder).map_err(|source| Error::CreateFolder { path: folder.to_owned(), source })?;
    Ok((database, None))
}
