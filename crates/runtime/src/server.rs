//! Servers: those of the document, and which address may be called (https everywhere, plain http on this machine only).

use reqwest::Url;

use super::BuildError;

/// A server of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Server {
    /// URL template.
    pub url: &'static str,
    /// The document's description.
    pub description: &'static str,
    /// Variables of the template.
    pub variables: &'static [Variable],
}

impl Server {
    /// One of the document. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(url: &'static str, description: &'static str) -> Self {
        Self { url, description, variables: &[] }
    }

    /// With the variables of its template. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn with_variables(self, variables: &'static [Variable]) -> Self {
        Self { variables, ..self }
    }

    /// The URL with every variable at its default.
    #[must_use]
    pub fn default_url(&self) -> String {
        self.variables
            .iter()
            .fold(self.url.to_owned(), |url, variable| url.replace(&format!("{{{}}}", variable.name), variable.default))
    }
}

/// A variable of a server's URL template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Variable {
    /// Name between the braces.
    pub name: &'static str,
    /// Default value.
    pub default: &'static str,
    /// Allowed values; empty means any.
    pub values: &'static [&'static str],
    /// The document's description.
    pub description: &'static str,
}

impl Variable {
    /// One of a server. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, default: &'static str, description: &'static str) -> Self {
        Self { name, default, values: &[], description }
    }

    /// One of these values. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn one_of(self, values: &'static [&'static str]) -> Self {
        Self { values, ..self }
    }
}

/// The base URL of an address as a person gives it: a host, `host:port`, or an `http(s)://` URL, perhaps with a path.
pub(super) fn base_url(address: &str, allow_plain_http: bool) -> Result<Url, BuildError> {
    let refuse = |reason: &'static str| Err(BuildError::Server { reason });
    let with_scheme = if address.contains("://") { address.to_owned() } else { format!("https://{address}") };
    let Ok(url) = Url::parse(&with_scheme) else {
        return refuse("it is not a host name or URL, such as fra1.blynk.cloud");
    };
    match url.scheme() {
        "https" => {}
        "http" if allow_plain_http || is_loopback(&url) => {}
        "http" => {
            return refuse(
                "plain http is for this machine only, since it would send credentials in the clear; use https",
            );
        }
        _ => return refuse("only https can be used (and http on this machine)"),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("credentials do not belong in the address");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return refuse("it must not have a query or a fragment");
    }
    Ok(url)
}

/// Whether the address is this machine, by name or number.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host_str() {
        Some("localhost") => true,
        Some(host) => host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback()),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_a_server_with_its_defaults() {
        const VARIABLES: &[Variable] = &[Variable::new("host", "blynk.cloud", "")];
        let server = Server::new("https://{host}/x", "").with_variables(VARIABLES);
        assert_eq!(server.default_url(), "https://blynk.cloud/x");
    }

    #[test]
    fn takes_https_anywhere_and_http_on_this_machine() {
        for (address, url) in [
            ("fra1.blynk.cloud", "https://fra1.blynk.cloud/"),
            ("localhost:8443", "https://localhost:8443/"),
            ("https://a.example/stem", "https://a.example/stem"),
            ("http://127.0.0.1:9999", "http://127.0.0.1:9999/"),
            ("http://[::1]:1", "http://[::1]:1/"),
            ("http://localhost", "http://localhost/"),
        ] {
            assert_eq!(base_url(address, false).map(String::from).ok().as_deref(), Some(url), "{address}");
        }
    }

    #[test]
    fn refuses_addresses_that_leak_or_mislead() {
        for address in [
            "",
            " ",
            "http://blynk.cloud",
            "ftp://x",
            "https://user:pw@x.example",
            "https://x.example?a=b",
            "https://x.example#a",
            "https://",
            "http://127.0.0.1.evil.example",
            "file:///etc/passwd",
        ] {
            assert!(base_url(address, false).is_err(), "{address:?}");
        }
        assert!(base_url("http://blynk.cloud", true).is_ok());
    }
}
