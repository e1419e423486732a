//! The client and its settings.

use std::time::Duration;

use runtime::{BuildError, Builder, DynamicCall, Operation, Secret, Transport};

use crate::{
    SERVERS,
    tokens::{ClientCredentials, IssuedToken},
};

/// A client of the Blynk Platform API. Cheap to clone; all clones share connections and the access token.
///
/// Each operation of the document is a method that returns a request builder.
#[derive(Clone, Debug)]
pub struct Blynk {
    transport: Transport,
}

impl Blynk {
    /// Returns the settings of a new client. Without [`BlynkBuilder::server`] it calls the document's default server.
    pub fn builder() -> BlynkBuilder {
        let server = SERVERS.first().map(runtime::Server::default_url).unwrap_or_default();
        BlynkBuilder { server: server.clone(), settings: Builder::new(server), credentials: None }
    }

    /// Returns the base URL of the server, without a slash at its end.
    #[must_use]
    pub fn server(&self) -> &str {
        self.transport.server()
    }

    /// Returns a dynamic call: of an operation that is known only at run time, a row of
    /// [`OPERATIONS`](crate::OPERATIONS).
    ///
    /// ```no_run
    /// # async fn example(blynk: blynk_platform::Blynk) -> Option<()> {
    /// let operation = blynk_platform::OPERATIONS.iter().find(|operation| operation.reads_only())?;
    /// let response = blynk.call_operation(operation).send_for_bytes().await.ok()?;
    /// # Some(()) }
    /// ```
    pub fn call_operation(&self, operation: &'static Operation) -> DynamicCall<'_> {
        DynamicCall::new(&self.transport, operation)
    }

    pub(crate) fn transport(&self) -> &Transport {
        &self.transport
    }
}

impl IssuedToken {
    /// Fetches a new access token with the client's id and secret, even if there is a valid one. Not a method of
    /// [`Blynk`], whose method names belong to the document's operations.
    ///
    /// # Errors
    /// When no token is issued, or the client has no id and secret.
    pub async fn request(blynk: &Blynk) -> Result<Self, crate::Error<serde_json::Value>> {
        Self::fetch(&blynk.transport).await
    }
}

/// Settings of a client: server, credentials, time limits.
#[derive(Debug)]
#[must_use = "there is no client before `build`"]
pub struct BlynkBuilder {
    server: String,
    settings: Builder,
    credentials: Option<(String, Secret)>,
}

impl BlynkBuilder {
    /// Sets the server: a host such as `fra1.blynk.cloud`, or a URL. Only https is accepted, but for this machine.
    pub fn server(mut self, server: impl Into<String>) -> Self {
        self.server = server.into();
        self
    }

    /// Sets a fixed access token. It replaces client credentials.
    pub fn token(mut self, token: impl Into<Secret>) -> Self {
        self.settings = self.settings.token(token);
        self.credentials = None;
        self
    }

    /// Sets an OAuth client's id and secret. Access tokens are fetched with them, once however many calls wait, and
    /// kept until shortly before they expire. They replace a fixed token.
    pub fn client_credentials(mut self, client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        self.credentials = Some((client_id.into(), client_secret.into()));
        self
    }

    /// Allows plain http to other machines. Secrets are then sent unencrypted.
    pub fn allow_plain_http(mut self) -> Self {
        self.settings = self.settings.allow_plain_http();
        self
    }

    /// Connect timeout (default 10 s).
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.settings = self.settings.connect_timeout(limit);
        self
    }

    /// Timeout of one HTTP request, response included (default 30 s).
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.settings = self.settings.attempt_timeout(limit);
        self
    }

    /// Timeout of a whole call, fetching a token included (default 60 s).
    pub fn total_timeout(mut self, limit: Duration) -> Self {
        self.settings = self.settings.total_timeout(limit);
        self
    }

    /// Maximum size of a response body in bytes (default 16 MiB). A longer one is not read to its end, and the call
    /// fails.
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.settings = self.settings.max_response_bytes(limit);
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// When the server's address or a credential is invalid, or the HTTP client cannot be set up.
    pub fn build(self) -> Result<Blynk, BuildError> {
        let agent = concat!("blynk-platform/", env!("CARGO_PKG_VERSION"));
        let mut settings = self.settings.server(self.server).user_agent(agent);
        if let Some((client_id, client_secret)) = self.credentials {
            let own = settings.clone_transport().basic(&*client_id, client_secret.clone()).build()?;
            let tokens = ClientCredentials::new(own);
            // the token operation itself asks for the client's id and secret
            settings = settings.basic(client_id, client_secret).token_source(tokens);
        }
        Ok(Blynk { transport: settings.build()? })
    }
}
