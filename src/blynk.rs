//! The client that callers hold, and how it is set up.

use std::time::Duration;

use blynk_runtime::{BuildError, Builder, CallByTable, Core, Operation, Secret};

use crate::{SERVERS, tokens::ClientCredentials};

/// A client of the Blynk Platform API. Cheap to clone; all clones share connections and the access token.
///
/// Each operation of the document is a method that gives a builder.
#[derive(Clone, Debug)]
pub struct Blynk {
    core: Core,
}

impl Blynk {
    /// Settings of a new client. Without [`BlynkBuilder::server`] it calls the document's default server.
    pub fn builder() -> BlynkBuilder {
        let server = SERVERS.first().map(blynk_runtime::Server::default_url).unwrap_or_default();
        BlynkBuilder { server: server.clone(), transport: Builder::new(server), credentials: None }
    }

    /// Base URL of the server that this client calls, without a slash at its end.
    #[must_use]
    pub fn server(&self) -> &str {
        self.core.server()
    }

    /// A call of an operation that is known only when the program runs: a row of [`OPERATIONS`](crate::OPERATIONS).
    ///
    /// ```no_run
    /// # async fn example(blynk: blynk_platform::Blynk) -> Option<()> {
    /// let operation = blynk_platform::OPERATIONS.iter().find(|operation| operation.reads_only())?;
    /// let answer = blynk.call_operation(operation).send_for_bytes().await.ok()?;
    /// # Some(()) }
    /// ```
    pub fn call_operation(&self, operation: &'static Operation) -> CallByTable<'_> {
        CallByTable::new(&self.core, operation)
    }

    pub(crate) fn core(&self) -> &Core {
        &self.core
    }
}

/// Settings of a client: where it calls, with which credentials, and how long it waits.
#[derive(Debug)]
#[must_use = "no client is made before `build`"]
pub struct BlynkBuilder {
    server: String,
    transport: Builder,
    credentials: Option<(String, Secret)>,
}

impl BlynkBuilder {
    /// The server: a host such as `fra1.blynk.cloud`, or a URL. Only https is accepted, but for this machine.
    pub fn server(mut self, server: impl Into<String>) -> Self {
        self.server = server.into();
        self
    }

    /// An access token that you hold. Takes the place of client credentials.
    pub fn token(mut self, token: impl Into<Secret>) -> Self {
        self.transport = self.transport.token(token);
        self.credentials = None;
        self
    }

    /// An OAuth client's id and secret. Access tokens are fetched with them, once however many calls wait, and kept until
    /// shortly before they expire. Takes the place of a fixed token.
    pub fn client_credentials(mut self, client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        self.credentials = Some((client_id.into(), client_secret.into()));
        self
    }

    /// Allows plain http to other machines. Secrets then travel in the clear.
    pub fn allow_plain_http(mut self) -> Self {
        self.transport = self.transport.allow_plain_http();
        self
    }

    /// How long connecting may take. 10 s unless told.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.transport = self.transport.connect_timeout(limit);
        self
    }

    /// How long one HTTP request may take, its answer included. 30 s unless told.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.transport = self.transport.attempt_timeout(limit);
        self
    }

    /// How long a whole call may take, fetching a token included. 60 s unless told.
    pub fn total_timeout(mut self, limit: Duration) -> Self {
        self.transport = self.transport.total_timeout(limit);
        self
    }

    /// Maximum size of a response body in bytes (default 16 MiB). A longer one is not read to its end, and the call fails.
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.transport = self.transport.max_response_bytes(limit);
        self
    }

    /// The client.
    ///
    /// # Errors
    /// When the server's address or the token cannot be used, or the HTTP client cannot be set up.
    pub fn build(self) -> Result<Blynk, BuildError> {
        let agent = concat!("blynk-platform/", env!("CARGO_PKG_VERSION"));
        let mut transport = self.transport.server(self.server).user_agent(agent);
        if let Some((client_id, client_secret)) = self.credentials {
            let tokens = ClientCredentials::new(Blynk {
                core: transport.clone_transport().basic(&*client_id, client_secret.clone()).build()?,
            });
            // the token operation itself asks for the client's id and secret
            transport = transport.basic(client_id, client_secret).token_source(tokens);
        }
        Ok(Blynk { core: transport.build()? })
    }
}
