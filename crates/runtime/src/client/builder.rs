//! Settings of a client.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
    time::Duration,
};

use reqwest::header::{HeaderMap, HeaderName};

use super::{
    super::{
        call::{
            credentials::{Bearer, Credentials, basic_header, bearer_header, sensitive},
            token::TokenSource,
            token_cache::TokenCache,
        },
        values::secret::Secret,
    },
    address::{base_url, is_loopback},
    build_error::BuildError,
    destination::{Addresses, origin, without_slash},
    http::{HttpClients, HttpSettings},
    transport::{Inner, Transport},
};

/// Default maximum size of a response body in bytes.
pub(crate) const MAX_RESPONSE_BYTES: usize = 16 * 1024 * 1024;

/// Settings of a client: server, credentials, timeouts and limits.
///
/// The operation decides which of the credentials are sent: those of the first security alternative for which the
/// client has all credentials.
#[derive(Default)]
#[must_use]
pub struct Builder {
    server: String,
    replaced_servers: BTreeMap<String, String>,
    server_variables: BTreeMap<String, String>,
    allowed_hosts: Vec<String>,
    ignores_operation_servers: bool,
    allow_plain_http: bool,
    bearer: Option<Bearer>,
    basic: Option<(String, Secret)>,
    api_keys: BTreeMap<String, Secret>,
    headers: Vec<(String, Secret)>,
    connect_timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    total_timeout: Option<Duration>,
    max_response_bytes: Option<usize>,
    user_agent: Option<String>,
}

impl Builder {
    /// Returns the settings of a client for a server.
    ///
    /// `address` is a host, `host:port`, or a URL, which may have a path. The scheme is https by default; http is
    /// accepted for loopback addresses only, unless [`Builder::allow_plain_http`] is called.
    pub fn new(address: impl Into<String>) -> Self {
        Self { server: address.into(), ..Self::default() }
    }

    /// Sets the server's address as described for [`Builder::new`].
    pub fn server(mut self, address: impl Into<String>) -> Self {
        self.server = address.into();
        self
    }

    /// Sends the operations with the server `documented` to another address, as described for [`Builder::new`].
    ///
    /// `documented` is a URL template of [`Operation::servers`](super::super::metadata::operation::Operation::servers).
    /// Credentials are sent to the address.
    pub fn replace_server(mut self, documented: impl Into<String>, address: impl Into<String>) -> Self {
        self.replaced_servers.insert(documented.into(), address.into());
        self
    }

