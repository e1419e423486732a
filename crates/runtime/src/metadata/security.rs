//! Security schemes and security requirements.

use super::{location::Location, setters::setters};

/// A security scheme that a security alternative requires, with scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Requirement {
    /// Name in `components.securitySchemes`.
    pub name: &'static str,
    /// Kind of the scheme.
    pub scheme: Scheme,
    /// Required scopes.
    pub scopes: &'static [&'static str],
}

impl Requirement {
    /// Returns a requirement. Used by generated code.
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
    /// Name in `components.securitySchemes`.
    pub name: &'static str,
    /// Kind of the scheme.
    pub scheme: Scheme,
    /// `description`; empty if the document has none.
    pub description: &'static str,
    /// OAuth 2.0 flows; empty for schemes of another kind.
    pub flows: &'static [Flow],
    /// URL of the discovery document: `openIdConnectUrl`.
    pub open_id_connect_url: Option<&'static str>,
}

impl SecurityScheme {
    /// Returns a security scheme. Used by generated code.
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

/// An OAuth 2.0 flow: its URLs and scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Flow {
    /// Name of the flow: `implicit`, `password`, `clientCredentials` or `authorizationCode`.
    pub kind: &'static str,
    /// URL at which the user grants access: `authorizationUrl`.
    pub authorization_url: Option<&'static str>,
    /// URL at which tokens are issued: `tokenUrl`.
    pub token_url: Option<&'static str>,
    /// URL at which tokens are refreshed: `refreshUrl`.
    pub refresh_url: Option<&'static str>,
    /// Scopes as `(name, description)`.
    pub scopes: &'static [(&'static str, &'static str)],
}

impl Flow {
    /// Returns a flow. Used by generated code.
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

/// Kind of a security scheme, with the details that a client needs to send credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scheme {
    /// `type: http, scheme: basic`.
    Basic,
    /// `type: http, scheme: bearer`, `type: oauth2` or `type: openIdConnect`.
    Bearer {
        /// `bearerFormat`, which is only a hint.
        format: Option<&'static str>,
    },
    /// `type: apiKey`.
    ApiKey {
        /// Location of the key: the document's `in`.
        location: Location,
        /// Name of the header, cookie or query parameter.
        name: &'static str,
    },
    /// A scheme that the client does not support.
    Other {
        /// `type`, such as `mutualTLS`; for `http` followed by `scheme`, such as `http digest`.
        kind: &'static str,
    },
}
