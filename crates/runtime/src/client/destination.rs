//! The server that a call goes to: the client's, or one of the operation itself.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Url;

use super::{
    super::{
        call::error::{Error, Kind},
        metadata::{
            operation::Operation,
            server::{Server, Variable},
        },
        values::violation::Violation,
    },
    address::{documented_url, is_loopback},
};

/// The addresses that a caller has set.
pub(crate) struct Addresses {
    /// The client's server.
    pub(crate) base: Url,
    /// Addresses of servers of operations, by the URL template in the document.
    pub(crate) replaced: BTreeMap<String, Url>,
    /// Values of variables in URL templates, by name.
    pub(crate) variables: BTreeMap<String, String>,
    /// Origins other than the client's to which credentials may be sent.
    pub(crate) allowed: BTreeSet<String>,
    pub(crate) ignores_operation_servers: bool,
    pub(crate) allow_plain_http: bool,
}

/// The server of one call.
pub(crate) struct Destination {
    pub(crate) url: Url,
    /// Whether the caller has named or allowed the server, so that credentials may be sent to it.
    pub(crate) is_trusted: bool,
}

impl Destination {
    /// Returns the base URL, without a slash at its end.
    pub(crate) fn base(&self) -> String {
        without_slash(self.url.as_str()).to_owned()
    }

    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    pub(crate) fn origin(&self) -> String {
        origin(&self.url)
    }
}

impl Addresses {
    /// Returns the server of an operation.
    ///
    /// # Errors
    /// When the value of a variable is not allowed, or the URL in the document is unusable.
    pub(crate) fn of<E>(&self, operation: &'static Operation) -> Result<Destination, Error<E>> {
        let servers = if self.ignores_operation_servers { &[] } else { operation.servers };
        if servers.is_empty() {
            return Ok(Destination { url: self.base.clone(), is_trusted: true });
        }
        if let Some(url) = servers.iter().find_map(|server| self.replaced.get(server.url)) {
            return Ok(Destination { url: url.clone(), is_trusted: true });
        }
        if let Some(violation) = self.violation(servers) {
            return Err(Error::invalid(operation, violation));
        }
        let document = self.document(operation);
        let resolved = servers.iter().map(|server| {
            let url = self.expanded(server);
            documented_url(&url, &document, self.allow_plain_http).map_err(|reason| (url, reason))
        });
        let resolved: Vec<_> = resolved.collect();
        let is_own = |url: &&Url| origin(url) == origin(&self.base);
        let own = resolved.iter().filter_map(|resolved| resolved.as_ref().ok()).find(is_own).cloned();
        let url = match (own, resolved.into_iter().next()) {
            (Some(own), _) => own,
            (None, Some(Ok(url))) if origin(&url) == origin(&document) => self.below_base(&document, &url),
            (None, Some(Ok(url))) => url,
            (None, Some(Err((url, reason)))) => return Err(Error::new(operation, Kind::Address { url, reason })),
            (None, None) => self.base.clone(),
        };
        let is_trusted = origin(&url) == origin(&self.base) || self.allowed.contains(&origin(&url));
        Ok(Destination { url, is_trusted })
    }

    /// Returns the server of the document that the client's server stands for: the one of the same origin, or the
    /// first. It is relative to the client's server; a document without servers has the server `/`.
    fn document(&self, operation: &Operation) -> Url {
        let servers = operation.document_servers.iter().map(|server| self.expanded(server));
        let mut urls = servers.filter_map(|url| documented_url(&url, &self.base, true).ok()).peekable();
        let first = urls.peek().cloned().or_else(|| self.base.join("/").ok());
        let same = urls.find(|url| origin(url) == origin(&self.base));
        same.or(first).unwrap_or_else(|| self.base.clone())
    }

    /// Returns the URL of a server on the document's origin, for a client whose server stands for the document's. If
    /// the client's path ends with the document's, the server's path replaces it; else it is appended.
    fn below_base(&self, document: &Url, server: &Url) -> Url {
        let base = without_slash(self.base.path());
        let mount = base.strip_suffix(without_slash(document.path())).unwrap_or(base);
        let mut url = self.base.clone();
        url.set_path(&format!("{mount}{}", server.path()));
        url
    }

    fn expanded(&self, server: &Server) -> String {
        server.url_with(|variable| self.variables.get(variable.name).map_or(variable.default, String::as_str))
    }

    /// Returns the first value of a variable that the document does not allow, or that would change more of the URL
    /// than the variable's place.
    fn violation(&self, servers: &[Server]) -> Option<Violation> {
        let variables = servers.iter().flat_map(|server| server.variables);
        variables.into_iter().find_map(|variable| {
            let value = self.variables.get(variable.name)?;
            refused(variable, value).map(|reason| Violation::new(variable.name, reason))
        })
    }
}

/// Returns why a value of a variable is refused.
fn refused(variable: &Variable, value: &str) -> Option<String> {
    if !variable.values.is_empty() && !variable.values.contains(&value) {
        return Some(format!("violates enum (allowed: {})", variable.values.join(", ")));
    }
    let is_outside = |c: char| "?#@\\{}".contains(c) || (c == '/' && !variable.default.contains('/'));
    let has_dots = value.split('/').any(|segment| matches!(segment, "." | ".."));
    (value.contains(is_outside) || has_dots).then(|| "would change other parts of the server's URL".to_owned())
}

pub(crate) fn without_slash(text: &str) -> &str {
    text.trim_end_matches('/')
}

pub(crate) fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}