    /// Sets the value of a variable in the servers of operations (default: the document's).
    pub fn server_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.server_variables.insert(name.into(), value.into());
        self
    }

    /// Allows credentials, and the headers of [`Builder::header`], to be sent to a host that operations of the document
    /// have as their server. They are always sent to the client's own server. A call that would send them to any other
    /// server fails before it is sent.
    ///
    /// `host` is a host, `host:port` or a URL, whose path is ignored.
    pub fn allow_host(mut self, host: impl Into<String>) -> Self {
        self.allowed_hosts.push(host.into());
        self
    }

    /// Sends every operation to the client's server, whichever server the document specifies for it.
    pub fn ignore_operation_servers(mut self) -> Self {
        self.ignores_operation_servers = true;
        self
    }

    /// Allows plain http to other machines. Credentials are sent unencrypted then.
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }

    /// Sets a fixed bearer token. Replaces a token source.
    pub fn token(mut self, token: impl Into<Secret>) -> Self {
        self.bearer = Some(Bearer::Fixed(token.into()));
        self
    }

    /// Sets the source of bearer tokens. Replaces a fixed token.
    ///
    /// A token is cached until shortly before it expires. Concurrent calls wait for one fetch.
    pub fn token_source(mut self, source: impl TokenSource + 'static) -> Self {
        self.bearer = Some(Bearer::Fetched(TokenCache::new(Box::new(source))));
        self
    }

    /// Sets the user name and password for HTTP Basic.
    pub fn basic(mut self, user: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.basic = Some((user.into(), password.into()));
        self
    }

    /// Sets the API key for the security scheme with the name `scheme` in the document. The scheme specifies the
    /// location of the key: header, query or cookie.
    pub fn api_key(mut self, scheme: impl Into<String>, key: impl Into<Secret>) -> Self {
        self.api_keys.insert(scheme.into(), key.into());
        self
    }

    /// Adds a header to every request. Header parameters of the operation take precedence.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets the connect timeout (default 10 s).
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = Some(limit);
        self
    }

    /// Sets the timeout of one HTTP request, including its response (default 30 s).
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.attempt_timeout = Some(limit);
        self
    }

    /// Sets the timeout of a call, including fetching a token (default 60 s).
    pub fn total_timeout(mut self, limit: Duration) -> Self {
        self.total_timeout = Some(limit);
        self
    }

    /// Sets the maximum size of a response body in bytes (default 16 MiB). A call with a larger response fails.
    ///
    /// The decoded value may take several times as much memory.
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.max_response_bytes = Some(limit);
        self
    }

    /// Sets the `User-Agent` header.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = Some(name.into());
        self
    }

    /// Returns the same settings without credentials and headers, for the client that a token source uses.
    pub fn clone_transport(&self) -> Self {
        Self {
            server: self.server.clone(),
            replaced_servers: self.replaced_servers.clone(),
            server_variables: self.server_variables.clone(),
            allowed_hosts: self.allowed_hosts.clone(),
            ignores_operation_servers: self.ignores_operation_servers,
            allow_plain_http: self.allow_plain_http,
            bearer: None,
            basic: None,
            api_keys: BTreeMap::new(),
            headers: Vec::new(),
            connect_timeout: self.connect_timeout,
            attempt_timeout: self.attempt_timeout,
            total_timeout: self.total_timeout,
            max_response_bytes: self.max_response_bytes,
            user_agent: self.user_agent.clone(),
        }
    }

    /// Builds the transport of a client. Nothing is sent.
    ///
    /// # Errors
    /// When the address, a credential or a header is invalid, or the HTTP client cannot be created.
    pub fn build(self) -> Result<Transport, BuildError> {
        let allow_plain_http = self.allow_plain_http;
        let address = |text: &str| base_url(text, allow_plain_http).map_err(|reason| BuildError::Server { reason });
        let base = address(&self.server)?;
        let replaced = self.replaced_servers.into_iter().map(|(documented, to)| Ok((documented, address(&to)?)));
        let allowed = self.allowed_hosts.iter().map(|host| Ok(origin(&address(host)?)));
        let addresses = Addresses {
            base: base.clone(),
            replaced: replaced.collect::<Result<_, _>>()?,
            variables: self.server_variables,
            allowed: allowed.collect::<Result<BTreeSet<_>, _>>()?,
            ignores_operation_servers: self.ignores_operation_servers,
            allow_plain_http,
        };
        if let Some(Bearer::Fixed(token)) = &self.bearer {
            bearer_header(token).ok_or(BuildError::Token)?;
        }
        // a colon would end the user name early (RFC 7617)
        if self.basic.as_ref().is_some_and(|(user, _)| user.is_empty() || user.contains(':')) {
            return Err(BuildError::User);
        }
        if self.api_keys.values().any(|key| sensitive(key.expose_secret()).is_none()) {
            return Err(BuildError::ApiKey);
        }
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            let header = HeaderName::from_bytes(name.as_bytes()).ok().zip(sensitive(value.expose_secret()));
            let (header, value) = header.ok_or_else(|| BuildError::Header { name: name.clone() })?;
            headers.insert(header, value);
        }
        let http = HttpSettings {
            connect_timeout: self.connect_timeout.unwrap_or(Duration::from_secs(10)),
            attempt_timeout: self.attempt_timeout.unwrap_or(Duration::from_secs(30)),
            user_agent: self.user_agent,
        };
        Ok(Transport(Arc::new(Inner {
            http: HttpClients::new(http, is_loopback(&base)).map_err(BuildError::Http)?,
            base: without_slash(base.as_str()).to_owned(),
            addresses,
            credentials: Credentials {
                bearer: self.bearer,
                basic: self.basic.map(|(user, password)| basic_header(&user, &password)),
                api_keys: self.api_keys,
            },
            headers,
            total_timeout: self.total_timeout.unwrap_or(Duration::from_secs(60)),
            max_response_bytes: self.max_response_bytes.unwrap_or(MAX_RESPONSE_BYTES),
        })))
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder").field("server", &self.server).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejects_an_invalid_token() {
        assert!(matches!(Builder::new("x.example").token("a\nb").build(), Err(BuildError::Token)));
    }

    #[test]
    fn rejects_an_invalid_api_key() {
        assert!(matches!(Builder::new("x.example").api_key("key", "a\nb").build(), Err(BuildError::ApiKey)));
    }

    #[test]
    fn rejects_an_invalid_header() {
        for (name, value) in [("a b", "x"), ("", "x"), ("a", "x\r\ny")] {
            let refused = Builder::new("x.example").header(name, value).build();
            assert!(matches!(refused, Err(BuildError::Header { name: found }) if found == name));
        }
    }

    #[test]
    fn rejects_an_invalid_user_name() {
        for user in ["", "a:b"] {
            assert!(matches!(Builder::new("x.example").basic(user, "pw").build(), Err(BuildError::User)));
        }
    }

    #[test]
    fn debug_output_has_no_credentials() {
        let builder = Builder::new("x.example").token("topsecret").basic("me", "topsecret").api_key("k", "topsecret");
        let shown = format!("{builder:?}");
        assert!(!shown.contains("topsecret"), "{shown}");
        let shown = format!("{:?}", builder.build().unwrap());
        assert!(shown.contains("x.example") && !shown.contains("topsecret"), "{shown}");
    }
}
