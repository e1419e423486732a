//! HTTP clients: no redirects, and no proxy for loopback addresses.

use std::{sync::OnceLock, time::Duration};

/// Settings of HTTP clients.
pub(crate) struct HttpSettings {
    pub(crate) connect_timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    pub(crate) user_agent: Option<String>,
}

impl HttpSettings {
    fn client(&self, is_loopback: bool) -> reqwest::Result<reqwest::Client> {
        let mut http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(self.connect_timeout)
            .timeout(self.attempt_timeout);
        if is_loopback {
            http = http.no_proxy();
        }
        if let Some(name) = &self.user_agent {
            http = http.user_agent(name);
        }
        http.build()
    }
}

/// The HTTP client for the client's server, and one for operations with a server of the other kind: on this machine, or
/// on others.
pub(crate) struct HttpClients {
    settings: HttpSettings,
    is_loopback: bool,
    own: reqwest::Client,
    other: OnceLock<reqwest::Client>,
}

impl HttpClients {
    /// Returns the clients for a client whose server is a loopback address, or is not.
    pub(crate) fn new(settings: HttpSettings, is_loopback: bool) -> reqwest::Result<Self> {
        let own = settings.client(is_loopback)?;
        Ok(Self { settings, is_loopback, own, other: OnceLock::new() })
    }

    /// Returns the HTTP client for a server.
    pub(crate) fn of(&self, is_loopback: bool) -> reqwest::Result<reqwest::Client> {
        if is_loopback == self.is_loopback {
            return Ok(self.own.clone());
        }
        match self.other.get() {
            Some(other) => Ok(other.clone()),
            None => {
                let new = self.settings.client(is_loopback)?;
                Ok(self.other.get_or_init(|| new).clone())
            }
        }
    }
}
