//! The client and its settings.

use std::time::Duration;

use runtime::{BuildError, Builder, DynamicCall, Operation, Secret, Transport};

use crate::{
    SERVERS,
    tokens::{ClientCredentials, IssuedToken},
};

/// A client for the Blynk Platform API.
///
/// Each operation of the document is a method that returns a request builder from [`operations`](crate::operations).
/// Clones share connections and the access token.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let blynk = blynk_platform::Blynk::builder().server("fra1.blynk.cloud").token("…").build()?;
/// let response = blynk.create_oauth_client().name("Greenhouse").send_with_response().await?;
/// println!("{} {}", response.status(), response.body().client_id);
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct Blynk {
    transport: Transport,
}

impl Blynk {
    /// Returns the settings of a new client.
    ///
    /// The default server is the first one of the document, with the default values of its variables; no credentials
    /// are set.
    pub fn builder() -> BlynkBuilder {
        let server = SERVERS.first().map(runtime::Server::default_url).unwrap_or_default();
        BlynkBuilder { server: server.clone(), settings: Builder::new(server), credentials: None }
    }

    /// Returns the base URL of the server, such as `https://fra1.blynk.cloud`, without a slash at its end.
    #[must_use]
    pub fn server(&self) -> &str {
        self.transport.server()
    }

    /// Returns a request builder for an operation that is known only at run time, such as an item of
    /// [`OPERATIONS`](crate::OPERATIONS).
    ///
    /// ```no_run
    /// use blynk_platform::OPERATIONS;
    ///
    /// # async fn example(blynk: blynk_platform::Blynk) -> Result<(), Box<dyn std::error::Error>> {
    /// let operation = OPERATIONS.iter().find(|operation| operation.id == "requestToken").ok_or("no such operation")?;
    /// let call = blynk.call_operation(operation).parameter("grant_type", "client_credentials");
    /// let token = call.send::<serde_json::Value>().await?.into_body();
    /// println!("{} s", token["expires_in"]);
    /// # Ok(()) }
    /// ```
    pub fn call_operation(&self, operation: &'static Operation) -> DynamicCall<'_> {
        DynamicCall::new(&self.transport, operation)
    }

    pub(crate) fn transport(&self) -> &Transport {
        &self.transport
    }
}

impl IssuedToken {
    /// Fetches a new access token with the client's id and secret, even if the cached token is valid.
    ///
    /// This is not a method of [`Blynk`], because the method names of [`Blynk`] belong to the operations of the
    /// document.
    ///
    /// ```no_run
    /// use blynk_platform::{Blynk, IssuedToken};
    ///
    /// # async fn example(blynk: Blynk) -> Result<(), Box<dyn std::error::Error>> {
    /// let issued = IssuedToken::request(&blynk).await?;
    /// println!("{} for {} s", issued.token_type, issued.expires_in);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// When the client has no id and secret, or the server issues no token.
    pub async fn request(blynk: &Blynk) -> Result<Self, crate::Error<serde_json::Value>> {
        Self::fetch(&blynk.transport).await
    }
}

/// Settings of a client: server, credentials, timeouts and limits.
///
/// ```
/// use std::time::Duration;
///
/// # fn main() -> Result<(), blynk_platform::BuildError> {
/// let blynk = blynk_platform::Blynk::builder()
///     .server("fra1.blynk.cloud")
///     .client_credentials("my-client-id", "my-client-secret")
///     .total_timeout(Duration::from_secs(20))
///     .build()?;
/// assert_eq!(blynk.server(), "https://fra1.blynk.cloud");
/// # Ok(()) }
/// ```
#[derive(Debug)]
#[must_use = "call `build` to get a client"]
pub struct BlynkBuilder {
    server: String,
    settings: Builder,
    credentials: Option<(String, Secret)>,
}

impl BlynkBuilder {
    /// Sets the server: a host such as `fra1.blynk.cloud`, `host:port`, or a URL.
    ///
    /// http is accepted for loopback addresses only, unless [`allow_plain_http`](Self::allow_plain_http) is called.
    pub fn server(mut self, server: impl Into<String>) -> Self {
        self.server = server.into();
        self
    }

    /// Sets a fixed access token, which is not renewed. Replaces client credentials.
    pub fn token(mut self, token: impl Into<Secret>) -> Self {
        self.settings = self.settings.token(token);
        self.credentials = None;
        self
    }

    /// Sets the id and secret of an OAuth client, with which access tokens are fetched. Replaces a fixed token.
    ///
    /// A token is cached until shortly before it expires. Concurrent calls wait for one fetch.
    pub fn client_credentials(mut self, client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        self.credentials = Some((client_id.into(), client_secret.into()));
        self
    }

    /// Allows plain http to other machines. Credentials are sent unencrypted then.
    pub fn allow_plain_http(mut self) -> Self {
        self.settings = self.settings.allow_plain_http();
        self
    }

    /// Sets the connect timeout (default 10 s).
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.settings = self.settings.connect_timeout(limit);
        self
    }

    /// Sets the timeout of one HTTP request, including its response (default 30 s).
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.settings = self.settings.attempt_timeout(limit);
        self
    }

    /// Sets the timeout of a call, including fetching a token (default 60 s).
    pub fn total_timeout(mut self, limit: Duration) -> Self {
        self.settings = self.settings.total_timeout(limit);
        self
    }

    /// Sets the maximum size of a response body in bytes (default 16 MiB). A call with a larger response fails.
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.settings = self.settings.max_response_bytes(limit);
        self
    }

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    /// When the server's address or a credential is invalid, or the HTTP client cannot be created: [`BuildError`] names
    /// the setting.
    pub fn build(self) -> Result<Blynk, BuildError> {
        let agent = concat!("blynk-platform/", env!("CARGO_PKG_VERSION"));
        let mut settings = self.settings.server(self.server).user_agent(agent);
        if let Some((client_id, client_secret)) = self.credentials {
            let own = settings.clone_transport().basic(&*client_id, client_secret.clone()).build()?;
            let tokens = ClientCredentials::new(own);
            // the token operation itself requires the client's id and secret
            settings = settings.basic(client_id, client_secret).token_source(tokens);
        }
        Ok(Blynk { transport: settings.build()? })
    }
}
