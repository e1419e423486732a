//! Security schemes, and what operations require of them.

use super::{location::Location, setters::setters};

/// A scheme that a security alternative requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Requirement {
    /// Its name in `components.securitySchemes`.
    pub name: &'static str,
    /// The scheme.
    pub scheme: Scheme,
    /// Required scopes.
    pub scopes: &'static [&'static str],
}

impl Requirement {
    /// Returns a requirement. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, scheme: Scheme, scopes: &'static [&'static str]) -> Self {
        Self { name, scheme, scopes }
    }
}

/// A security scheme of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SecurityScheme {
    /// Its name in `components.securitySchemes`.
    pub name: &'static str,
    /// The scheme.
    pub scheme: Scheme,
    /// The document's description.
    pub description: &'static str,
    /// Flows of OAuth 2.0.
    pub flows: &'static [Flow],
    /// `openIdConnectUrl`.
    pub open_id_connect_url: Option<&'static str>,
}

impl SecurityScheme {
    /// Returns a security scheme. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, scheme: Scheme, description: &'static str) -> Self {
        Self { name, scheme, description, flows: &[], open_id_connect_url: None }
    }

    setters! {
        /// Sets the flows.
        with_flows(flows: &'static [Flow]) => flows;
        /// Sets `openIdConnectUrl`.
        with_open_id_connect(url: &'static str) => open_id_connect_url: Some(url);
    }
}

/// A flow of OAuth 2.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Flow {
    /// `implicit`, `password`, `clientCredentials` or `authorizationCode`.
    pub kind: &'static str,
    /// `authorizationUrl`.
    pub authorization_url: Option<&'static str>,
    /// `tokenUrl`.
    pub token_url: Option<&'static str>,
    /// `refreshUrl`.
    pub refresh_url: Option<&'static str>,
    /// Scopes, each with its description.
    pub scopes: &'static [(&'static str, &'static str)],
}

impl Flow {
    /// Returns a flow. Made for generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(kind: &'static str, scopes: &'static [(&'static str, &'static str)]) -> Self {
        Self { kind, authorization_url: None, token_url: None, refresh_url: None, scopes }
    }

    setters! {
        /// Sets `authorizationUrl`.
        with_authorization_url(url: &'static str) => authorization_url: Some(url);
        /// Sets `tokenUrl`.
        with_token_url(url: &'static str) => token_url: Some(url);
        /// Sets `refreshUrl`.
        with_refresh_url(url: &'static str) => refresh_url: Some(url);
    }
}

/// Kinds of security schemes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scheme {
    /// `type: http, scheme: basic`.
    Basic,
    /// `type: http, scheme: bearer`, with the document's `bearerFormat`, which is only a hint.
    Bearer {
        /// `bearerFormat`.
        format: Option<&'static str>,
    },
    /// `type: apiKey`.
    ApiKey {
        /// `in`.
        location: Location,
        /// Name of the header, cookie or query parameter.
        name: &'static str,
    },
    /// Another scheme, which this client cannot satisfy.
    Other {
        /// The scheme's `type`, and after `http` its `scheme`.
        kind: &'static str,
    },
}
